//! Global ids: `prefix_…`, each kind refused where another is due.

use std::fmt::Display;
use std::str::FromStr;

use async_graphql::ID;
use attrium_schema::{
    AttributeId, DeliveryId, EndpointId, IdError, ImportId, ProfileId, SegmentId, TemplateId, UserId, WorkspaceId,
};

use super::error::{ApiError, ApiResult};

/// The id a client sees.
pub(super) fn global(id: impl Display) -> ID {
    ID(id.to_string())
}

/// Reads an argument that must be an id of one kind.
///
/// # Errors
/// `INVALID`, naming the prefix that was expected.
pub(super) fn read<T: FromStr<Err = IdError>>(argument: &str, id: &ID) -> ApiResult<T> {
    id.parse().map_err(|error: IdError| ApiError::invalid(format!("`{argument}`: {error}.")))
}

/// An id of any kind that `node(id:)` finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NodeId {
    Attribute(AttributeId),
    Import(ImportId),
    Profile(ProfileId),
    Segment(SegmentId),
    Template(TemplateId),
    WebhookEndpoint(EndpointId),
    Delivery(DeliveryId),
    User(UserId),
    Workspace(WorkspaceId),
}

impl NodeId {
    /// Reads an id by its prefix.
    ///
    /// # Errors
    /// `INVALID` when the prefix is none of a node's, or what follows is not an id.
    pub(super) fn read(id: &ID) -> ApiResult<Self> {
        match id.split_once('_').map_or("", |(prefix, _)| prefix) {
            AttributeId::PREFIX => read("id", id).map(Self::Attribute),
            ImportId::PREFIX => read("id", id).map(Self::Import),
            ProfileId::PREFIX => read("id", id).map(Self::Profile),
            SegmentId::PREFIX => read("id", id).map(Self::Segment),
            TemplateId::PREFIX => read("id", id).map(Self::Template),
            EndpointId::PREFIX => read("id", id).map(Self::WebhookEndpoint),
            DeliveryId::PREFIX => read("id", id).map(Self::Delivery),
            UserId::PREFIX => read("id", id).map(Self::User),
            WorkspaceId::PREFIX => read("id", id).map(Self::Workspace),
            _ => Err(ApiError::invalid(
                "`id`: an id that begins with `attr_`, `imp_`, `prof_`, `seg_`, `user_` or `ws_` was expected.",
            )),
        }
    }
}

#[cfg(test)]
mod tests;
