//! What the tests of this crate share: small whole values with ids counted from one.

use attrium_schema::{
    Actor, AttributeKey, Change, Edit, EndpointId, Identifier, Operation, Profile, ProfileId, Scalar, SegmentId,
    Source, Stamp, Timestamp, Value, WorkspaceId, apply, unborn,
};
use attrium_segmentation::{Node, Rule};
use uuid::Uuid;

use crate::endpoints::{self, Endpoint, EndpointHealth, EndpointState};
use crate::segments::{self, Segment};
use crate::store::Store;
use crate::workspaces::{self, Workspace};
use crate::{changes, profiles};

pub(crate) fn uuid(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// The instant this many seconds after the tests' time began.
pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH.saturating_add_micros((1_800_000_000 + seconds) * 1_000_000)
}

pub(crate) fn workspace_value(number: u128) -> Workspace {
    Workspace {
        id: WorkspaceId::from_uuid(uuid(number)),
        key: format!("workspace-{number}"),
        name: format!("Workspace {number}"),
        time_zone: "Europe/Istanbul".to_owned(),
        created_at: at(0),
    }
}

/// A workspace that is in the database.
pub(crate) async fn workspace(store: &Store, number: u128) -> WorkspaceId {
    let workspace = workspace_value(number);
    let tx = store.begin().await.unwrap();
    workspaces::insert(&tx, &workspace).await.unwrap();
    tx.commit().await.unwrap();
    workspace.id
}

pub(crate) fn profile_id(number: u128) -> ProfileId {
    ProfileId::from_uuid(uuid(number))
}

pub(crate) fn key(text: &str) -> AttributeKey {
    AttributeKey::parse(text).unwrap()
}

pub(crate) fn external_id(number: u128) -> Identifier {
    Identifier::external_id(&format!("customer-{number:05}")).unwrap()
}

pub(crate) fn text(text: &str) -> Value {
    Value::One(Scalar::Text(text.to_owned()))
}

/// A profile nobody has written yet, with one external id.
pub(crate) fn unborn_profile(number: u128) -> Profile {
    unborn(profile_id(number), vec![external_id(number)], at(0))
}

/// Sets `country`, numbered and timed by the sequence.
pub(crate) fn edit(profile: &mut Profile, country: &str, sequence: i64) -> Change {
    let edit = Edit {
        operations: vec![(key("country"), Operation::Set(text(country)))],
        occurred_at: at(sequence),
        source: Source::Cli,
        actor: Actor::Operator,
    };
    apply(profile, &edit, Stamp { sequence, recorded_at: at(sequence) })
}

/// A profile that is in the database with its first change.
pub(crate) async fn profile(store: &Store, workspace: WorkspaceId, number: u128) -> Profile {
    let tx = store.begin().await.unwrap();
    let mut profile = unborn_profile(number);
    let sequence = changes::allocate(&tx, 1).await.unwrap()[0];
    let change = edit(&mut profile, "TR", sequence);
    profiles::insert_many(&tx, workspace, std::slice::from_ref(&profile)).await.unwrap();
    changes::insert_many(&tx, workspace, &[change]).await.unwrap();
    tx.commit().await.unwrap();
    profile
}

pub(crate) fn segment_value(number: u128) -> Segment {
    Segment {
        id: SegmentId::from_uuid(uuid(number)),
        key: format!("segment-{number}"),
        name: format!("Segment {number}"),
        description: String::new(),
        rule: Rule { node: Node::And(Vec::new()) },
        revision: 1,
        evaluated_revision: 0,
        created_at: at(0),
        updated_at: at(0),
    }
}

/// A segment that is in the database.
pub(crate) async fn segment(store: &Store, workspace: WorkspaceId, number: u128) -> Segment {
    let segment = segment_value(number);
    let tx = store.begin().await.unwrap();
    segments::insert(&tx, workspace, &segment).await.unwrap();
    tx.commit().await.unwrap();
    segment
}

/// An endpoint that is in the database: active, and never tried.
pub(crate) async fn endpoint(store: &Store, workspace: WorkspaceId, number: u128) -> Endpoint {
    let endpoint = Endpoint {
        id: EndpointId::from_uuid(uuid(number)),
        name: format!("Endpoint {number}"),
        url: format!("https://example.com/{number}"),
        event_types: vec!["profile.updated".to_owned()],
        attributes: vec![key("country")],
        segments: vec![SegmentId::from_uuid(uuid(number))],
        is_ordered: false,
        state: EndpointState::Active,
        health: EndpointHealth::default(),
        revision: 1,
        created_at: at(0),
        updated_at: at(0),
    };
    let tx = store.begin().await.unwrap();
    endpoints::insert(&tx, workspace, &endpoint).await.unwrap();
    tx.commit().await.unwrap();
    endpoint
}

/// Runs SQL as it stands: to break what the functions of this crate would never break.
pub(crate) async fn vandalise(store: &Store, sql: &str) {
    let tx = store.begin().await.unwrap();
    tx.db().execute(sql.to_owned(), Vec::new()).await.unwrap();
    tx.commit().await.unwrap();
}
