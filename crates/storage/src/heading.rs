//! What lists and searches find things by: the key and the name, without the rest.

use attrium_schema::WorkspaceId;
use sea_orm::{QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::error::StorageError;
use crate::page::LIST_MAX;
use crate::statement::{InWorkspace, bounded, in_workspace};
use crate::store::Db;

/// Something with a key and a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading<I> {
    /// Its id.
    pub id: I,
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
}

/// The headings of all things of a kind, by key. `columns` are its id, key and name.
pub(crate) async fn headings<E: InWorkspace, I>(
    db: Db<'_>,
    workspace: WorkspaceId,
    columns: [E::Column; 3],
    id_of: fn(Uuid) -> I,
) -> Result<Vec<Heading<I>>, StorageError> {
    let [_, key, _] = columns;
    let rows: Vec<(Uuid, String, String)> = in_workspace::<E>(workspace)
        .select_only()
        .columns(columns)
        .order_by_asc(key)
        .limit(bounded(LIST_MAX))
        .into_tuple()
        .all(&db.executor())
        .await?;
    Ok(rows.into_iter().map(|(id, key, name)| Heading { id: id_of(id), key, name }).collect())
}
