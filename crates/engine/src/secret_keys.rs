//! The keys of the house: what must be read again but must not lie about in the open is sealed by them
//! before it is stored (AES-256-GCM). The first key seals; all of them open, so that a key can be
//! replaced while the old one still stands behind it.

use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use attrium_storage::Sealed;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use secrecy::{ExposeSecret, SecretBox, SecretString};
use sha2::{Digest, Sha256};

use crate::clock::Clock;
use crate::ids::Ids;

/// The file of a folder's keys, one a line, the current one first.
const FILE: &str = "secret.key";
/// Bytes of a key.
const KEY_BYTES: usize = 32;

/// The keys of the house, the current one first. There may be none: then nothing can be sealed.
#[derive(Clone, Debug, Default)]
pub struct SecretKeys {
    keys: Vec<SecretKey>,
}

/// The text is no key. It is not repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a secret key is base64 of {KEY_BYTES} random bytes; `openssl rand -base64 {KEY_BYTES}` makes one")]
pub struct SecretKeyError;

/// Why a sealed secret does not open.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Its key is not here.
    #[error("secret key {key_id} is not configured; put it behind the current one in `secret_key`")]
    MissingKey {
        /// What the key is known by.
        key_id: String,
    },
    /// Someone altered it, or moved it here from another place.
    #[error("a sealed secret was altered")]
    Altered,
}

#[derive(Clone)]
struct SecretKey {
    /// The beginning of its hash.
    id: String,
    key: LessSafeKey,
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "SecretKey({})", self.id)
    }
}

impl SecretKeys {
    /// Reads keys, the current one first.
    ///
    /// # Errors
    /// [`SecretKeyError`] when one is no key.
    pub fn parse(texts: &[SecretString]) -> Result<Self, SecretKeyError> {
        let keys: Result<_, _> = texts.iter().map(SecretKey::parse).collect();
        Ok(Self { keys: keys? })
    }

    /// The keys in a file of this folder; when there is none, a fresh key is made and kept there, readable by its
    /// owner alone. For a server whose data lies in one folder: whoever copies the folder has the key too.
    ///
    /// # Errors
    /// When the file cannot be read or made, or holds no key.
    pub fn in_folder(folder: &Path) -> io::Result<Self> {
        let path = folder.join(FILE);
        if !path.exists() {
            std::fs::create_dir_all(folder)?;
            keep_fresh_key(folder, &path)?;
        }
        let text = std::fs::read_to_string(path)?;
        let texts: Vec<SecretString> =
            text.lines().filter(|line| !line.trim().is_empty()).map(SecretString::from).collect();
        if texts.is_empty() {
            let message = format!("{FILE} holds no key; put back a copy of it, or remove it to have a new one made");
            return Err(io::Error::other(message));
        }
        Self::parse(&texts).map_err(io::Error::other)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// What the current key is known by; `None` when there is none.
    pub(crate) fn current_id(&self) -> Option<&str> {
        self.keys.first().map(|key| key.id.as_str())
    }

    /// Seals a secret for one place: what is sealed for one does not open at another. `None` without a key.
    pub(crate) fn seal(&self, ids: &Ids, place: &str, secret: &[u8]) -> Option<Sealed> {
        let key = self.keys.first()?;
        let nonce: [u8; NONCE_LEN] = ids.bytes();
        let mut sealed = secret.to_vec();
        let unique = Nonce::assume_unique_for_key(nonce);
        key.key
            .seal_in_place_append_tag(unique, Aad::from(place), &mut sealed)
            .expect("a secret is far shorter than the cipher's limit");
        Some(Sealed { key_id: key.id.clone(), bytes: [nonce.as_slice(), &sealed].concat() })
    }

    /// Opens what was sealed for a place.
    ///
    /// # Errors
    /// [`OpenError`] when its key is not here, or when it was altered or moved.
    pub(crate) fn open(&self, place: &str, sealed: &Sealed) -> Result<SecretBox<Vec<u8>>, OpenError> {
        let key = self.keys.iter().find(|key| key.id == sealed.key_id);
        let key = key.ok_or_else(|| OpenError::MissingKey { key_id: sealed.key_id.clone() })?;
        let (nonce, bytes) = sealed.bytes.split_at_checked(NONCE_LEN).ok_or(OpenError::Altered)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| OpenError::Altered)?;
        let mut bytes = bytes.to_vec();
        let opened = key.key.open_in_place(nonce, Aad::from(place), &mut bytes).map_err(|_| OpenError::Altered)?;
        Ok(SecretBox::new(Box::new(opened.to_vec())))
    }
}

/// Makes a key that is there whole, after a power cut too, before anything is sealed by it.
fn keep_fresh_key(folder: &Path, path: &Path) -> io::Result<()> {
    let fresh: [u8; KEY_BYTES] = Ids::random(Clock::system()).bytes();
    let draft = path.with_extension("key.new");
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
    file.write_all(STANDARD.encode(fresh).as_bytes())?;
    file.sync_all()?;
    std::fs::rename(draft, path)?;
    File::open(folder)?.sync_all()
}

impl SecretKey {
    fn parse(text: &SecretString) -> Result<Self, SecretKeyError> {
        let bytes = STANDARD.decode(text.expose_secret().trim()).map_err(|_| SecretKeyError)?;
        // Refuses every other length.
        let key = UnboundKey::new(&AES_256_GCM, &bytes).map_err(|_| SecretKeyError)?;
        let [first, second, third, fourth, ..] = <[u8; 32]>::from(Sha256::digest(&bytes));
        let id = format!("{:08x}", u32::from_be_bytes([first, second, third, fourth]));
        Ok(Self { id, key: LessSafeKey::new(key) })
    }
}

#[cfg(test)]
mod tests;
