//! What a use case answers when it does not do what it was asked.
//!
//! A [`Problem`] is written for whoever asked. The text of an [`Error`] is for the log.

use std::fmt;
use std::time::Duration;

use attrium_storage::StorageError;

use crate::rights::Right;
use crate::secret_keys::OpenError;

/// Why a use case did nothing.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The caller lacks a right.
    #[error("the right {right} is needed")]
    Denied {
        /// Which.
        right: Right,
    },
    /// The input is wrong, or does not fit what is stored; every problem found is listed.
    #[error("the input has {} problems", .0.len())]
    Invalid(Vec<Problem>),
    /// No such thing in this workspace.
    #[error("no such {noun}")]
    NotFound {
        /// What was looked for: `segment`.
        noun: &'static str,
    },
    /// Someone else changed it first.
    #[error("{noun} is at {found}, not at {expected}")]
    Conflict {
        /// What: `profile`.
        noun: &'static str,
        /// The version or revision the caller knew.
        expected: i64,
        /// The one it has.
        found: i64,
    },
    /// Too many failures from there; later it may work.
    #[error("too many attempts; again in {} s", retry_after.as_secs())]
    TooMany {
        /// When to try again.
        retry_after: Duration,
    },
    /// A queue is full.
    #[error("too much is waiting to be done")]
    Busy,
    /// The audience index is still being loaded; counts would be wrong.
    #[error("the audience index holds {loaded} of {total} profiles")]
    IndexLoading {
        /// Profiles it holds.
        loaded: u64,
        /// Profiles there are.
        total: u64,
    },
    /// The tables are older or newer than this program.
    #[error("the tables of the database do not fit this program: {state:?}")]
    Tables {
        /// How they stand.
        state: attrium_storage::SchemaState,
    },
    /// The database failed while committing: it may have happened or not. Look before trying again.
    #[error("nobody knows whether it was committed")]
    Unsure,
    /// The engine is shutting down.
    #[error("the engine is closing")]
    Closing,
    /// The database failed.
    #[error("the database failed")]
    Storage(#[source] StorageError),
    /// The database does not answer; it may soon.
    #[error("the database is not available")]
    Unavailable(#[source] StorageError),
    /// A sealed secret does not open.
    #[error(transparent)]
    Sealed(#[from] OpenError),
    /// A file of the data folder failed.
    #[error("a file of the data folder failed")]
    File(#[from] std::io::Error),
    /// Something that cannot happen did.
    #[error("broken promise: {what}")]
    Broken {
        /// What.
        what: String,
    },
}

impl Error {
    /// One problem, alone.
    pub(crate) fn problem(code: ProblemCode, path: &[&str], message: impl Into<String>) -> Self {
        Self::Invalid(vec![Problem::new(code, path, message)])
    }

    pub(crate) fn broken(what: impl fmt::Display) -> Self {
        Self::Broken { what: what.to_string() }
    }

    /// What a mutation's payload lists under `problems`.
    ///
    /// # Errors
    /// The error itself when it is no expected refusal, and belongs at the top level.
    pub fn into_problems(self) -> Result<Vec<Problem>, Self> {
        match self {
            Self::Invalid(problems) => Ok(problems),
            Self::NotFound { noun } => {
                Ok(vec![Problem::new(ProblemCode::NotFound, &[], format!("There is no such {noun}."))])
            }
            Self::Conflict { noun, expected, found } => {
                let message = format!("The {noun} changed meanwhile: expected {expected}, found {found}.");
                Ok(vec![Problem::new(ProblemCode::Conflict, &[], message)])
            }
            Self::TooMany { retry_after } => {
                let message = format!("Too many attempts. Try again in {} seconds.", retry_after.as_secs().max(1));
                Ok(vec![Problem::new(ProblemCode::TooMany, &[], message)])
            }
            Self::Denied { .. }
            | Self::Busy
            | Self::IndexLoading { .. }
            | Self::Tables { .. }
            | Self::Unsure
            | Self::Closing
            | Self::Storage(_)
            | Self::Unavailable(_)
            | Self::File(_)
            | Self::Sealed(_)
            | Self::Broken { .. } => Err(self),
        }
    }
}

impl From<StorageError> for Error {
    fn from(error: StorageError) -> Self {
        if matches!(error, StorageError::Unavailable { .. }) { Self::Unavailable(error) } else { Self::Storage(error) }
    }
}

/// What kind of thing is wrong; a closed set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ProblemCode {
    /// The input is malformed, missing or out of bounds.
    Invalid,
    /// A key, name or address is in use.
    Taken,
    /// What the input names does not exist.
    NotFound,
    /// Someone else changed it first.
    Conflict,
    /// No attribute has this key.
    UnknownAttribute,
    /// A value is not of its attribute's type.
    WrongType,
    /// A text does not have its attribute's format.
    WrongFormat,
    /// The rule does not parse or compile.
    Rule,
    /// The template does not parse, or does not fit the attributes.
    Template,
    /// A limit is reached.
    TooMany,
    /// Address or password are wrong.
    WrongCredentials,
    /// The idempotency key was used with another input.
    IdempotencyMismatch,
}

/// One thing that is wrong with an input, written for whoever sent it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Problem {
    /// What kind.
    pub code: ProblemCode,
    /// Where in the input: `["attributes", "0", "value"]`. Empty means the whole.
    pub path: Vec<String>,
    /// What is wrong, in a sentence.
    pub message: String,
}

impl Problem {
    /// A problem at a place of the input.
    pub fn new(code: ProblemCode, path: &[&str], message: impl Into<String>) -> Self {
        let path = path.iter().map(|&step| step.to_owned()).collect();
        Self { code, path, message: message.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() {
            return out.write_str(&self.message);
        }
        write!(out, "{}: {}", self.path.join("."), self.message)
    }
}

/// A fragment, as errors write them, as a sentence: capital first, full stop last unless it is a question.
pub fn sentence(fragment: &dyn fmt::Display) -> String {
    let text = fragment.to_string();
    let mut letters = text.chars();
    let first: String = letters.next().map(|letter| letter.to_uppercase().collect()).unwrap_or_default();
    let end = if text.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}

/// An error and what caused it, each by its own message and nothing twice: for the log and the
/// command line, where `Debug` could show the values of a customer.
pub fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let told = inner.to_string();
        if !text.ends_with(&told) {
            text = format!("{text}: {told}");
        }
        cause = inner.source();
    }
    text
}

#[cfg(test)]
mod tests;
