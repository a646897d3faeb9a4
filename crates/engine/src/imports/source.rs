//! The bytes of an import's file, read on a blocking thread from wherever they are.

use std::fs::File;
use std::io::{self, BufReader, Read};

use attrium_integrations::{FileError, Rows};
use attrium_schema::{ImportId, WorkspaceId};
use attrium_storage::{Store, imports};
use tokio::runtime::Handle;

use super::options::{Options, Place};

/// The rows of an import's file, wherever its bytes are.
pub(super) type FileRows = Rows<Box<dyn Read + Send>>;

/// Which import, and where it is kept.
#[derive(Clone)]
pub(super) struct FileOfImport {
    pub(super) store: Store,
    pub(super) workspace: WorkspaceId,
    pub(super) import: ImportId,
    pub(super) runtime: Handle,
}

impl FileOfImport {
    /// Opens the file at its beginning. Call it, and read, on a blocking thread.
    pub(super) fn open(&self, options: &Options) -> Result<FileRows, FileError> {
        let bytes: Box<dyn Read + Send> = match &options.place {
            Place::File(path) => Box::new(BufReader::new(File::open(path)?)),
            Place::Database => Box::new(Parts { file: self.clone(), number: 0, part: io::Cursor::default() }),
        };
        let format = options.format().map_err(|error| io::Error::other(error.to_string()))?;
        Rows::open(format, bytes)
    }
}

/// Reads the parts of a file one after the other.
struct Parts {
    file: FileOfImport,
    number: i64,
    part: io::Cursor<Vec<u8>>,
}

impl Read for Parts {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let taken = self.part.read(buffer)?;
        if 0 < taken || buffer.is_empty() {
            return Ok(taken);
        }
        let FileOfImport { store, workspace, import, runtime } = &self.file;
        let next = runtime.block_on(imports::find_part(store.db(), *workspace, *import, self.number));
        match next.map_err(io::Error::other)? {
            Some(part) => {
                self.number += 1;
                self.part = io::Cursor::new(part);
                self.part.read(buffer)
            }
            None => Ok(0),
        }
    }
}
