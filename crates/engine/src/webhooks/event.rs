//! What partners are told of, and in which words. `docs/webhooks` has a JSON Schema for each.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use attrium_schema::{AttributeKey, EndpointId, ProfileId, SegmentId, Timestamp};
use serde::Serialize;
use serde_json::Value as Json;

/// What happened, and an endpoint may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventType {
    /// A profile was made.
    ProfileCreated,
    /// Values of a profile changed.
    ProfileUpdated,
    /// A profile came to a segment.
    SegmentEntered,
    /// A profile went from a segment.
    SegmentLeft,
}

/// What a delivery tells that someone wants to see arrive; no endpoint asks for it.
pub(super) const TEST: &str = "endpoint.test";

impl EventType {
    /// Every one.
    pub(crate) const ALL: [Self; 4] =
        [Self::ProfileCreated, Self::ProfileUpdated, Self::SegmentEntered, Self::SegmentLeft];

    /// Those that tell of a move.
    pub(crate) const OF_MOVES: [Self; 2] = [Self::SegmentEntered, Self::SegmentLeft];

    /// Its name: `profile.updated`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ProfileCreated => "profile.created",
            Self::ProfileUpdated => "profile.updated",
            Self::SegmentEntered => "segment.entered",
            Self::SegmentLeft => "segment.left",
        }
    }
}

impl fmt::Display for EventType {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

/// The text names no event.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no event")]
pub struct EventTypeError(String);

impl FromStr for EventType {
    type Err = EventTypeError;

    fn from_str(text: &str) -> Result<Self, EventTypeError> {
        Self::ALL.into_iter().find(|event| event.name() == text).ok_or_else(|| EventTypeError(text.to_owned()))
    }
}

/// The JSON that is sent. Its shape is a promise to partners.
#[derive(Debug, Serialize)]
pub(super) struct Payload<'a> {
    #[serde(rename = "type")]
    pub(super) event_type: &'static str,
    /// When it happened.
    pub(super) timestamp: Timestamp,
    pub(super) data: Data<'a>,
}

/// Values of the attributes an endpoint chose; null is a value that was removed.
pub(super) type Values<'a> = BTreeMap<&'a AttributeKey, Json>;

/// What is told beside the kind of event.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Data<'a> {
    /// Of `profile.created|updated`: the attributes are those that changed.
    Changed { profile: ProfileData<'a>, attributes: Values<'a> },
    /// Of `segment.entered|left`: the attributes are all that the profile has now.
    Moved { profile: ProfileData<'a>, segment: SegmentData<'a>, attributes: Values<'a> },
    /// Of `endpoint.test`.
    Test { endpoint: EndpointData<'a> },
}

#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct ProfileData<'a> {
    pub(super) id: ProfileId,
    pub(super) external_id: Option<&'a str>,
    /// Counts the profile's changes: what has a lower one is older.
    pub(super) version: i64,
}

#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct SegmentData<'a> {
    pub(super) id: SegmentId,
    pub(super) key: &'a str,
    pub(super) name: &'a str,
}

#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct EndpointData<'a> {
    pub(super) id: EndpointId,
    pub(super) name: &'a str,
}

impl Payload<'_> {
    /// The text that is sent and signed.
    pub(super) fn text(&self) -> String {
        serde_json::to_string(self).expect("ids, texts and JSON values have a form in JSON")
    }
}
