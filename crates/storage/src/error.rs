//! What can go wrong with the memory. No error here names an ORM or driver type.

use std::path::PathBuf;

/// Which promise of uniqueness a write would have broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UniqueKey {
    /// The key of a workspace.
    WorkspaceKey,
    /// The e-mail address of a user.
    UserEmail,
    /// The membership of a user in a workspace.
    Member,
    /// The settings of the database.
    Settings,
    /// The key of an attribute, in any case.
    AttributeKey,
    /// An identifier of a profile.
    Identifier,
    /// The id of a profile.
    Profile,
    /// The version of a profile: two changes would have made the same one.
    ProfileVersion,
    /// The key of a segment.
    SegmentKey,
    /// The key of a template.
    TemplateKey,
    /// A stay of a profile in a segment.
    Membership,
    /// The number of a secret of a webhook endpoint.
    EndpointSecret,
    /// The key under which an answer is remembered.
    IdempotencyKey,
    /// The key under which a job is owed once.
    JobDedupKey,
    /// Any other key; ids are never reused, so this is a fault of ours.
    Other,
}

/// What can go wrong with the memory.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// The database refused or broke; trying again does not help.
    #[error("the database refused a statement")]
    Driver {
        /// The driver's words.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The database could not be reached in time, or gave up on a transaction that lost against
    /// another one. The whole unit of work may be tried again.
    #[error("the database is not available")]
    Unavailable {
        /// The driver's words.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// Something stored does not read.
    #[error("table {table}, column {column}, row {row} does not read: {problem}")]
    Corrupt {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// What identifies the row.
        row: String,
        /// What is wrong with it.
        problem: String,
    },
    /// Something cannot be written down: a list of mixed types, which no attribute may hold.
    #[error("a row of {table} cannot be written: {problem}")]
    Unwritable {
        /// The table.
        table: &'static str,
        /// Why.
        problem: String,
    },
    /// A write would have broken a promise of uniqueness.
    #[error("{which:?} is taken")]
    UniqueViolation {
        /// Which promise.
        which: UniqueKey,
    },
    /// A row points at one that is not there.
    #[error("something this refers to does not exist")]
    ForeignKeyViolation,
    /// Someone else altered the row since it was read.
    #[error("a row of {table} was altered since it was read")]
    Conflict {
        /// The table.
        table: &'static str,
    },
    /// A statement touched another number of rows than it must.
    #[error("a statement on {table} touched {actual} rows instead of {expected}")]
    RowsAffected {
        /// The table.
        table: &'static str,
        /// How many it must touch.
        expected: u64,
        /// How many it touched.
        actual: u64,
    },
    /// The address is not one of a database we know.
    #[error("the database address must begin with sqlite:// or postgres:// and be complete")]
    BadUrl {
        /// Why, when the driver said so; it never repeats the address.
        #[source]
        source: Option<Box<dyn std::error::Error + Send + Sync>>,
    },
    /// The address is not one of a Redis.
    #[error("the Redis address must begin with redis:// or rediss:// and be complete")]
    BadRedisUrl,
    /// Another process holds the file.
    #[error("another process holds {path}")]
    Locked {
        /// The lock file.
        path: PathBuf,
    },
    /// The file or its folder cannot be made or opened.
    #[error("{path} cannot be used")]
    File {
        /// The path.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The SQLite inside this binary may lose committed data.
    #[error("SQLite {version} may lose committed data; 3.51.3 or newer is needed")]
    SqliteTooOld {
        /// Its version.
        version: String,
    },
    /// The database has migrations this binary does not know.
    #[error("the database is ahead of this version of Attrium: it has migration {newest}")]
    Ahead {
        /// The newest migration that is not ours.
        newest: String,
    },
    /// A migration failed and was undone.
    #[error("a migration failed; the database is as it was before it")]
    MigrationFailed {
        /// The driver's words.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The cursor is of another life of this database: it was restored since.
    #[error("the cursor is of epoch {cursor}, the database of epoch {database}: read the feed from its start")]
    ForeignEpoch {
        /// The cursor's.
        cursor: i64,
        /// The database's.
        database: i64,
    },
}
