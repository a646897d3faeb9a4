//! Profiles: one row each, with a document of values, a document of where each came from, and a version.

use std::collections::{HashMap, HashSet};

use attrium_schema::{Identifier, Profile, ProfileId, WorkspaceId};
use sea_orm::QueryResult;
use serde::Serialize;
use uuid::Uuid;

use crate::dialect::{Columns, Kind};
use crate::document::{HeldMeta, HeldValues, read_held};
use crate::error::StorageError;
use crate::identifiers;
use crate::page::Page;
use crate::statement::{Batch, Place, expect_rows, limit_value};
use crate::store::{Db, Tx};

/// The profile, or `None`.
///
/// # Errors
/// [`StorageError::Corrupt`] when its documents do not read.
#[tracing::instrument(level = "debug", name = "profiles.find", skip_all)]
pub async fn find(db: Db<'_>, workspace: WorkspaceId, id: ProfileId) -> Result<Option<Profile>, StorageError> {
    Ok(find_many(db, workspace, &[id]).await?.pop())
}

/// The profiles among these ids, by id.
///
/// # Errors
/// As [`find`].
#[tracing::instrument(level = "debug", name = "profiles.find_many", skip_all)]
pub async fn find_many(db: Db<'_>, workspace: WorkspaceId, ids: &[ProfileId]) -> Result<Vec<Profile>, StorageError> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    let wanted: Vec<Wanted> = ids.iter().map(|id| Wanted { id: id.uuid() }).collect();
    let rows = db
        .rows_of_batch(
            Batch { table: "profiles", columns: WANTED, rows: &wanted },
            |batch| {
                format!(
                    "SELECT {COLUMNS} FROM {batch}
                     JOIN profiles ON profiles.workspace_id = batch.workspace_id AND profiles.id = batch.id"
                )
            },
            &[workspace.uuid().into()],
        )
        .await?;
    let mut profiles = read(&rows)?;
    profiles.sort_by_key(|profile| profile.id);
    let identifiers = identifiers::of_profiles(db, workspace, &ids).await?;
    Ok(with_identifiers(profiles, identifiers))
}

/// The profile found by this identifier, or `None`.
///
/// # Errors
/// As [`find`].
#[tracing::instrument(level = "debug", name = "profiles.find_by_identifier", skip_all)]
pub async fn find_by_identifier(
    db: Db<'_>,
    workspace: WorkspaceId,
    identifier: &Identifier,
) -> Result<Option<Profile>, StorageError> {
    match identifiers::find(db, workspace, identifier).await? {
        Some(id) => find(db, workspace, id).await,
        None => Ok(None),
    }
}

/// Profiles by id, which is by age.
///
/// # Errors
/// As [`find`].
#[tracing::instrument(level = "debug", name = "profiles.page", skip_all)]
pub async fn page(db: Db<'_>, workspace: WorkspaceId, page: Page<ProfileId>) -> Result<Vec<Profile>, StorageError> {
    page_for_index(db, workspace, page).await
}

/// As [`page`], for loading every profile into memory: pages of thousands, read fast.
///
/// # Errors
/// As [`find`].
#[tracing::instrument(level = "debug", name = "profiles.page_for_index", skip_all)]
pub async fn page_for_index(
    db: Db<'_>,
    workspace: WorkspaceId,
    page: Page<ProfileId>,
) -> Result<Vec<Profile>, StorageError> {
    let after = page.after.map_or(Uuid::nil(), ProfileId::uuid);
    let sql = format!(
        "SELECT {COLUMNS} FROM profiles
         WHERE profiles.workspace_id = $1 AND profiles.id > $2 ORDER BY profiles.id LIMIT $3"
    );
    let rows = db.rows(sql, vec![workspace.uuid().into(), after.into(), limit_value(page.limit)]).await?;
    let profiles = read(&rows)?;
    let Some(last) = profiles.last().map(|profile| profile.id.uuid()) else {
        return Ok(profiles);
    };
    let identifiers = identifiers::of_range(db, workspace, (after, last)).await?;
    Ok(with_identifiers(profiles, identifiers))
}

/// How many there are.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "profiles.count", skip_all)]
pub async fn count(db: Db<'_>, workspace: WorkspaceId) -> Result<u64, StorageError> {
    let sql = "SELECT count(*) FROM profiles WHERE workspace_id = $1";
    db.count(sql.to_owned(), vec![workspace.uuid().into()]).await
}

/// Writes new profiles together with all their identifiers.
///
/// # Errors
/// [`StorageError::UniqueViolation`] when an identifier is taken; then the transaction must be rolled back.
#[tracing::instrument(level = "debug", name = "profiles.insert_many", skip_all)]
pub async fn insert_many(tx: &Tx, workspace: WorkspaceId, profiles: &[Profile]) -> Result<(), StorageError> {
    let rows: Vec<Row<'_>> = profiles.iter().map(Row::from).collect();
    let inserted = tx
        .db()
        .execute_batch(
            Batch { table: "profiles", columns: ROW, rows: &rows },
            |batch| {
                format!(
                    "INSERT INTO profiles
                        (workspace_id, id, version, held_values, held_meta, created_at, updated_at)
                     SELECT batch.workspace_id, batch.id, batch.version, batch.held_values, batch.held_meta, batch.created_at,
                        batch.updated_at
                     FROM {batch}"
                )
            },
            &[workspace.uuid().into()],
        )
        .await?;
    expect_rows("profiles", rows.len(), inserted)?;
    let identifiers: Vec<(Identifier, ProfileId)> = profiles
        .iter()
        .flat_map(|profile| profile.identifiers.iter().map(|identifier| (identifier.clone(), profile.id)))
        .collect();
    identifiers::insert_many(tx, workspace, &identifiers).await
}

/// Writes profiles whose stored version is one below theirs and answers the ids of the others: those
/// lost a race and must be read again. Identifiers are not touched.
///
/// Read what you update in the same transaction *before* its first write; [`changes`](crate::changes) says why.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "profiles.update_many", skip_all)]
pub async fn update_many(
    tx: &Tx,
    workspace: WorkspaceId,
    profiles: &[Profile],
) -> Result<Vec<ProfileId>, StorageError> {
    let rows: Vec<Row<'_>> = profiles.iter().map(Row::from).collect();
    let updated = tx
        .db()
        .rows_of_batch(
            Batch { table: "profiles", columns: ROW, rows: &rows },
            |batch| {
                format!(
                    "UPDATE profiles SET version = batch.version, held_values = batch.held_values,
                        held_meta = batch.held_meta, updated_at = batch.updated_at
                     FROM {batch}
                     WHERE profiles.workspace_id = batch.workspace_id AND profiles.id = batch.id
                        AND profiles.version = batch.version - 1
                     RETURNING profiles.id"
                )
            },
            &[workspace.uuid().into()],
        )
        .await?;
    let updated: Result<HashSet<Uuid>, _> = updated.iter().map(|row| row.try_get_by_index(0)).collect();
    let updated = updated?;
    Ok(profiles.iter().map(|profile| profile.id).filter(|id| !updated.contains(&id.uuid())).collect())
}

/// What is read of a profile, in this order. The documents come as text: they are read in one go,
/// straight into values.
const COLUMNS: &str = "profiles.id, profiles.version, CAST(profiles.held_values AS text),
    CAST(profiles.held_meta AS text), profiles.created_at, profiles.updated_at";

fn read(rows: &[QueryResult]) -> Result<Vec<Profile>, StorageError> {
    rows.iter().map(read_one).collect()
}

fn read_one(row: &QueryResult) -> Result<Profile, StorageError> {
    let id = ProfileId::from_uuid(row.try_get_by_index(0)?);
    let place = Place { table: "profiles", row: &id };
    let values: String = row.try_get_by_index(2)?;
    let meta: String = row.try_get_by_index(3)?;
    Ok(Profile {
        id,
        version: row.try_get_by_index(1)?,
        identifiers: Vec::new(),
        held: read_held(place, &values, &meta)?,
        created_at: place.timestamp("created_at", row.try_get_by_index(4)?)?,
        updated_at: place.timestamp("updated_at", row.try_get_by_index(5)?)?,
    })
}

fn with_identifiers(mut profiles: Vec<Profile>, identifiers: Vec<(Identifier, ProfileId)>) -> Vec<Profile> {
    let mut by_profile: HashMap<ProfileId, Vec<Identifier>> = HashMap::new();
    for (identifier, profile) in identifiers {
        by_profile.entry(profile).or_default().push(identifier);
    }
    for profile in &mut profiles {
        profile.identifiers = by_profile.remove(&profile.id).unwrap_or_default();
        profile.identifiers.sort();
    }
    profiles
}

#[derive(Serialize)]
struct Row<'a> {
    id: Uuid,
    version: i64,
    held_values: HeldValues<'a>,
    held_meta: HeldMeta<'a>,
    created_at: i64,
    updated_at: i64,
}

const ROW: Columns = &[
    ("id", Kind::Uuid),
    ("version", Kind::Integer),
    ("held_values", Kind::Json),
    ("held_meta", Kind::Json),
    ("created_at", Kind::Integer),
    ("updated_at", Kind::Integer),
];

impl<'a> From<&'a Profile> for Row<'a> {
    fn from(profile: &'a Profile) -> Self {
        Self {
            id: profile.id.uuid(),
            version: profile.version,
            held_values: HeldValues(&profile.held),
            held_meta: HeldMeta(&profile.held),
            created_at: profile.created_at.as_micros(),
            updated_at: profile.updated_at.as_micros(),
        }
    }
}

#[derive(Serialize)]
struct Wanted {
    id: Uuid,
}

const WANTED: Columns = &[("id", Kind::Uuid)];

#[cfg(test)]
mod tests;
