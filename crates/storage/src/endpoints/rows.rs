//! How endpoints lie in their table.

use attrium_schema::{EndpointId, Timestamp, WorkspaceId};

use super::{Endpoint, EndpointHealth, EndpointState};
use crate::error::StorageError;
use crate::statement::{InWorkspace, Place, to_json};

pub(super) const ACTIVE: &str = "active";
pub(super) const PAUSED: &str = "paused";
pub(super) const GONE: &str = "gone";
pub(super) const FAILING: &str = "failing";

pub(super) fn row_of(workspace: WorkspaceId, endpoint: &Endpoint) -> Result<row::Model, StorageError> {
    let state_since = endpoint.state.since().unwrap_or(endpoint.created_at);
    let health = endpoint.health;
    Ok(row::Model {
        workspace_id: workspace.uuid(),
        id: endpoint.id.uuid(),
        name: endpoint.name.clone(),
        url: endpoint.url.clone(),
        event_types: to_json("endpoints", &endpoint.event_types)?,
        attributes: to_json("endpoints", &endpoint.attributes)?,
        segments: to_json("endpoints", &endpoint.segments)?,
        is_ordered: endpoint.is_ordered,
        state: endpoint.state.name().to_owned(),
        state_since: state_since.as_micros(),
        failures: health.failures.into(),
        failing_since: health.failing_since.map(Timestamp::as_micros),
        last_success_at: health.last_success_at.map(Timestamp::as_micros),
        last_failure_at: health.last_failure_at.map(Timestamp::as_micros),
        revision: endpoint.revision.into(),
        chapter: 0,
        created_at: endpoint.created_at.as_micros(),
        updated_at: endpoint.updated_at.as_micros(),
    })
}

impl TryFrom<row::Model> for Endpoint {
    type Error = StorageError;

    fn try_from(row: row::Model) -> Result<Self, StorageError> {
        let id = EndpointId::from_uuid(row.id);
        let place = Place { table: "endpoints", row: &id };
        let timestamp = |column, micros: Option<i64>| micros.map(|micros| place.timestamp(column, micros)).transpose();
        let since = place.timestamp("state_since", row.state_since)?;
        Ok(Self {
            id,
            name: row.name,
            url: row.url,
            event_types: place.json("event_types", row.event_types)?,
            attributes: place.json("attributes", row.attributes)?,
            segments: place.json("segments", row.segments)?,
            is_ordered: row.is_ordered,
            state: EndpointState::from_name(&row.state, Some(since))
                .ok_or_else(|| place.corrupt("state", format!("`{}` is no state", row.state)))?,
            health: EndpointHealth {
                failures: place.convert("failures", row.failures)?,
                failing_since: timestamp("failing_since", row.failing_since)?,
                last_success_at: timestamp("last_success_at", row.last_success_at)?,
                last_failure_at: timestamp("last_failure_at", row.last_failure_at)?,
            },
            revision: place.convert("revision", row.revision)?,
            created_at: place.timestamp("created_at", row.created_at)?,
            updated_at: place.timestamp("updated_at", row.updated_at)?,
        })
    }
}

impl InWorkspace for row::Entity {
    const WORKSPACE: row::Column = row::Column::WorkspaceId;
}

/// A row of `endpoints`.
pub(super) mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "endpoints")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub workspace_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub name: String,
        pub url: String,
        pub event_types: Json,
        pub attributes: Json,
        pub segments: Json,
        pub is_ordered: bool,
        pub state: String,
        pub state_since: i64,
        pub failures: i64,
        pub failing_since: Option<i64>,
        pub last_success_at: Option<i64>,
        pub last_failure_at: Option<i64>,
        pub revision: i64,
        pub chapter: i64,
        pub created_at: i64,
        pub updated_at: i64,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
