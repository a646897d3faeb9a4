//! Why an import stops before its end: for good, because of its file, or for a while.

use attrium_integrations::FileError;
use attrium_storage::StorageError;

use crate::error::{Error, sentence};

/// Why a file cannot be imported, for people.
pub(super) type Unfit = String;

/// Why an import stops before its end.
#[derive(Debug)]
pub(super) enum Stopped {
    /// The file cannot be imported, now or ever.
    Unfit(Unfit),
    /// Something else failed; the import goes on later.
    Interrupted(Error),
}

impl Stopped {
    /// Reading the file failed. Bytes kept in a database that does not answer are no fault of the file.
    pub(super) fn by_file(error: FileError) -> Self {
        match error {
            FileError::Io(cause) => match cause.downcast::<StorageError>() {
                Ok(error) => Self::Interrupted(error.into()),
                Err(cause) => Self::Unfit(sentence(&FileError::Io(cause))),
            },
            flaw => Self::Unfit(sentence(&flaw)),
        }
    }
}

impl<E: Into<Error>> From<E> for Stopped {
    fn from(error: E) -> Self {
        Self::Interrupted(error.into())
    }
}

#[cfg(test)]
mod tests;
