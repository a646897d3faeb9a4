//! Change rows: history, feed and outbox in one.
//!
//! The feed is read in the order (transaction id, number) and only up to the oldest transaction that
//! may still commit, so that it never skips one. For a profile's versions to appear in their order, a
//! unit of work reads the profiles it updates before its first write; see ADR 0004.

use attrium_schema::{AttributeKey, Change, ChangeKind, ProfileId, WorkspaceId};
use sea_orm::{QueryResult, Value};
use serde::Serialize;
use uuid::Uuid;

use crate::cursor::Cursor;
use crate::dialect::{Columns, Kind};
use crate::document::{Body, read_body};
use crate::error::StorageError;
use crate::page::{LIST_MAX, Page};
use crate::settings;
use crate::statement::{Batch, Place, expect_rows, limit_value};
use crate::store::{Db, Tx};
use crate::wakeups::Topic;

/// What came after a cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedPage {
    /// The changes, in the order of the feed.
    pub changes: Vec<Change>,
    /// Where the next page begins; the given cursor when there was nothing.
    pub next: Cursor,
}

/// Which versions profiles have reached since a cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionsPage {
    /// Profiles and the versions their changes made.
    pub versions: Vec<(ProfileId, i64)>,
    /// Where the next page begins: behind the last change that nothing committed later can precede.
    pub next: Cursor,
    /// Whether there is nothing behind these yet.
    pub is_last: bool,
}

/// Which changes of a profile a page answers.
#[derive(Clone, Copy, Debug)]
pub struct HistoryFilter<'a> {
    /// Only versions below this one.
    pub before_version: Option<i64>,
    /// Only changes that name this attribute, in any case.
    pub key: Option<&'a AttributeKey>,
    /// At most so many.
    pub limit: usize,
}

/// Takes this many change numbers, ascending and never given to anyone else; they may have gaps.
/// Counts as a write: read the profiles first.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "changes.allocate", skip_all)]
pub async fn allocate(tx: &Tx, count: usize) -> Result<Vec<i64>, StorageError> {
    tx.db().allocate("change_numbers", count).await
}

/// Writes change rows, and wakes the followers after the commit.
///
/// # Errors
/// [`StorageError::UniqueViolation`] when a profile has a change of that version.
#[tracing::instrument(level = "debug", name = "changes.insert_many", skip_all)]
pub async fn insert_many(tx: &Tx, workspace: WorkspaceId, changes: &[Change]) -> Result<(), StorageError> {
    let rows: Vec<NewRow<'_>> = changes.iter().map(NewRow::from).collect();
    let transaction_id = tx.db().dialect().transaction_id();
    let inserted = tx
        .db()
        .execute_batch(
            Batch { table: "changes", columns: NEW_ROW, rows: &rows },
            |batch| {
                format!(
                    "INSERT INTO changes (workspace_id, sequence, transaction_id, profile_id, version, kind,
                        source, actor, occurred_at, recorded_at, body)
                     SELECT batch.workspace_id, batch.sequence, {transaction_id}, batch.profile_id, batch.version, batch.kind,
                        batch.source, batch.actor, batch.occurred_at, batch.recorded_at, batch.body
                     FROM {batch}"
                )
            },
            &[workspace.uuid().into()],
        )
        .await?;
    tx.mark(Topic::Changes);
    expect_rows("changes", rows.len(), inserted)
}

/// The changes after a cursor that nothing committed later can precede.
///
/// # Errors
/// [`StorageError::ForeignEpoch`] for a cursor from before a restore, [`StorageError::Corrupt`].
#[tracing::instrument(level = "debug", name = "changes.feed", skip_all)]
pub async fn feed(db: Db<'_>, workspace: WorkspaceId, after: &Cursor, limit: usize) -> Result<FeedPage, StorageError> {
    let dialect = db.dialect();
    let epoch = epoch_of(db, after).await?;
    let sql = format!(
        "SELECT {COLUMNS} FROM changes WHERE workspace_id = $1 AND {} AND {} ORDER BY {} LIMIT $4",
        dialect.is_after_cursor(),
        dialect.is_settled(),
        dialect.feed_order("ASC"),
    );
    let mut values = after_values(workspace, after);
    values.push(limit_value(limit));
    let rows = db.rows(sql, values).await?;
    let next = match rows.last() {
        Some(last) => Cursor { epoch, transaction_id: last.try_get_by_index(1)?, sequence: last.try_get_by_index(0)? },
        None => *after,
    };
    let changes: Result<Vec<Change>, StorageError> = rows.iter().map(read).collect();
    Ok(FeedPage { changes: changes?, next })
}

/// The end of the feed: the cursor after every change that [`feed`] would answer now.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "changes.head", skip_all)]
pub async fn head(db: Db<'_>, workspace: WorkspaceId) -> Result<Cursor, StorageError> {
    let dialect = db.dialect();
    let epoch = epoch_of(db, &Cursor::START).await?;
    let sql = format!(
        "SELECT sequence, transaction_id FROM changes WHERE workspace_id = $1 AND {} ORDER BY {} LIMIT 1",
        dialect.is_settled(),
        dialect.feed_order("DESC"),
    );
    Ok(match db.row(sql, vec![workspace.uuid().into()]).await? {
        Some(row) => Cursor { epoch, sequence: row.try_get_by_index(0)?, transaction_id: row.try_get_by_index(1)? },
        None => Cursor::START,
    })
}

/// How many committed changes lie after a cursor, those the feed still holds back included; stops
/// counting at [`LIST_MAX`]. Zero means the reader has seen everything.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "changes.count_after", skip_all)]
pub async fn count_after(db: Db<'_>, workspace: WorkspaceId, after: &Cursor) -> Result<u64, StorageError> {
    epoch_of(db, after).await?;
    let sql = format!(
        "SELECT count(*) FROM (SELECT 1 FROM changes WHERE workspace_id = $1 AND {} LIMIT {LIST_MAX}) AS later",
        db.dialect().is_after_cursor(),
    );
    db.count(sql, after_values(workspace, after)).await
}

/// The versions that every change after a cursor made, those the feed still holds back included: of these the next
/// page tells again.
///
/// # Errors
/// [`StorageError::ForeignEpoch`] for a cursor from before a restore.
#[tracing::instrument(level = "debug", name = "changes.versions_after", skip_all)]
pub async fn versions_after(
    db: Db<'_>,
    workspace: WorkspaceId,
    after: &Cursor,
    limit: usize,
) -> Result<VersionsPage, StorageError> {
    let dialect = db.dialect();
    let epoch = epoch_of(db, after).await?;
    let sql = format!(
        "SELECT sequence, transaction_id, profile_id, version, {} FROM changes
         WHERE workspace_id = $1 AND {} ORDER BY {} LIMIT $4",
        dialect.is_settled(),
        dialect.is_after_cursor(),
        dialect.feed_order("ASC"),
    );
    let mut values = after_values(workspace, after);
    values.push(limit_value(limit));
    let rows = db.rows(sql, values).await?;
    let mut page = VersionsPage { versions: Vec::new(), next: *after, is_last: rows.len() < limit };
    for row in rows {
        page.versions.push((ProfileId::from_uuid(row.try_get_by_index(2)?), row.try_get_by_index(3)?));
        if row.try_get_by_index(4)? {
            let (sequence, transaction_id) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            page.next = Cursor { epoch, transaction_id, sequence };
        }
    }
    Ok(page)
}

/// Changes of the workspace, newest first; the place is a change's number.
///
/// # Errors
/// [`StorageError::Corrupt`] when a body does not read.
#[tracing::instrument(level = "debug", name = "changes.page", skip_all)]
pub async fn page(db: Db<'_>, workspace: WorkspaceId, page: Page<i64>) -> Result<Vec<Change>, StorageError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM changes WHERE workspace_id = $1 AND sequence < $2 ORDER BY sequence DESC LIMIT $3"
    );
    let before = page.after.unwrap_or(i64::MAX);
    let values = vec![workspace.uuid().into(), before.into(), limit_value(page.limit)];
    db.rows(sql, values).await?.iter().map(read).collect()
}

/// The changes of these numbers that exist, by number; at most [`LIST_MAX`] are asked for.
///
/// # Errors
/// [`StorageError::Corrupt`] when a body does not read.
#[tracing::instrument(level = "debug", name = "changes.find_many", skip_all)]
pub async fn find_many(db: Db<'_>, workspace: WorkspaceId, sequences: &[i64]) -> Result<Vec<Change>, StorageError> {
    if sequences.is_empty() {
        return Ok(Vec::new());
    }
    let sequences = &sequences[..sequences.len().min(LIST_MAX)];
    let places: Vec<String> = (2..).take(sequences.len()).map(|place| format!("${place}")).collect();
    let sql = format!(
        "SELECT {COLUMNS} FROM changes WHERE workspace_id = $1 AND sequence IN ({}) ORDER BY sequence",
        places.join(", ")
    );
    let workspace: Value = workspace.uuid().into();
    let values = std::iter::once(workspace).chain(sequences.iter().map(|sequence| Value::from(*sequence)));
    db.rows(sql, values.collect()).await?.iter().map(read).collect()
}

/// Changes of a profile, newest first.
///
/// # Errors
/// [`StorageError::Corrupt`] when a body does not read.
#[tracing::instrument(level = "debug", name = "changes.of_profile", skip_all)]
pub async fn of_profile(
    db: Db<'_>,
    workspace: WorkspaceId,
    profile: ProfileId,
    filter: HistoryFilter<'_>,
) -> Result<Vec<Change>, StorageError> {
    let items = db.dialect().json_items("body");
    let names_key = match filter.key {
        Some(_) => format!("AND EXISTS (SELECT 1 FROM {items} WHERE lower(item.value ->> 'key') = $5)"),
        None => String::new(),
    };
    let sql = format!(
        "SELECT {COLUMNS} FROM changes WHERE workspace_id = $1 AND profile_id = $2 AND version < $3 {names_key}
         ORDER BY version DESC LIMIT $4"
    );
    let before_version = filter.before_version.unwrap_or(i64::MAX);
    let mut values =
        vec![workspace.uuid().into(), profile.uuid().into(), before_version.into(), limit_value(filter.limit)];
    values.extend(filter.key.map(|key| Value::from(key.folded())));
    db.rows(sql, values).await?.iter().map(read).collect()
}

/// The epoch of the database, once the cursor is known to belong to it.
async fn epoch_of(db: Db<'_>, cursor: &Cursor) -> Result<i64, StorageError> {
    let epoch = settings::find(db).await?.map_or(1, |settings| settings.epoch);
    if *cursor == Cursor::START || cursor.epoch == epoch {
        Ok(epoch)
    } else {
        Err(StorageError::ForeignEpoch { cursor: cursor.epoch, database: epoch })
    }
}

fn after_values(workspace: WorkspaceId, after: &Cursor) -> Vec<Value> {
    vec![workspace.uuid().into(), after.transaction_id.into(), after.sequence.into()]
}

/// What is read of a change, in this order.
const COLUMNS: &str = "sequence, transaction_id, profile_id, version, kind, source, actor, occurred_at,
    recorded_at, CAST(body AS text)";

fn read(row: &QueryResult) -> Result<Change, StorageError> {
    let sequence: i64 = row.try_get_by_index(0)?;
    let place = Place { table: "changes", row: &sequence };
    let kind: String = row.try_get_by_index(4)?;
    let source: String = row.try_get_by_index(5)?;
    let actor: String = row.try_get_by_index(6)?;
    let body: String = row.try_get_by_index(9)?;
    Ok(Change {
        sequence,
        profile: ProfileId::from_uuid(row.try_get_by_index(2)?),
        version: row.try_get_by_index(3)?,
        kind: match kind.as_str() {
            CREATED => ChangeKind::Created,
            UPDATED => ChangeKind::Updated,
            other => return Err(place.corrupt("kind", format!("`{other}` is no kind"))),
        },
        source: place.parse("source", &source)?,
        actor: place.parse("actor", &actor)?,
        occurred_at: place.timestamp("occurred_at", row.try_get_by_index(7)?)?,
        recorded_at: place.timestamp("recorded_at", row.try_get_by_index(8)?)?,
        attributes: read_body(place, &body)?,
    })
}

const CREATED: &str = "created";
const UPDATED: &str = "updated";

#[derive(Serialize)]
struct NewRow<'a> {
    sequence: i64,
    profile_id: Uuid,
    version: i64,
    kind: &'static str,
    source: String,
    actor: String,
    occurred_at: i64,
    recorded_at: i64,
    body: Body<'a>,
}

const NEW_ROW: Columns = &[
    ("sequence", Kind::Integer),
    ("profile_id", Kind::Uuid),
    ("version", Kind::Integer),
    ("kind", Kind::Text),
    ("source", Kind::Text),
    ("actor", Kind::Text),
    ("occurred_at", Kind::Integer),
    ("recorded_at", Kind::Integer),
    ("body", Kind::Json),
];

impl<'a> From<&'a Change> for NewRow<'a> {
    fn from(change: &'a Change) -> Self {
        Self {
            sequence: change.sequence,
            profile_id: change.profile.uuid(),
            version: change.version,
            kind: match change.kind {
                ChangeKind::Created => CREATED,
                ChangeKind::Updated => UPDATED,
            },
            source: change.source.to_string(),
            actor: change.actor.to_string(),
            occurred_at: change.occurred_at.as_micros(),
            recorded_at: change.recorded_at.as_micros(),
            body: Body(&change.attributes),
        }
    }
}

#[cfg(test)]
mod tests;
