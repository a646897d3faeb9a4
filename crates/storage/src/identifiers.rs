//! What profiles are found by; each unique in its workspace.

use attrium_schema::{Identifier, IdentifierKind, ProfileId, WorkspaceId};
use sea_orm::{ColumnTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use serde::Serialize;
use uuid::Uuid;

use crate::dialect::{Columns, Kind};
use crate::error::StorageError;
use crate::page::Page;
use crate::statement::{Batch, InWorkspace, Place, bounded, expect_rows, in_workspace};
use crate::store::{Db, Tx};

/// Which identifiers a page answers.
#[derive(Clone, Copy, Debug)]
pub struct IdentifierSearch<'a> {
    /// Their kind.
    pub kind: IdentifierKind,
    /// What they begin with; empty for all.
    pub prefix: &'a str,
}

/// Whose identifier it is, or `None`.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "identifiers.find", skip_all)]
pub async fn find(
    db: Db<'_>,
    workspace: WorkspaceId,
    identifier: &Identifier,
) -> Result<Option<ProfileId>, StorageError> {
    let row = in_workspace::<row::Entity>(workspace)
        .filter(row::Column::Kind.eq(identifier.kind().name()))
        .filter(row::Column::Value.eq(identifier.value()))
        .one(&db.executor())
        .await?;
    Ok(row.map(|row| ProfileId::from_uuid(row.profile_id)))
}

/// Whose identifiers these are; those of nobody are left out, the order is lost.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "identifiers.find_many", skip_all)]
pub async fn find_many(
    db: Db<'_>,
    workspace: WorkspaceId,
    identifiers: &[Identifier],
) -> Result<Vec<(Identifier, ProfileId)>, StorageError> {
    let wanted: Vec<Wanted<'_>> = identifiers
        .iter()
        .map(|identifier| Wanted { kind: identifier.kind().name(), value: identifier.value() })
        .collect();
    let rows = db
        .rows_of_batch(
            Batch { table: "identifiers", columns: WANTED, rows: &wanted },
            |batch| {
                format!(
                    "SELECT identifiers.* FROM {batch} JOIN identifiers ON identifiers.workspace_id = batch.workspace_id
                     AND identifiers.kind = batch.kind AND identifiers.value = batch.value"
                )
            },
            &[workspace.uuid().into()],
        )
        .await?;
    rows.iter().map(|row| owned(&row::Model::from_query_result(row, "")?)).collect()
}

/// Identifiers of a kind that begin with a text, by code point.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "identifiers.page", skip_all)]
pub async fn page(
    db: Db<'_>,
    workspace: WorkspaceId,
    search: IdentifierSearch<'_>,
    page: Page<&str>,
) -> Result<Vec<(Identifier, ProfileId)>, StorageError> {
    let rows = found(workspace, search)
        .filter(row::Column::Value.gt(page.after.unwrap_or_default()))
        .order_by_asc(row::Column::Value)
        .limit(bounded(page.limit))
        .all(&db.executor())
        .await?;
    rows.iter().map(owned).collect()
}

/// How many of a kind begin with a text.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "identifiers.count", skip_all)]
pub async fn count(db: Db<'_>, workspace: WorkspaceId, search: IdentifierSearch<'_>) -> Result<u64, StorageError> {
    Ok(found(workspace, search).count(&db.executor()).await?)
}

/// Gives identifiers to profiles that exist. [`profiles::insert_many`](crate::profiles::insert_many) writes those of new ones.
///
/// # Errors
/// [`StorageError::UniqueViolation`] when one is taken.
#[tracing::instrument(level = "debug", name = "identifiers.insert_many", skip_all)]
pub async fn insert_many(
    tx: &Tx,
    workspace: WorkspaceId,
    identifiers: &[(Identifier, ProfileId)],
) -> Result<(), StorageError> {
    let rows: Vec<NewRow<'_>> = identifiers
        .iter()
        .map(|(identifier, profile)| NewRow {
            kind: identifier.kind().name(),
            value: identifier.value(),
            profile_id: profile.uuid(),
        })
        .collect();
    let inserted = tx
        .db()
        .execute_batch(
            Batch { table: "identifiers", columns: NEW_ROW, rows: &rows },
            |batch| {
                format!(
                    "INSERT INTO identifiers (workspace_id, kind, value, profile_id)
                     SELECT batch.workspace_id, batch.kind, batch.value, batch.profile_id FROM {batch}"
                )
            },
            &[workspace.uuid().into()],
        )
        .await?;
    expect_rows("identifiers", rows.len(), inserted)
}

/// The identifiers of profiles in a range of ids, as pairs of profile and identifier.
pub(crate) async fn of_range(
    db: Db<'_>,
    workspace: WorkspaceId,
    (after, last): (Uuid, Uuid),
) -> Result<Vec<(Identifier, ProfileId)>, StorageError> {
    let rows = in_workspace::<row::Entity>(workspace)
        .filter(row::Column::ProfileId.gt(after))
        .filter(row::Column::ProfileId.lte(last))
        .order_by_asc(row::Column::ProfileId)
        .all(&db.executor())
        .await?;
    rows.iter().map(owned).collect()
}

/// The identifiers of these profiles.
pub(crate) async fn of_profiles(
    db: Db<'_>,
    workspace: WorkspaceId,
    profiles: &[ProfileId],
) -> Result<Vec<(Identifier, ProfileId)>, StorageError> {
    let ids: Vec<OfProfile> = profiles.iter().map(|id| OfProfile { profile_id: id.uuid() }).collect();
    let rows = db
        .rows_of_batch(
            Batch { table: "identifiers", columns: OF_PROFILE, rows: &ids },
            |batch| {
                format!(
                    "SELECT identifiers.* FROM {batch} JOIN identifiers
                     ON identifiers.workspace_id = batch.workspace_id AND identifiers.profile_id = batch.profile_id"
                )
            },
            &[workspace.uuid().into()],
        )
        .await?;
    rows.iter().map(|row| owned(&row::Model::from_query_result(row, "")?)).collect()
}

/// U+10FFFF names no character, so nothing that begins with a prefix sorts after the two together.
fn found(workspace: WorkspaceId, search: IdentifierSearch<'_>) -> Select<row::Entity> {
    in_workspace::<row::Entity>(workspace)
        .filter(row::Column::Kind.eq(search.kind.name()))
        .filter(row::Column::Value.gte(search.prefix))
        .filter(row::Column::Value.lt(format!("{}\u{10ffff}", search.prefix)))
}

fn owned(row: &row::Model) -> Result<(Identifier, ProfileId), StorageError> {
    let place = Place { table: "identifiers", row: &row.value };
    let kind = match row.kind.as_str() {
        "external_id" => IdentifierKind::ExternalId,
        other => return Err(place.corrupt("kind", format!("`{other}` is no kind of identifier"))),
    };
    let identifier = Identifier::parse(kind, &row.value).map_err(|error| place.corrupt("value", error))?;
    Ok((identifier, ProfileId::from_uuid(row.profile_id)))
}

#[derive(Serialize)]
struct NewRow<'a> {
    kind: &'static str,
    value: &'a str,
    profile_id: Uuid,
}

const NEW_ROW: Columns = &[("kind", Kind::Text), ("value", Kind::Text), ("profile_id", Kind::Uuid)];

#[derive(Serialize)]
struct Wanted<'a> {
    kind: &'static str,
    value: &'a str,
}

const WANTED: Columns = &[("kind", Kind::Text), ("value", Kind::Text)];

#[derive(Serialize)]
struct OfProfile {
    profile_id: Uuid,
}

const OF_PROFILE: Columns = &[("profile_id", Kind::Uuid)];

impl InWorkspace for row::Entity {
    const WORKSPACE: row::Column = row::Column::WorkspaceId;
}

/// A row of `identifiers`.
mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "identifiers")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub workspace_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub kind: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub value: String,
        pub profile_id: Uuid,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests;
