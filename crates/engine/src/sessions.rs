//! Sign-in and sessions of dashboard users.

use attrium_schema::Timestamp;
use secrecy::SecretString;

use crate::engine::{Address, Engine};
use crate::error::Error;
use crate::nouns::User;
use crate::tokens::SessionToken;

/// A session just begun.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Its secret: the cookie's value.
    pub token: SessionToken,
    /// Who.
    pub user: User,
    /// When it is over at the latest.
    pub expires_at: Timestamp,
}

/// Begins a session.
///
/// # Errors
/// [`Error::Invalid`] with `WRONG_CREDENTIALS` whether the address or the password is wrong;
/// [`Error::TooMany`] after too many failures.
pub async fn sign_in(_engine: &Engine, _email: &str, _password: &SecretString, _address: Address) -> Result<SignedIn, Error> { unimplemented!() }

/// Ends a session; ending one that is over does nothing.
pub async fn sign_out(_engine: &Engine, _token: &SessionToken) -> Result<(), Error> { unimplemented!() }
