//! Signing a message and checking a signature: HMAC-SHA256 over `id.timestamp.body`, version `v1`.

use attrium_schema::Timestamp;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::secret::WebhookSecret;

/// How old, or how far ahead, a message may be when its signature is checked, in seconds.
pub const TOLERANCE_S: u64 = 5 * 60;

/// The three headers of a signed message, as far as they came.
#[derive(Clone, Copy, Debug, Default)]
pub struct SignedHeaders<'a> {
    /// `webhook-id`.
    pub id: Option<&'a str>,
    /// `webhook-timestamp`.
    pub timestamp: Option<&'a str>,
    /// `webhook-signature`.
    pub signature: Option<&'a str>,
}

/// Why a message is not to be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VerifyError {
    /// One of the headers did not come.
    #[error("a header of the signature is missing")]
    MissingHeader,
    /// The timestamp is no number of seconds.
    #[error("the timestamp is not a number of seconds since 1970")]
    BadTimestamp,
    /// Signed too long ago, or by a clock too far ahead.
    #[error("the message was signed more than {TOLERANCE_S} seconds away from now")]
    OutOfTime,
    /// No signature is by this secret.
    #[error("no signature fits")]
    NoMatch,
}

/// The value of `webhook-signature`: one signature by each secret, so that a receiver who knows any of
/// them is content. Neither the id nor the time may come from outside: a `.` in the id would let two
/// messages share a signature.
pub fn sign(id: &str, at: Timestamp, body: &[u8], secrets: &[WebhookSecret]) -> String {
    debug_assert!(!id.contains('.'), "an id with a dot makes signatures ambiguous");
    let signed =
        |secret| format!("v1,{}", STANDARD.encode(mac(secret, id, &seconds(at), body).finalize().into_bytes()));
    let signatures: Vec<String> = secrets.iter().map(signed).collect();
    signatures.join(" ")
}

/// The value of `webhook-timestamp`.
pub(super) fn seconds(at: Timestamp) -> String {
    at.as_micros().div_euclid(1_000_000).to_string()
}

/// Checks a message that came with these headers.
///
/// # Errors
/// [`VerifyError`] when it is not to be believed.
pub fn verify(
    secret: &WebhookSecret,
    headers: SignedHeaders<'_>,
    body: &[u8],
    now: Timestamp,
) -> Result<(), VerifyError> {
    let (Some(id), Some(timestamp), Some(signatures)) = (headers.id, headers.timestamp, headers.signature) else {
        return Err(VerifyError::MissingHeader);
    };
    let is_number = !timestamp.is_empty() && timestamp.bytes().all(|byte| byte.is_ascii_digit());
    let signed_s: i64 = timestamp.parse().ok().filter(|_| is_number).ok_or(VerifyError::BadTimestamp)?;
    if TOLERANCE_S < signed_s.abs_diff(now.as_micros().div_euclid(1_000_000)) {
        return Err(VerifyError::OutOfTime);
    }
    let expected = mac(secret, id, timestamp, body);
    let fits = |signature: &str| {
        let encoded = signature.strip_prefix("v1,").unwrap_or_default();
        // Compares in constant time, and never a shorter text with the beginning of a longer one.
        STANDARD.decode(encoded).is_ok_and(|given| expected.clone().verify_slice(&given).is_ok())
    };
    if signatures.split(' ').any(fits) { Ok(()) } else { Err(VerifyError::NoMatch) }
}

fn mac(secret: &WebhookSecret, id: &str, timestamp: &str, body: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.bytes()).expect("HMAC takes keys of any length");
    for part in [id.as_bytes(), b".", timestamp.as_bytes(), b".", body] {
        mac.update(part);
    }
    mac
}

#[cfg(test)]
mod tests;
