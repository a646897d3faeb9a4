//! Problems: the expected refusals of a mutation, listed in its payload.

use std::str::FromStr;

use async_graphql::{Enum, ID, SimpleObject};
use attrium_engine::{self as engine, Error};
use attrium_schema::IdError;

use super::error::ApiResult;

/// The closed set of kinds of problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "engine::ProblemCode")]
pub(super) enum ProblemCode {
    /// The input is malformed, missing or out of bounds.
    Invalid,
    /// A key, a name or an address is in use already.
    Taken,
    /// Something the input names does not exist in this workspace.
    NotFound,
    /// Someone else changed it first: read it again, then decide.
    Conflict,
    /// No attribute has this key.
    UnknownAttribute,
    /// A value is not of its attribute's type.
    WrongType,
    /// A text does not have its attribute's format.
    WrongFormat,
    /// The rule does not parse, or does not fit the attributes. `ruleAnalysis` says where.
    Rule,
    /// The template does not parse, or does not fit the attributes. `templateAnalysis` says where.
    Template,
    /// A limit is reached, or there were too many attempts.
    TooMany,
    /// The address or the password is wrong.
    WrongCredentials,
    /// The idempotency key was used before, with another input.
    IdempotencyMismatch,
}

/// Why a mutation did nothing: one of possibly several reasons.
#[derive(SimpleObject)]
pub(super) struct Problem {
    /// What kind, for programs.
    code: ProblemCode,
    /// Where in `input`: `["attributes", "0", "value"]`. Empty means the whole.
    path: Vec<String>,
    /// What is wrong, for people: a sentence in English.
    message: String,
}

impl From<engine::Problem> for Problem {
    fn from(problem: engine::Problem) -> Self {
        Self { code: problem.code.into(), path: problem.path, message: problem.message }
    }
}

/// Splits the outcome of a use case into what a payload holds: the result, or the problems.
///
/// # Errors
/// What is no expected refusal stays an error of the whole request.
pub(super) fn split<T>(outcome: Result<T, Error>) -> ApiResult<(Option<T>, Vec<Problem>)> {
    match outcome {
        Ok(done) => Ok((Some(done), Vec::new())),
        Err(error) => {
            let problems = error.into_problems()?;
            Ok((None, problems.into_iter().map(Problem::from).collect()))
        }
    }
}

/// The refusal of an input that does not decode.
pub(super) fn invalid(path: &[&str], message: impl Into<String>) -> Error {
    Error::Invalid(vec![engine::Problem::new(engine::ProblemCode::Invalid, path, message)])
}

/// Reads the `id` of an input.
///
/// # Errors
/// [`Error::Invalid`], naming the prefix that was expected.
pub(super) fn read_id<T: FromStr<Err = IdError>>(id: &ID) -> Result<T, Error> {
    id.parse().map_err(|error: IdError| invalid(&["id"], engine::sentence(&error)))
}

/// What signing out says to an API key, which has no session.
pub(super) fn no_session() -> Problem {
    let message = "This request carries no session to end.".to_owned();
    Problem { code: ProblemCode::Invalid, path: Vec::new(), message }
}
