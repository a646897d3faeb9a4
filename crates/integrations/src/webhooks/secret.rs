//! The secret that an endpoint and we share: `whsec_` and base64.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret, SecretBox, SecretString};

const PREFIX: &str = "whsec_";

/// Why a text is no secret. It never repeats the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SecretError {
    /// Not base64.
    #[error("a secret is `whsec_` and base64")]
    NotBase64,
    /// Too short to be safe, or longer than the standard allows.
    #[error("a secret has {} to {} bytes; this one has {bytes}", WebhookSecret::BYTES_MIN, WebhookSecret::BYTES_MAX)]
    Length {
        /// Its length.
        bytes: usize,
    },
}

/// A secret for signing, 24 to 64 bytes. It does not print.
pub struct WebhookSecret(SecretBox<Vec<u8>>);

impl WebhookSecret {
    /// Fewest bytes.
    pub const BYTES_MIN: usize = 24;
    /// Most bytes.
    pub const BYTES_MAX: usize = 64;

    /// A secret of these bytes; they should be random.
    ///
    /// # Errors
    /// [`SecretError::Length`].
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, SecretError> {
        let is_fit = (Self::BYTES_MIN..=Self::BYTES_MAX).contains(&bytes.len());
        if is_fit { Ok(Self(SecretBox::new(Box::new(bytes)))) } else { Err(SecretError::Length { bytes: bytes.len() }) }
    }

    /// Reads the text form; the prefix may be left out.
    ///
    /// # Errors
    /// [`SecretError`].
    pub fn parse(text: &str) -> Result<Self, SecretError> {
        let encoded = text.strip_prefix(PREFIX).unwrap_or(text);
        Self::from_bytes(STANDARD.decode(encoded).map_err(|_| SecretError::NotBase64)?)
    }

    /// The text form, to be shown once.
    pub fn to_text(&self) -> SecretString {
        SecretString::from(format!("{PREFIX}{}", STANDARD.encode(self.bytes())))
    }

    /// Its bytes: for signing, and for sealing before they are stored.
    pub fn bytes(&self) -> &[u8] {
        self.0.expose_secret()
    }
}

impl Clone for WebhookSecret {
    fn clone(&self) -> Self {
        Self(SecretBox::new(Box::new(self.bytes().to_vec())))
    }
}

impl fmt::Debug for WebhookSecret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("WebhookSecret(…)")
    }
}
