//! How deliveries lie in their table.

use attrium_schema::{DeliveryId, EndpointId, ProfileId};
use serde::Serialize;
use uuid::Uuid;

use super::{Delivery, DeliveryState};
use crate::dialect::{Columns, Kind};
use crate::error::StorageError;
use crate::statement::{InWorkspace, Place};

pub(super) const DUE: &str = "due";
pub(super) const LEASED: &str = "leased";
pub(super) const DELIVERED: &str = "delivered";
pub(super) const FAILED: &str = "failed";

#[derive(Serialize)]
pub(super) struct NewRow<'a> {
    id: Uuid,
    endpoint_id: Uuid,
    sequence: i64,
    event_type: &'a str,
    profile_id: Option<Uuid>,
    payload: &'a str,
    created_at: i64,
}

pub(super) const NEW_ROW: Columns = &[
    ("id", Kind::Uuid),
    ("endpoint_id", Kind::Uuid),
    ("sequence", Kind::Integer),
    ("event_type", Kind::Text),
    ("profile_id", Kind::Uuid),
    ("payload", Kind::Text),
    ("created_at", Kind::Integer),
];

impl<'a> From<&'a Delivery> for NewRow<'a> {
    fn from(delivery: &'a Delivery) -> Self {
        Self {
            id: delivery.id.uuid(),
            endpoint_id: delivery.endpoint.uuid(),
            sequence: delivery.sequence,
            event_type: &delivery.event_type,
            profile_id: delivery.profile.map(ProfileId::uuid),
            payload: &delivery.payload,
            created_at: delivery.created_at.as_micros(),
        }
    }
}

impl TryFrom<row::Model> for Delivery {
    type Error = StorageError;

    fn try_from(row: row::Model) -> Result<Self, StorageError> {
        let id = DeliveryId::from_uuid(row.id);
        let place = Place { table: "deliveries", row: &id };
        let finished_at = || {
            let micros = row.finished_at.ok_or_else(|| place.corrupt("finished_at", "a finished delivery has none"))?;
            place.timestamp("finished_at", micros)
        };
        Ok(Self {
            id,
            endpoint: EndpointId::from_uuid(row.endpoint_id),
            sequence: row.sequence,
            profile: row.profile_id.map(ProfileId::from_uuid),
            state: match row.state.as_str() {
                DUE => DeliveryState::Due { run_at: place.timestamp("run_at", row.run_at)? },
                LEASED => DeliveryState::Leased,
                DELIVERED => DeliveryState::Delivered { at: finished_at()? },
                FAILED => DeliveryState::Failed { at: finished_at()? },
                other => return Err(place.corrupt("state", format!("`{other}` is no state"))),
            },
            attempts: place.convert("attempts", row.attempts)?,
            created_at: place.timestamp("created_at", row.created_at)?,
            event_type: row.event_type,
            payload: row.payload,
        })
    }
}

impl InWorkspace for row::Entity {
    const WORKSPACE: row::Column = row::Column::WorkspaceId;
}

/// A row of `deliveries`.
pub(super) mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "deliveries")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub workspace_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub endpoint_id: Uuid,
        pub sequence: i64,
        pub event_type: String,
        pub profile_id: Option<Uuid>,
        pub payload: String,
        pub state: String,
        pub run_at: i64,
        pub attempts: i64,
        pub attempts_before: i64,
        pub token: i64,
        pub lease_until: Option<i64>,
        pub created_at: i64,
        pub finished_at: Option<i64>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
