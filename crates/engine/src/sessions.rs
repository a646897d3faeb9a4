//! Sign-in and sessions of dashboard users: 30 minutes idle, 12 hours at most.

use attrium_schema::Timestamp;
use attrium_storage::{SecretHash, Session, sessions, users};
use secrecy::{ExposeSecret, SecretString};

use crate::engine::{Address, Engine};
use crate::error::{Error, ProblemCode};
use crate::nouns::User;
use crate::tokens::SessionToken;
use crate::users::EMAIL_BYTES_MAX;

const LIFE_MICROS: i64 = 12 * 3_600 * 1_000_000;

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
/// [`Error::TooMany`] after too many failures from there.
pub async fn sign_in(
    engine: &Engine,
    email: &str,
    password: &SecretString,
    address: Address,
) -> Result<SignedIn, Error> {
    let email = normal_email(email);
    if EMAIL_BYTES_MAX < email.len() {
        // No account has it, and the throttle must not keep what an attacker makes as long as a body.
        return Err(wrong_credentials());
    }
    let now = engine.clock().now();
    engine.throttle().charge(&email, address, now).map_err(|retry_after| Error::TooMany { retry_after })?;
    let user = users::find_by_email(engine.store().db(), &email).await?;
    let hash = user.as_ref().map(|user| user.password_hash.expose_secret().to_owned());
    let is_right = engine.passwords().verify(password, hash).await?;
    let Some(user) = user.filter(|_| is_right) else {
        return Err(wrong_credentials());
    };
    engine.throttle().forgive(&email, address);
    begin(engine, user, now).await
}

fn wrong_credentials() -> Error {
    metrics::counter!("attrium_sign_ins_refused_total").increment(1);
    Error::problem(ProblemCode::WrongCredentials, &[], "Address or password are wrong.")
}

async fn begin(engine: &Engine, user: User, now: Timestamp) -> Result<SignedIn, Error> {
    let token = SessionToken::make(engine.ids());
    let expires_at = now.saturating_add_micros(LIFE_MICROS);
    let session = Session {
        id: engine.ids().session(),
        user: user.id,
        token_hash: token.hash(),
        created_at: now,
        last_used_at: now,
        expires_at,
    };
    let (store, sessions_max) = (engine.store().clone(), engine.limits().sessions_max);
    engine
        .tasks()
        .unit(async move {
            let tx = store.begin().await?;
            sessions::insert(&tx, &session).await?;
            sessions::delete_beyond(&tx, session.user, sessions_max).await?;
            Ok(tx.commit().await?)
        })
        .await?;
    Ok(SignedIn { token, user, expires_at })
}

/// Ends a session; ending one that is over does nothing.
///
/// # Errors
/// The database's.
pub async fn sign_out(engine: &Engine, token: &SessionToken) -> Result<(), Error> {
    let (store, hash): (_, SecretHash) = (engine.store().clone(), token.hash());
    engine
        .tasks()
        .unit(async move {
            let Some(session) = sessions::find_by_token(store.db(), &hash).await? else {
                return Ok(());
            };
            let tx = store.begin().await?;
            sessions::delete(&tx, session.id).await?;
            Ok(tx.commit().await?)
        })
        .await
}

/// Addresses are compared in lower case.
pub(crate) fn normal_email(email: &str) -> String {
    email.trim().to_lowercase()
}
