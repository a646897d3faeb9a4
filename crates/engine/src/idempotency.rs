//! Idempotency keys: the answer of a mutation is remembered in the transaction of its effect, for a
//! week. The same key with the same input gives the same answer; with another input it is refused.

use std::pin::Pin;

use attrium_schema::Timestamp;
use attrium_storage::idempotency::{self as answers, Answer};
use attrium_storage::{SecretHash, StorageError, Tx, UniqueKey};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use crate::answers::Remembered;
use crate::cx::Cx;
use crate::error::{Error, Problem, ProblemCode};

/// Most bytes of a key.
const KEY_BYTES_MAX: usize = 255;
const ATTEMPTS_MAX: usize = 5;

/// A future that borrows what it works on.
pub(crate) type Working<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

/// A key a caller gave, bound to what it was given for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Claim {
    pub(crate) key_hash: SecretHash,
    operation: &'static str,
    body_hash: SecretHash,
}

impl Claim {
    /// The claim, or `None` without a key. Keys of one caller mean nothing to another.
    ///
    /// # Errors
    /// [`Error::Invalid`] when the key is empty or too long.
    pub(crate) fn new(cx: &Cx, key: Option<&str>, operation: &'static str, body: &Json) -> Result<Option<Self>, Error> {
        let Some(key) = key else {
            return Ok(None);
        };
        if key.is_empty() || KEY_BYTES_MAX < key.len() {
            let message = format!("An idempotency key has 1 to {KEY_BYTES_MAX} bytes.");
            return Err(Error::problem(ProblemCode::Invalid, &["idempotencyKey"], message));
        }
        let owned = Sha256::new().chain_update(cx.actor().to_string()).chain_update([0]).chain_update(key);
        Ok(Some(Self {
            key_hash: SecretHash::from_bytes(owned.finalize().into()),
            operation,
            body_hash: SecretHash::from_bytes(Sha256::digest(body.to_string()).into()),
        }))
    }

    /// The answer already given under this key, or `None` when there is none.
    ///
    /// # Errors
    /// [`Error::Invalid`] with `IDEMPOTENCY_MISMATCH` when the key was used for something else.
    pub(crate) fn replay<T: Remembered>(&self, found: Option<&Answer>) -> Result<Option<T>, Error> {
        let Some(found) = found else {
            return Ok(None);
        };
        if found.operation != self.operation || found.body_hash != self.body_hash {
            return Err(mismatch());
        }
        let answer = T::from_json(&found.answer).ok_or_else(|| Error::broken("a remembered answer does not read"))?;
        Ok(Some(answer))
    }

    /// What is remembered.
    pub(crate) fn answer<T: Remembered>(&self, answer: &T, now: Timestamp) -> Answer {
        Answer {
            key_hash: self.key_hash,
            operation: self.operation.to_owned(),
            body_hash: self.body_hash,
            answer: answer.to_json(),
            created_at: now,
        }
    }
}

fn mismatch() -> Error {
    let message = "This idempotency key was used with another input.";
    Error::Invalid(vec![Problem::new(ProblemCode::IdempotencyMismatch, &["idempotencyKey"], message)])
}

/// What one mutation is about.
pub(crate) struct Request<I> {
    /// The key the caller gave.
    pub(crate) key: Option<String>,
    /// Its name.
    pub(crate) operation: &'static str,
    /// What the key is bound to.
    pub(crate) body: Json,
    /// What the work needs.
    pub(crate) input: I,
}

/// Writes once, in a task and a transaction of its own: answers what the key already got, or does
/// the work, remembers its answer and commits. Work that lost a race is done again from the start.
///
/// # Errors
/// Those of the work, and a mismatch of the key.
pub(crate) async fn write<I, T>(
    cx: &Cx,
    request: Request<I>,
    work: for<'a> fn(&'a Cx, &'a Tx, &'a I) -> Working<'a, T>,
) -> Result<T, Error>
where
    I: Send + Sync + 'static,
    T: Remembered + Send + 'static,
{
    let claim = Claim::new(cx, request.key.as_deref(), request.operation, &request.body)?;
    let cx = cx.clone();
    let tasks = cx.engine.tasks().clone();
    tasks
        .unit(async move {
            let mut attempt = 1;
            loop {
                match write_once(&cx, claim.as_ref(), &request.input, work).await {
                    Err(Error::Storage(error)) if attempt < ATTEMPTS_MAX && lost_a_race(&error) => attempt += 1,
                    outcome => return outcome,
                }
            }
        })
        .await
}

async fn write_once<I, T: Remembered>(
    cx: &Cx,
    claim: Option<&Claim>,
    input: &I,
    work: for<'a> fn(&'a Cx, &'a Tx, &'a I) -> Working<'a, T>,
) -> Result<T, Error> {
    let tx = cx.engine.store().begin().await?;
    if let Some(claim) = claim {
        let found = answers::find(tx.db(), cx.workspace, &claim.key_hash).await?;
        if let Some(answer) = claim.replay(found.as_ref())? {
            return Ok(answer);
        }
    }
    let answer = work(cx, &tx, input).await?;
    if let Some(claim) = claim {
        answers::insert(&tx, cx.workspace, &claim.answer(&answer, cx.now)).await?;
    }
    tx.commit().await?;
    Ok(answer)
}

/// Whether the same work, begun again, would see what it collided with. A failed COMMIT is not among
/// these: nobody knows whether it happened.
pub(crate) fn lost_a_race(error: &StorageError) -> bool {
    matches!(
        error,
        StorageError::Conflict { .. }
            | StorageError::UniqueViolation {
                which: UniqueKey::IdempotencyKey | UniqueKey::Identifier | UniqueKey::ProfileVersion
            }
    )
}
