//! The text of an API key: `attrium_PUBLIC_SECRET_CHECKSUM`. The public part finds the row, the secret is
//! stored as a hash alone, and the checksum lets anyone tell a leaked key from noise without asking us.

use std::hint::black_box;

use attrium_storage::SecretHash;
use secrecy::SecretString;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::ids::Ids;
use crate::nouns::ApiKey;

const PREFIX: &str = "attrium";
const BASE62: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const PUBLIC_CHARS: usize = 8;
/// 32 letters of 62 carry 190 bits.
const SECRET_CHARS: usize = 32;
const CHECKSUM_CHARS: usize = 6;
/// The hash of no secret.
const STAND_IN: [u8; 32] = [0; 32];

/// A key just made: the only moment its text exists.
pub(crate) struct FreshKey {
    /// What the caller is shown, once.
    pub text: SecretString,
    /// The part that finds the row.
    pub public: String,
    /// What is stored of the secret.
    pub secret_hash: SecretHash,
}

/// A key as a caller presents it, its checksum already right.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct PresentedKey {
    /// The part that finds the row.
    pub public: String,
    secret_hash: [u8; 32],
}

impl FreshKey {
    /// A key of new chance.
    pub(crate) fn make(ids: &Ids) -> Self {
        let public = letters::<PUBLIC_CHARS>(ids);
        let secret = letters::<SECRET_CHARS>(ids);
        let body = format!("{PREFIX}_{public}_{secret}");
        let text = format!("{body}_{}", checksum(&body));
        Self { text: text.into(), public, secret_hash: SecretHash::from_bytes(hash(&secret)) }
    }
}

impl PresentedKey {
    /// Reads a key; `None` when its form or checksum is wrong, which needs no look at the database.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (body, found) = text.rsplit_once('_')?;
        let (public, secret) = body.strip_prefix(PREFIX)?.strip_prefix('_')?.split_once('_')?;
        let is_formed = public.len() == PUBLIC_CHARS && secret.len() == SECRET_CHARS && checksum(body) == found;
        is_formed.then(|| Self { public: public.to_owned(), secret_hash: hash(secret) })
    }

    /// Which of the keys with its public part it is. An unknown public part costs one comparison too: how long an
    /// answer takes does not tell it from a wrong secret.
    pub(crate) fn among(&self, candidates: Vec<ApiKey>) -> Option<ApiKey> {
        if candidates.is_empty() {
            black_box(self.has_hash(&STAND_IN));
        }
        candidates.into_iter().find(|key| self.has_hash(key.secret_hash.as_bytes()))
    }

    /// Whether it is the key with this stored hash, compared in constant time.
    fn has_hash(&self, stored: &[u8; 32]) -> bool {
        self.secret_hash.ct_eq(stored).into()
    }
}

fn letters<const COUNT: usize>(ids: &Ids) -> String {
    // Two bytes a letter: the bias of a 16-bit number modulo 62 is below a thousandth.
    (0..COUNT).map(|_| char::from(BASE62[usize::from(u16::from_be_bytes(ids.bytes())) % 62])).collect()
}

fn checksum(body: &str) -> String {
    let mut rest = crc32fast::hash(body.as_bytes());
    let mut digits = [b'0'; CHECKSUM_CHARS];
    for digit in digits.iter_mut().rev() {
        *digit = BASE62[usize::try_from(rest % 62).expect("a remainder of 62 fits")];
        rest /= 62;
    }
    digits.map(char::from).into_iter().collect()
}

fn hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret).into()
}

#[cfg(test)]
mod tests;
