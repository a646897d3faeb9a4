//! What ends an import for good, and what does not.

use std::io;

use attrium_integrations::FileError;
use attrium_storage::StorageError;

use super::Stopped;

#[test]
fn a_database_that_does_not_answer_only_interrupts() {
    let silent = StorageError::Unavailable { source: "the pool timed out".into() };
    let stopped = Stopped::by_file(FileError::Io(io::Error::other(silent)));
    assert!(matches!(stopped, Stopped::Interrupted(_)), "{stopped:?}");
}

#[test]
fn a_file_that_cannot_be_read_is_unfit() {
    let gone = Stopped::by_file(FileError::Io(io::ErrorKind::NotFound.into()));
    assert!(matches!(&gone, Stopped::Unfit(reason) if reason == "The file could not be read."), "{gone:?}");
    let empty = Stopped::by_file(FileError::Empty);
    assert!(matches!(&empty, Stopped::Unfit(reason) if reason == "The file is empty."), "{empty:?}");
}
