//! Secrets are kept as hashes only.

use std::fmt;

use crate::error::StorageError;
use crate::statement::Place;

/// The SHA-256 of a secret of high entropy: a session's token, an API key's secret half.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SecretHash([u8; 32]);

impl SecretHash {
    /// The hash with these bytes.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Its bytes; compare them in constant time.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    pub(crate) fn from_row(place: Place<'_>, column: &'static str, bytes: Vec<u8>) -> Result<Self, StorageError> {
        let bytes: Result<[u8; 32], _> = bytes.try_into();
        bytes.map(Self).map_err(|bytes| place.corrupt(column, format!("{} bytes are no SHA-256", bytes.len())))
    }
}

impl fmt::Debug for SecretHash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("SecretHash(…)")
    }
}
