//! Passwords of dashboard users: argon2id, on a blocking thread, two at a time, because one hash
//! takes 19 MiB and a noticeable part of a processor.

use std::sync::Arc;

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;

use crate::error::{Error, Problem, ProblemCode};
use crate::ids::Ids;

/// Fewest characters of a password.
pub(crate) const CHARS_MIN: usize = 10;
/// Most bytes of a password: hashing a book is work for an attacker to give away.
pub(crate) const BYTES_MAX: usize = 1_024;
const AT_ONCE_MAX: usize = 2;
const SALT_BYTES: usize = 16;
const GENERATED_CHARS: usize = 20;
/// No letters or digits that are mistaken for each other.
const GENERATED_ALPHABET: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz234567899";

/// Hashes and verifies passwords.
#[derive(Debug)]
pub(crate) struct Passwords {
    permits: Arc<Semaphore>,
    /// Verified against when there is no such user, so that both cases take the same time.
    stand_in: String,
}

impl Passwords {
    pub(crate) fn new(ids: &Ids) -> Self {
        let nobody = hash_now(b"nobody has this password", &ids.bytes::<SALT_BYTES>())
            .expect("a fixed password and a salt of 16 bytes are valid input");
        Self { permits: Arc::new(Semaphore::new(AT_ONCE_MAX)), stand_in: nobody }
    }

    /// The hash to store, in PHC form.
    ///
    /// # Errors
    /// [`Error::Invalid`] when the password is too short or too long.
    pub(crate) async fn hash(&self, password: &SecretString, ids: &Ids) -> Result<String, Error> {
        check(password)?;
        let salt = ids.bytes::<SALT_BYTES>();
        let password = password.clone();
        self.on_blocking_thread(move || hash_now(password.expose_secret().as_bytes(), &salt)).await?
    }

    /// Whether a password has this hash. Without a hash the answer is no, and takes as long.
    ///
    /// # Errors
    /// [`Error::Closing`] when the runtime ends meanwhile.
    pub(crate) async fn verify(&self, password: &SecretString, hash: Option<String>) -> Result<bool, Error> {
        if BYTES_MAX < password.expose_secret().len() {
            return Ok(false);
        }
        let is_known = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.stand_in.clone());
        let password = password.clone();
        let is_right = self
            .on_blocking_thread(move || {
                PasswordHash::new(&hash).is_ok_and(|hash| {
                    Argon2::default().verify_password(password.expose_secret().as_bytes(), &hash).is_ok()
                })
            })
            .await?;
        Ok(is_right && is_known)
    }

    async fn on_blocking_thread<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Error> {
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(|_| Error::Closing)?;
        // The permit goes with the work: a caller that gives up does not make it stop.
        let done = tokio::task::spawn_blocking(move || {
            let outcome = work();
            drop(permit);
            outcome
        });
        done.await.map_err(|_| Error::Closing)
    }
}

fn check(password: &SecretString) -> Result<(), Error> {
    let text = password.expose_secret();
    let is_fit = CHARS_MIN <= text.chars().count() && text.len() <= BYTES_MAX;
    let message = format!("A password has at least {CHARS_MIN} characters and at most {BYTES_MAX} bytes.");
    if is_fit { Ok(()) } else { Err(Error::Invalid(vec![Problem::new(ProblemCode::Invalid, &["password"], message)])) }
}

fn hash_now(password: &[u8], salt: &[u8]) -> Result<String, Error> {
    Argon2::default()
        .hash_password_with_salt(password, salt)
        .map(|hash: PasswordHash| hash.to_string())
        .map_err(Error::broken)
}

/// A password to be printed once: 20 characters, 98 bits of chance.
pub(crate) fn generate(ids: &Ids) -> SecretString {
    let letters = ids.bytes::<GENERATED_CHARS>().map(|byte| char::from(GENERATED_ALPHABET[usize::from(byte % 32)]));
    letters.into_iter().collect::<String>().into()
}

#[cfg(test)]
mod tests;
