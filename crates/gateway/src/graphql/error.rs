//! Top-level errors: what went wrong when nobody could have expected it, or when the request as a whole
//! cannot be answered. Expected refusals of a mutation are `problems` in its payload (see `problem`).
//!
//! [`ApiError`] deliberately does not implement `Display`. async-graphql turns every `Display` type
//! into an error message through `?`; without it, only the conversion written here applies, and no
//! inner error's text can reach a client.

use async_graphql::ErrorExtensionValues;
use attrium_engine::Error as EngineError;

use crate::causes;

/// What a resolver answers.
pub(super) type ApiResult<T> = Result<T, ApiError>;

/// The closed set of `extensions.code` of top-level errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ErrorCode {
    /// The request is wrong; the message says how to write it.
    Invalid,
    /// Something the request names does not exist in this workspace.
    NotFound,
    /// Something changed in between; read again, then retry.
    Conflict,
    /// Signed in, but without the right it takes.
    Denied,
    /// Nobody is signed in.
    Unauthenticated,
    /// Too much at once; wait, or ask for less.
    TooMany,
    /// Not now; retry later.
    Unavailable,
    /// The audience index is still loading; `loadedProfiles` and `totalProfiles` say how far it is.
    IndexLoading,
    /// A fault of the server; it is in its log.
    Internal,
}

impl ErrorCode {
    /// Every code, in the order the documentation lists them.
    #[cfg(test)]
    pub(super) const ALL: [Self; 9] = [
        Self::Invalid,
        Self::NotFound,
        Self::Conflict,
        Self::Denied,
        Self::Unauthenticated,
        Self::TooMany,
        Self::Unavailable,
        Self::IndexLoading,
        Self::Internal,
    ];

    /// Its spelling in `extensions.code`.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Invalid => "INVALID",
            Self::NotFound => "NOT_FOUND",
            Self::Conflict => "CONFLICT",
            Self::Denied => "DENIED",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::TooMany => "TOO_MANY",
            Self::Unavailable => "UNAVAILABLE",
            Self::IndexLoading => "INDEX_LOADING",
            Self::Internal => "INTERNAL",
        }
    }
}

/// A top-level error, written for clients.
#[derive(Clone, Debug)]
pub(super) struct ApiError {
    code: ErrorCode,
    message: String,
    details: Vec<(&'static str, u64)>,
}

impl ApiError {
    fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), details: Vec::new() }
    }

    /// The request is wrong; `message` names the cure, and holds nothing but what the client sent.
    pub(super) fn invalid(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::Invalid, message)
    }

    /// Its code.
    #[cfg(test)]
    pub(super) fn code(&self) -> ErrorCode {
        self.code
    }

    /// Its sentence.
    #[cfg(test)]
    pub(super) fn message(&self) -> &str {
        &self.message
    }

    /// Something that must be there is gone.
    pub(super) fn not_found(noun: &'static str) -> Self {
        Self::new(ErrorCode::NotFound, format!("There is no such {noun}."))
    }

    /// Nobody is signed in.
    pub(super) fn unauthenticated() -> Self {
        Self::new(ErrorCode::Unauthenticated, "Sign in, or send an API key as `Authorization: Bearer …`.")
    }

    /// The document asks for more at once than one may.
    pub(super) fn too_costly(cost: usize, cost_max: usize) -> Self {
        let message =
            format!("The document may cost {cost_max} and costs {cost}. Ask for fewer fields, or a smaller `first`.");
        Self::new(ErrorCode::TooMany, message)
    }

    fn with(mut self, name: &'static str, number: u64) -> Self {
        self.details.push((name, number));
        self
    }
}

/// What an engine error says at the top level. This is also where a failure that is not the client's
/// is logged, once, with its causes.
impl From<EngineError> for ApiError {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::Denied { right } => {
                Self::new(ErrorCode::Denied, format!("It takes the right `{right}`, which you do not have here."))
            }
            EngineError::Invalid(problems) => {
                let texts: Vec<String> = problems.iter().map(ToString::to_string).collect();
                Self::invalid(texts.join(" "))
            }
            EngineError::NotFound { noun } => Self::not_found(noun),
            EngineError::Conflict { noun, expected, found } => Self::new(
                ErrorCode::Conflict,
                format!("The {noun} changed meanwhile: expected {expected}, found {found}. Read it again."),
            ),
            EngineError::TooMany { retry_after } => {
                let seconds = retry_after.as_secs().max(1);
                Self::new(ErrorCode::TooMany, format!("Too many attempts. Try again in {seconds} s."))
                    .with("retryAfterS", seconds)
            }
            EngineError::Busy => {
                Self::new(ErrorCode::Unavailable, "Too much is waiting to be done. Try again in a moment.")
            }
            EngineError::IndexLoading { loaded, total } => Self::new(
                ErrorCode::IndexLoading,
                format!("The audience index is loading: {loaded} of {total} profiles. Try again in a moment."),
            )
            .with("loadedProfiles", loaded)
            .with("totalProfiles", total),
            EngineError::Closing => Self::new(ErrorCode::Unavailable, "The server is stopping. Try again in a moment."),
            EngineError::Unsure => Self::new(
                ErrorCode::Unavailable,
                "The database failed while committing. Look whether it happened, or send the same `idempotencyKey` again.",
            ),
            EngineError::Unavailable(_) => {
                log(&error);
                Self::new(ErrorCode::Unavailable, "The database does not answer. Try again in a moment.")
            }
            EngineError::Storage(_)
            | EngineError::Tables { .. }
            | EngineError::File(_)
            | EngineError::Sealed(_)
            | EngineError::Broken { .. } => {
                log(&error);
                Self::new(ErrorCode::Internal, "Something failed here, not in your request. It is in the server's log.")
            }
        }
    }
}

/// The one way an error becomes the library's.
impl From<ApiError> for async_graphql::Error {
    fn from(error: ApiError) -> Self {
        let mut extensions = ErrorExtensionValues::default();
        extensions.set("code", error.code.name());
        for (name, number) in error.details {
            extensions.set(name, number);
        }
        Self { message: error.message, source: None, extensions: Some(extensions) }
    }
}

/// Logs a failure that is not the client's, with its causes.
fn log(error: &EngineError) {
    tracing::error!(error = %causes(error), "could not answer a GraphQL field");
}

#[cfg(test)]
mod tests;
