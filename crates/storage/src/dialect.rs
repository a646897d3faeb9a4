//! What differs between PostgreSQL and SQLite, but for opening them and for the tables themselves.

use sea_orm::{DbBackend, DbErr, RuntimeErr};

use crate::error::{StorageError, UniqueKey};

/// Which database speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    Postgres,
    Sqlite,
}

/// The type of one column of a batch.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Uuid,
    Integer,
    Text,
    Json,
}

/// The columns of a batch of rows: their names in the JSON, and their types.
pub(crate) type Columns = &'static [(&'static str, Kind)];

impl Dialect {
    pub(crate) fn of(backend: DbBackend) -> Self {
        match backend {
            DbBackend::Sqlite => Self::Sqlite,
            _ => Self::Postgres,
        }
    }

    pub(crate) fn backend(self) -> DbBackend {
        match self {
            Self::Postgres => DbBackend::Postgres,
            Self::Sqlite => DbBackend::Sqlite,
        }
    }

    /// A table expression named `batch`: the rows of the JSON array in parameter 1, each with the
    /// workspace in parameter 2. One statement text serves every number of rows, and no limit on
    /// parameters is near; see ADR 0003.
    pub(crate) fn batch(self, columns: Columns) -> String {
        match self {
            Self::Postgres => {
                let types: Vec<String> =
                    columns.iter().map(|(name, kind)| format!("{name} {}", postgres_type(*kind))).collect();
                format!(
                    "(SELECT CAST($2 AS uuid) AS workspace_id, rows.*
                      FROM json_to_recordset(CAST($1 AS json)) AS rows ({})) AS batch",
                    types.join(", ")
                )
            }
            // The limit makes SQLite read the array once and look each row up by its key. Without it, or
            // without the workspace among the columns, it reads the array again for every stored row.
            Self::Sqlite => {
                let values: Vec<String> = columns.iter().map(|(name, kind)| sqlite_column(name, *kind)).collect();
                format!("(SELECT $2 AS workspace_id, {} FROM json_each($1) LIMIT -1) AS batch", values.join(", "))
            }
        }
    }

    /// Takes `count` numbers of a sequence; parameter 1 is the count.
    pub(crate) fn allocate(self, sequence: &'static str) -> String {
        match self {
            Self::Postgres => {
                format!("SELECT nextval('{sequence}') AS number FROM generate_series(1, $1)")
            }
            Self::Sqlite => {
                format!("UPDATE counters SET value = value + $1 WHERE name = '{sequence}' RETURNING value AS number")
            }
        }
    }

    /// The numbers that [`Dialect::allocate`] answered, ascending.
    pub(crate) fn allocated(self, answered: Vec<i64>, count: usize) -> Vec<i64> {
        if let (Self::Sqlite, [last]) = (self, answered.as_slice()) {
            let count = i64::try_from(count).expect("a count of numbers fits in 63 bits");
            return (last - count + 1..=*last).collect();
        }
        let mut numbers = answered;
        numbers.sort_unstable();
        numbers
    }

    /// The id of the running transaction; 0 on SQLite, where numbers alone are commit order.
    pub(crate) fn transaction_id(self) -> &'static str {
        match self {
            Self::Postgres => "CAST(CAST(pg_current_xact_id() AS text) AS bigint)",
            Self::Sqlite => "0",
        }
    }

    /// Whether a change comes after the cursor ($2, $3).
    pub(crate) fn is_after_cursor(self) -> &'static str {
        match self {
            Self::Postgres => "(transaction_id, sequence) > ($2, $3)",
            // The planner walks the primary key; the transaction id is always 0.
            Self::Sqlite => "$2 <= transaction_id AND sequence > $3",
        }
    }

    /// Whether nothing that commits later can come before a change.
    pub(crate) fn is_settled(self) -> &'static str {
        match self {
            Self::Postgres => "transaction_id < CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS text) AS bigint)",
            Self::Sqlite => "TRUE",
        }
    }

    /// The order of the feed.
    pub(crate) fn feed_order(self, direction: &'static str) -> String {
        match self {
            Self::Postgres => format!("transaction_id {direction}, sequence {direction}"),
            Self::Sqlite => format!("sequence {direction}"),
        }
    }

    /// A table expression: the items of a JSON array column.
    pub(crate) fn json_items(self, column: &'static str) -> String {
        match self {
            Self::Postgres => format!("jsonb_array_elements({column}) AS item (value)"),
            Self::Sqlite => format!("json_each({column}) AS item"),
        }
    }

    /// Leaves rows alone that another transaction has locked. SQLite has one writer.
    pub(crate) fn skip_locked(self) -> &'static str {
        match self {
            Self::Postgres => "FOR UPDATE SKIP LOCKED",
            Self::Sqlite => "",
        }
    }

    /// Wakes listeners of other processes when the transaction commits; parameter 1 is the topic.
    pub(crate) fn notify(self) -> Option<&'static str> {
        match self {
            Self::Postgres => Some("SELECT pg_notify('attrium', $1)"),
            Self::Sqlite => None,
        }
    }
}

fn postgres_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Uuid => "uuid",
        Kind::Integer => "bigint",
        Kind::Text => "text",
        Kind::Json => "jsonb",
    }
}

fn sqlite_column(name: &str, kind: Kind) -> String {
    match kind {
        Kind::Uuid => format!("unhex(value ->> '{name}', '-') AS {name}"),
        Kind::Integer | Kind::Text => format!("value ->> '{name}' AS {name}"),
        // `->` answers JSON text; JSON null must become no value at all.
        Kind::Json => format!("nullif(value -> '{name}', 'null') AS {name}"),
    }
}

impl From<DbErr> for StorageError {
    fn from(error: DbErr) -> Self {
        let code = match &error {
            DbErr::ConnectionAcquire(_) => return Self::Unavailable { source: Box::new(error) },
            DbErr::Conn(RuntimeErr::SqlxError(cause))
            | DbErr::Exec(RuntimeErr::SqlxError(cause))
            | DbErr::Query(RuntimeErr::SqlxError(cause)) => classify(cause),
            _ => Class::Other,
        };
        code.into_error(error)
    }
}

impl From<sqlx::Error> for StorageError {
    fn from(error: sqlx::Error) -> Self {
        classify(&error).into_error(error)
    }
}

enum Class {
    Unavailable,
    Unique(UniqueKey),
    ForeignKey,
    Other,
}

impl Class {
    fn into_error(self, source: impl std::error::Error + Send + Sync + 'static) -> StorageError {
        match self {
            Self::Unavailable => StorageError::Unavailable { source: Box::new(source) },
            Self::Unique(which) => StorageError::UniqueViolation { which },
            Self::ForeignKey => StorageError::ForeignKeyViolation,
            Self::Other => StorageError::Driver { source: Box::new(source) },
        }
    }
}

fn classify(error: &sqlx::Error) -> Class {
    match error {
        sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) | sqlx::Error::WorkerCrashed => {
            Class::Unavailable
        }
        sqlx::Error::Database(cause) if cause.is_unique_violation() => Class::Unique(unique_key(cause.as_ref())),
        sqlx::Error::Database(cause) if cause.is_foreign_key_violation() => Class::ForeignKey,
        sqlx::Error::Database(cause) if is_passing(&cause.code().unwrap_or_default()) => Class::Unavailable,
        _ => Class::Other,
    }
}

/// Whether a code says that the same unit of work may succeed when begun again. PostgreSQL:
/// serialization, deadlock, lock and statement timeouts, shutdown, connection trouble, too many
/// connections. SQLite: busy and locked, in their plain and extended forms.
fn is_passing(code: &str) -> bool {
    let is_postgres = matches!(code, "40001" | "40P01" | "55P03" | "57014" | "53300" | "25P03")
        || code.starts_with("57P")
        || code.starts_with("08");
    is_postgres || matches!(code, "5" | "6" | "261" | "262" | "517" | "773")
}

/// PostgreSQL names the table and the constraint; SQLite's message lists `table.column`s, or the index.
fn unique_key(error: &dyn sqlx::error::DatabaseError) -> UniqueKey {
    let text = match (error.table(), error.constraint()) {
        (Some(table), Some(constraint)) => format!("{table}. {constraint}"),
        _ => error.message().to_owned(),
    };
    let names = |part: &str| text.contains(part);
    match () {
        () if names("workspaces.") => UniqueKey::WorkspaceKey,
        () if names("workspace_users.") => UniqueKey::Member,
        () if names("users.") => UniqueKey::UserEmail,
        () if names("attributes.") => UniqueKey::AttributeKey,
        () if names("identifiers.") => UniqueKey::Identifier,
        () if names("profiles.") => UniqueKey::Profile,
        () if names("changes.") => UniqueKey::ProfileVersion,
        () if names("segments.") => UniqueKey::SegmentKey,
        () if names("templates.") => UniqueKey::TemplateKey,
        () if names("memberships.") => UniqueKey::Membership,
        () if names("endpoint_secrets.") => UniqueKey::EndpointSecret,
        () if names("idempotency.") => UniqueKey::IdempotencyKey,
        () if names("settings.") => UniqueKey::Settings,
        () if names("jobs_dedup") || names("jobs.") => UniqueKey::JobDedupKey,
        () => UniqueKey::Other,
    }
}

#[cfg(test)]
mod tests;
