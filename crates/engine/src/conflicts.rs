//! Conflicts with what stands: a key that is taken, another revision than the one that was read.

use attrium_storage::StorageError;

use crate::doors::is_taken;
use crate::error::{Error, ProblemCode};

/// Why nothing was kept under this key: it is taken, or the database failed.
pub(crate) fn taken_key(error: StorageError, key: &str) -> Error {
    if is_taken(&error) {
        return Error::problem(ProblemCode::Taken, &["key"], format!("The key `{key}` is taken."));
    }
    error.into()
}

/// Refuses an edit made from another revision than the one that stands; `None` edits whatever stands.
///
/// # Errors
/// [`Error::Conflict`] about this noun.
pub(crate) fn expect_revision(noun: &'static str, expected: Option<u32>, found: u32) -> Result<(), Error> {
    match expected {
        Some(expected) if expected != found => {
            Err(Error::Conflict { noun, expected: expected.into(), found: found.into() })
        }
        Some(_) | None => Ok(()),
    }
}
