use proptest::prelude::*;
use serde_json::Value as Json;

use super::*;

/// What the official libraries agree on; the file names their source and licence.
const VECTORS: &str = include_str!("vectors.json");

fn vectors() -> Json {
    serde_json::from_str(VECTORS).unwrap()
}

fn text<'a>(json: &'a Json, name: &str) -> Option<&'a str> {
    json.get(name).and_then(Json::as_str)
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH.saturating_add_micros(seconds * 1_000_000)
}

#[test]
fn signatures_are_those_of_the_official_libraries() {
    let vectors = vectors();
    let cases = vectors["sign"].as_array().unwrap();
    for case in cases {
        let secret = WebhookSecret::parse(text(case, "key").unwrap()).unwrap();
        let signed_at = at(case["timestamp"].as_i64().unwrap());
        let body = text(case, "payload").unwrap().as_bytes();
        let signature = sign(text(case, "id").unwrap(), signed_at, body, &[secret]);
        assert_eq!(signature, text(case, "signature").unwrap());
    }
    assert_eq!(cases.len(), 1);
}

/// A case alters one thing of a message signed now, or a little away from now.
fn is_believed(case: &Json, message: &Json) -> bool {
    let now = at(1_800_000_000);
    let signed_at = now.saturating_add_micros(case["skew"].as_i64().unwrap_or(0) * 1_000_000);
    let key = text(message, "key").unwrap();
    let id = text(message, "id").unwrap();
    let body = text(case, "payload").unwrap_or_else(|| text(message, "payload").unwrap()).as_bytes();
    let mut signature = sign(id, signed_at, body, &[WebhookSecret::parse(key).unwrap()]);
    if let Some(length) = case["cut"].as_u64() {
        signature.truncate(usize::try_from(length).unwrap());
    }
    if let Some(others) = case["prepend"].as_array() {
        let others: Vec<&str> = others.iter().map(|other| other.as_str().unwrap()).collect();
        signature = format!("{} {signature}", others.join(" "));
    }
    let mut headers =
        [("webhook-id", id.to_owned()), ("webhook-timestamp", seconds(signed_at)), ("webhook-signature", signature)];
    for (name, value) in case.get("headers").and_then(Json::as_object).into_iter().flatten() {
        headers.iter_mut().find(|header| header.0 == name).unwrap().1 = value.as_str().unwrap().to_owned();
    }
    let header = |name: &str| {
        let is_there = text(case, "drop") != Some(name);
        headers.iter().find(|header| header.0 == name && is_there).map(|header| header.1.as_str())
    };
    let headers = SignedHeaders {
        id: header("webhook-id"),
        timestamp: header("webhook-timestamp"),
        signature: header("webhook-signature"),
    };
    WebhookSecret::parse(text(case, "key").unwrap_or(key))
        .is_ok_and(|secret| verify(&secret, headers, body, now).is_ok())
}

#[test]
fn messages_are_believed_as_by_the_official_libraries() {
    let vectors = vectors();
    let cases = vectors["verify"].as_array().unwrap();
    for case in cases {
        assert_eq!(is_believed(case, &vectors["sign"][0]), case["ok"].as_bool().unwrap(), "{}", case["name"]);
    }
    assert_eq!(cases.len(), 18);
}

fn secret(byte: u8) -> WebhookSecret {
    WebhookSecret::from_bytes(vec![byte; 32]).unwrap()
}

#[test]
fn during_a_rotation_the_old_and_the_new_secret_both_fit() {
    let signature = sign("dlv_1", at(100), b"{}", &[secret(2), secret(1)]);
    let headers = SignedHeaders { id: Some("dlv_1"), timestamp: Some("100"), signature: Some(&signature) };
    assert_eq!(verify(&secret(1), headers, b"{}", at(101)), Ok(()));
    assert_eq!(verify(&secret(2), headers, b"{}", at(101)), Ok(()));
    assert_eq!(verify(&secret(3), headers, b"{}", at(101)), Err(VerifyError::NoMatch));
}

#[test]
fn a_signature_that_is_cut_or_empty_never_fits() {
    let whole = sign("dlv_1", at(100), b"{}", &[secret(1)]);
    for length in 0..whole.len() {
        let headers = SignedHeaders { id: Some("dlv_1"), timestamp: Some("100"), signature: Some(&whole[..length]) };
        assert_eq!(verify(&secret(1), headers, b"{}", at(100)), Err(VerifyError::NoMatch), "{length}");
    }
}

#[test]
fn a_secret_has_24_to_64_bytes_and_never_shows() {
    for (bytes, is_fit) in [(23, false), (24, true), (64, true), (65, false), (0, false)] {
        assert_eq!(WebhookSecret::from_bytes(vec![7; bytes]).is_ok(), is_fit, "{bytes}");
    }
    assert!(WebhookSecret::parse("whsec_not base64!").is_err());
    assert_eq!(format!("{:?}", secret(1)), "WebhookSecret(…)");
    let again = secrecy::ExposeSecret::expose_secret(&secret(1).to_text()).to_owned();
    assert_eq!(WebhookSecret::parse(&again).unwrap().bytes(), secret(1).bytes());
}

proptest! {
    #[test]
    fn what_was_signed_is_believed_and_nothing_else(body in proptest::collection::vec(any::<u8>(), 0..200), place in 0_usize..200, bit in 0_u8..8) {
        let signature = sign("dlv_1", at(100), &body, &[secret(1)]);
        let headers = SignedHeaders { id: Some("dlv_1"), timestamp: Some("100"), signature: Some(&signature) };
        prop_assert_eq!(verify(&secret(1), headers, &body, at(100)), Ok(()));
        let mut other = body.clone();
        match other.get_mut(place) {
            Some(byte) => *byte ^= 1 << bit,
            None => other.push(bit),
        }
        prop_assert_eq!(verify(&secret(1), headers, &other, at(100)), Err(VerifyError::NoMatch));
    }
}
