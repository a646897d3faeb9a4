//! Session tokens: 32 bytes of chance in the cookie, their SHA-256 in the database. The CSRF token is
//! derived from the same secret, so that it needs no row of its own.

use attrium_storage::SecretHash;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::ids::Ids;

/// The secret of one session, as the cookie carries it.
#[derive(Clone, Debug)]
pub struct SessionToken(SecretString);

impl SessionToken {
    pub(crate) fn make(ids: &Ids) -> Self {
        Self(URL_SAFE_NO_PAD.encode(ids.bytes::<32>()).into())
    }

    /// The token a cookie carries. Any text will do: a wrong one finds no session.
    pub fn presented(text: &str) -> Self {
        Self(text.into())
    }

    /// The cookie's value.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// What every POST of this session repeats in `X-CSRF-Token`.
    pub fn csrf_token(&self) -> String {
        let digest = Sha256::new().chain_update(b"csrf:").chain_update(self.expose()).finalize();
        URL_SAFE_NO_PAD.encode(digest)
    }

    /// Whether a header carries this session's CSRF token, compared in constant time.
    pub fn has_csrf_token(&self, presented: &str) -> bool {
        self.csrf_token().as_bytes().ct_eq(presented.as_bytes()).into()
    }

    /// What finds the session's row.
    pub(crate) fn hash(&self) -> SecretHash {
        SecretHash::from_bytes(Sha256::digest(self.expose()).into())
    }
}

#[cfg(test)]
mod tests;
