use std::os::unix::fs::PermissionsExt as _;

use super::*;

fn key(byte: u8) -> SecretString {
    STANDARD.encode([byte; KEY_BYTES]).into()
}

fn keys(bytes: &[u8]) -> SecretKeys {
    SecretKeys::parse(&bytes.iter().map(|byte| key(*byte)).collect::<Vec<_>>()).unwrap()
}

fn ids() -> Ids {
    Ids::seeded(Clock::system(), 1)
}

fn opened(keys: &SecretKeys, place: &str, sealed: &Sealed) -> Option<Vec<u8>> {
    keys.open(place, sealed).ok().map(|secret| secret.expose_secret().clone())
}

#[test]
fn what_is_sealed_opens_by_its_key_and_at_its_place_alone() {
    let (ids, one) = (ids(), keys(&[1]));
    let sealed = one.seal(&ids, "here", b"secret").unwrap();
    assert!(!sealed.bytes.windows(6).any(|window| window == b"secret"));
    assert_ne!(sealed, one.seal(&ids, "here", b"secret").unwrap());
    assert_eq!(opened(&one, "here", &sealed).as_deref(), Some(&b"secret"[..]));
    assert_eq!(opened(&one, "there", &sealed), None);
    assert_eq!(opened(&keys(&[2]), "here", &sealed), None);
    for place in 0..sealed.bytes.len() {
        let mut altered = sealed.clone();
        altered.bytes[place] ^= 1;
        assert_eq!(opened(&one, "here", &altered), None);
    }
    assert_eq!(opened(&one, "here", &Sealed { bytes: vec![1; 5], ..sealed }), None);
}

#[test]
fn an_old_key_opens_while_a_new_one_seals() {
    let (ids, old, both) = (ids(), keys(&[1]), keys(&[2, 1]));
    let before = old.seal(&ids, "here", b"secret").unwrap();
    let after = both.seal(&ids, "here", b"secret").unwrap();
    assert_eq!(Some(after.key_id.as_str()), both.current_id());
    assert_ne!(before.key_id, after.key_id);
    assert!(opened(&both, "here", &before).is_some() && opened(&both, "here", &after).is_some());
}

#[test]
fn without_a_key_nothing_is_sealed_and_a_bad_one_is_refused() {
    assert_eq!(SecretKeys::default().seal(&ids(), "here", b"secret"), None);
    for text in ["", "short", "not base64!", &STANDARD.encode([1; 31]), &STANDARD.encode([1; 33])] {
        assert!(SecretKeys::parse(&[SecretString::from(text)]).is_err(), "{text}");
    }
    assert!(!format!("{:?}", keys(&[1])).contains(key(1).expose_secret()));
}

#[test]
fn a_folder_keeps_the_key_it_was_given_first() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let sealed = SecretKeys::in_folder(&data).unwrap().seal(&ids(), "here", b"secret").unwrap();
    let again = SecretKeys::in_folder(&data).unwrap();
    assert!(opened(&again, "here", &sealed).is_some());
    let mode = std::fs::metadata(data.join(FILE)).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    for broken in ["no key", "", "\n \n"] {
        std::fs::write(data.join(FILE), broken).unwrap();
        assert!(SecretKeys::in_folder(&data).is_err(), "{broken:?}");
    }
}
