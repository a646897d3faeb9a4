//! The rows of imports, of their parts and of their refusals.

use attrium_schema::{ImportId, WorkspaceId};
use serde::Serialize;

use super::{Import, ImportReject, ImportState};
use crate::dialect::{Columns, Kind};
use crate::error::StorageError;
use crate::statement::{InWorkspace, Place, to_json};

#[derive(Serialize)]
pub(super) struct NewReject<'a> {
    number: i64,
    line: i64,
    column_name: Option<&'a str>,
    reason: &'a str,
}

pub(super) const NEW_REJECT: Columns =
    &[("number", Kind::Integer), ("line", Kind::Integer), ("column_name", Kind::Text), ("reason", Kind::Text)];

impl<'a> From<&'a ImportReject> for NewReject<'a> {
    fn from(reject: &'a ImportReject) -> Self {
        Self { number: reject.number, line: reject.line, column_name: reject.column.as_deref(), reason: &reject.reason }
    }
}

const QUEUED: &str = "queued";
const RUNNING: &str = "running";
const DONE: &str = "done";
const FAILED: &str = "failed";

/// The states in which an import is over.
pub(super) const ENDED: [&str; 2] = [DONE, FAILED];

/// A state as three columns: its name, when it was reached, and why.
pub(super) fn columns_of(state: &ImportState) -> (&'static str, Option<i64>, Option<String>) {
    match state {
        ImportState::Queued => (QUEUED, None, None),
        ImportState::Running => (RUNNING, None, None),
        ImportState::Done { finished_at } => (DONE, Some(finished_at.as_micros()), None),
        ImportState::Failed { finished_at, reason } => (FAILED, Some(finished_at.as_micros()), Some(reason.clone())),
    }
}

pub(super) fn row_of(workspace: WorkspaceId, import: &Import) -> Result<row::Model, StorageError> {
    let (state, finished_at, failure) = columns_of(&import.state);
    Ok(row::Model {
        workspace_id: workspace.uuid(),
        id: import.id.uuid(),
        name: import.name.clone(),
        options: import.options.clone(),
        actor: import.actor.to_string(),
        state: state.to_owned(),
        rows_total: import.rows_total,
        rows_done: import.rows_done,
        rows_rejected: import.rows_rejected,
        created_attributes: to_json("imports", &import.created_attributes)?,
        failure,
        created_at: import.created_at.as_micros(),
        finished_at,
    })
}

impl TryFrom<row::Model> for Import {
    type Error = StorageError;

    fn try_from(row: row::Model) -> Result<Self, StorageError> {
        let id = ImportId::from_uuid(row.id);
        let place = Place { table: "imports", row: &id };
        let finished_at = || {
            let micros = row.finished_at.ok_or_else(|| place.corrupt("finished_at", "a finished import has none"))?;
            place.timestamp("finished_at", micros)
        };
        let state = match row.state.as_str() {
            QUEUED => ImportState::Queued,
            RUNNING => ImportState::Running,
            DONE => ImportState::Done { finished_at: finished_at()? },
            FAILED => ImportState::Failed { finished_at: finished_at()?, reason: row.failure.unwrap_or_default() },
            other => return Err(place.corrupt("state", format!("`{other}` is no state"))),
        };
        Ok(Self {
            id,
            name: row.name,
            options: row.options,
            actor: place.parse("actor", &row.actor)?,
            state,
            rows_total: row.rows_total,
            rows_done: row.rows_done,
            rows_rejected: row.rows_rejected,
            created_attributes: place.json("created_attributes", row.created_attributes)?,
            created_at: place.timestamp("created_at", row.created_at)?,
        })
    }
}

impl InWorkspace for row::Entity {
    const WORKSPACE: row::Column = row::Column::WorkspaceId;
}

impl InWorkspace for part::Entity {
    const WORKSPACE: part::Column = part::Column::WorkspaceId;
}

impl InWorkspace for reject::Entity {
    const WORKSPACE: reject::Column = reject::Column::WorkspaceId;
}

/// A row of `imports`.
pub(super) mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "imports")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub workspace_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub name: String,
        pub options: Json,
        pub actor: String,
        pub state: String,
        pub rows_total: Option<i64>,
        pub rows_done: i64,
        pub rows_rejected: i64,
        pub created_attributes: Json,
        pub failure: Option<String>,
        pub created_at: i64,
        pub finished_at: Option<i64>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A row of `import_parts`.
pub(super) mod part {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "import_parts")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub workspace_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub import_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub number: i64,
        pub bytes: Vec<u8>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A row of `import_rejects`.
pub(super) mod reject {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "import_rejects")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub workspace_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub import_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub number: i64,
        pub line: i64,
        pub column_name: Option<String>,
        pub reason: String,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
