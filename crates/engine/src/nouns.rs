//! Values that storage keeps; this module re-exports them once storage names them.
#![allow(missing_docs)]
use attrium_schema::*;
use attrium_segmentation::Rule;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workspace { pub id: WorkspaceId, pub key: String, pub name: String, pub time_zone: String, pub created_at: Timestamp }
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User { pub id: UserId, pub email: String, pub name: String, pub created_at: Timestamp }
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role { Owner, Admin, Marketer, Analyst, Developer }
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment { pub id: SegmentId, pub key: String, pub name: String, pub description: String, pub rule: Rule, pub revision: u32, pub created_at: Timestamp, pub updated_at: Timestamp }
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership { pub segment: SegmentId, pub profile: ProfileId, pub entered_at: Timestamp }
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TransitionKind { Entered, Left }
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transition { pub sequence: i64, pub segment: SegmentId, pub profile: ProfileId, pub kind: TransitionKind, pub at: Timestamp }
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportState { Queued, Running, Done { finished_at: Timestamp }, Failed { finished_at: Timestamp, failure: String } }
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import { pub id: ImportId, pub name: String, pub state: ImportState, pub rows_total: Option<u64>, pub rows_done: u64, pub rows_rejected: u64, pub created_attributes: Vec<AttributeId>, pub created_at: Timestamp }
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportReject { pub number: i64, pub line: u64, pub column: Option<String>, pub reason: String }
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey { pub id: ApiKeyId, pub name: String, pub public: String, pub created_at: Timestamp, pub revoked_at: Option<Timestamp> }
#[derive(Debug, thiserror::Error)]
#[error("placeholder")]
pub struct StorageError;
