//! The rows of jobs.

use attrium_schema::{JobId, WorkspaceId};

use super::{ClaimedJob, Job};
use crate::error::StorageError;
use crate::statement::{InWorkspace, Place};

impl TryFrom<row::Model> for ClaimedJob {
    type Error = StorageError;

    fn try_from(row: row::Model) -> Result<Self, StorageError> {
        let id = JobId::from_uuid(row.id);
        let place = Place { table: "jobs", row: &id };
        let lease_until = row.lease_until.ok_or_else(|| place.corrupt("lease_until", "a leased job has none"))?;
        Ok(Self {
            attempt: place.convert("attempt", row.attempt)?,
            token: row.token,
            lease_until: place.timestamp("lease_until", lease_until)?,
            job: Job {
                id,
                workspace: WorkspaceId::from_uuid(row.workspace_id),
                name: row.name,
                payload: row.payload,
                run_at: place.timestamp("run_at", row.run_at)?,
                dedup_key: row.dedup_key,
            },
        })
    }
}

impl InWorkspace for row::Entity {
    const WORKSPACE: row::Column = row::Column::WorkspaceId;
}

/// A row of `jobs`.
pub(super) mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "jobs")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub workspace_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub name: String,
        pub payload: Json,
        pub state: String,
        pub run_at: i64,
        pub attempt: i64,
        pub token: i64,
        pub lease_until: Option<i64>,
        pub dedup_key: Option<String>,
        pub last_error: Option<String>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
