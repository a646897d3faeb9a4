//! What happened becomes deliveries: one for each endpoint that asked for it, in the transaction of whoever
//! found out.

use std::collections::{BTreeSet, HashMap};

use attrium_schema::{AttributeKey, Change, ChangeKind, Profile, ProfileId, SegmentId, Timestamp, Value, WorkspaceId};
use attrium_storage::{
    Db, Delivery, DeliveryState, Endpoint, LIST_MAX, Page, Segment, Transition, TransitionKind, Tx, deliveries,
    endpoints, profiles, segments,
};
use serde_json::Value as Json;

use super::event::{Data, EventType, Payload, ProfileData, SegmentData};
use crate::error::Error;
use crate::ids::Ids;

/// Deliveries that are rendered and written together.
const WRITTEN_AT_ONCE: usize = 1_000;

/// What a turn of the follower found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Happened<'a> {
    /// Changes, in the order of the feed.
    pub(crate) changes: &'a [Change],
    /// Moves: those that changes caused, and others.
    pub(crate) moves: &'a [Transition],
}

/// One thing an endpoint may have asked for.
#[derive(Clone, Copy, Debug)]
enum Event<'a> {
    Changed(&'a Change),
    Moved(&'a Transition),
}

/// Who and what events are about, as they stand now.
struct Subjects {
    profiles: HashMap<ProfileId, Profile>,
    segments: HashMap<SegmentId, Segment>,
}

/// Owes what endpoints asked for; answers how many deliveries that are. The endpoints are read now, after the
/// changes were: one made before a change is told of it.
pub(crate) async fn owe(
    tx: &Tx,
    workspace: WorkspaceId,
    (ids, now): (&Ids, Timestamp),
    happened: Happened<'_>,
) -> Result<usize, Error> {
    if happened.changes.is_empty() && happened.moves.is_empty() {
        return Ok(0);
    }
    let endpoints = endpoints::page(tx.db(), workspace, Page::first(LIST_MAX)).await?;
    let events = events(happened);
    let wanted: Vec<(Event<'_>, &Endpoint)> = events
        .iter()
        .flat_map(|event| {
            endpoints.iter().filter(|endpoint| event.is_wanted(endpoint)).map(|endpoint| (*event, endpoint))
        })
        .collect();
    if wanted.is_empty() {
        return Ok(0);
    }
    let subjects = Subjects::of(tx, workspace, &wanted).await?;
    let mut sequences = deliveries::allocate(tx, wanted.len()).await?.into_iter();
    let mut count = 0;
    // As they are written, so that no more of them than that are held.
    for wanted in wanted.chunks(WRITTEN_AT_ONCE) {
        let deliver = |((event, endpoint), sequence): (&(Event<'_>, &Endpoint), i64)| {
            Some(Delivery {
                id: ids.delivery(),
                endpoint: endpoint.id,
                sequence,
                event_type: event.event_type().name().to_owned(),
                profile: Some(event.profile()),
                payload: subjects.payload(*event, endpoint)?,
                state: DeliveryState::Due { run_at: now },
                attempts: 0,
                created_at: now,
            })
        };
        let owed: Vec<Delivery> = wanted.iter().zip(sequences.by_ref()).filter_map(deliver).collect();
        deliveries::insert_many(tx, workspace, &owed).await?;
        count += owed.len();
    }
    Ok(count)
}

/// How many endpoints ask for any of these events.
///
/// # Errors
/// When the database fails.
pub(crate) async fn listeners(db: Db<'_>, workspace: WorkspaceId, events: &[EventType]) -> Result<usize, Error> {
    let endpoints = endpoints::page(db, workspace, Page::first(LIST_MAX)).await?;
    let asks = |endpoint: &&Endpoint| endpoint.event_types.iter().any(|name| is_among(events, name));
    Ok(endpoints.iter().filter(asks).count())
}

fn is_among(events: &[EventType], name: &str) -> bool {
    events.iter().any(|event| event.name() == name)
}

/// Each change with the moves it caused behind it, then the moves that the clock or an edited rule caused.
fn events(happened: Happened<'_>) -> Vec<Event<'_>> {
    let mut caused: HashMap<i64, Vec<Event<'_>>> = HashMap::new();
    let mut others = Vec::new();
    let sequences: BTreeSet<i64> = happened.changes.iter().map(|change| change.sequence).collect();
    for moved in happened.moves {
        match moved.change.filter(|change| sequences.contains(change)) {
            Some(change) => caused.entry(change).or_default().push(Event::Moved(moved)),
            None => others.push(Event::Moved(moved)),
        }
    }
    let mut events = Vec::with_capacity(happened.changes.len() + happened.moves.len());
    for change in happened.changes {
        events.push(Event::Changed(change));
        events.extend(caused.remove(&change.sequence).unwrap_or_default());
    }
    events.extend(others);
    events
}

impl Event<'_> {
    fn event_type(self) -> EventType {
        match self {
            Self::Changed(Change { kind: ChangeKind::Created, .. }) => EventType::ProfileCreated,
            Self::Changed(Change { kind: ChangeKind::Updated, .. }) => EventType::ProfileUpdated,
            Self::Moved(Transition { kind: TransitionKind::Entered, .. }) => EventType::SegmentEntered,
            Self::Moved(Transition { kind: TransitionKind::Left, .. }) => EventType::SegmentLeft,
        }
    }

    fn profile(self) -> ProfileId {
        match self {
            Self::Changed(change) => change.profile,
            Self::Moved(moved) => moved.profile,
        }
    }

    /// Whether an endpoint asked for it. An update is told when it altered an attribute the endpoint chose, a move
    /// when it is of a segment the endpoint chose; without a choice, any is.
    fn is_wanted(self, endpoint: &Endpoint) -> bool {
        let name = self.event_type().name();
        if !endpoint.event_types.iter().any(|asked| asked == name) {
            return false;
        }
        match self {
            Self::Changed(Change { kind: ChangeKind::Updated, attributes, .. }) => attributes
                .iter()
                .any(|changed| changed.is_applied && changed.old != changed.new && is_chosen(endpoint, &changed.key)),
            Self::Changed(Change { kind: ChangeKind::Created, .. }) => true,
            Self::Moved(moved) => endpoint.segments.is_empty() || endpoint.segments.contains(&moved.segment),
        }
    }
}

fn is_chosen(endpoint: &Endpoint, key: &AttributeKey) -> bool {
    endpoint.attributes.is_empty() || endpoint.attributes.contains(key)
}

impl Subjects {
    async fn of(tx: &Tx, workspace: WorkspaceId, wanted: &[(Event<'_>, &Endpoint)]) -> Result<Self, Error> {
        let people: BTreeSet<ProfileId> = wanted.iter().map(|(event, _)| event.profile()).collect();
        let moved_to: BTreeSet<SegmentId> = wanted
            .iter()
            .filter_map(|(event, _)| match event {
                Event::Moved(moved) => Some(moved.segment),
                Event::Changed(_) => None,
            })
            .collect();
        let mut found = Self { profiles: HashMap::new(), segments: HashMap::new() };
        let people: Vec<ProfileId> = people.into_iter().collect();
        for part in people.chunks(LIST_MAX) {
            let profiles = profiles::find_many(tx.db(), workspace, part).await?;
            found.profiles.extend(profiles.into_iter().map(|profile| (profile.id, profile)));
        }
        if !moved_to.is_empty() {
            let ids: Vec<SegmentId> = moved_to.into_iter().collect();
            let segments = segments::find_many(tx.db(), workspace, &ids).await?;
            found.segments.extend(segments.into_iter().map(|segment| (segment.id, segment)));
        }
        Ok(found)
    }

    /// What is sent; `None` when who or what it is about was deleted meanwhile.
    fn payload(&self, event: Event<'_>, endpoint: &Endpoint) -> Option<String> {
        let profile = self.profiles.get(&event.profile())?;
        let about = ProfileData { id: profile.id, external_id: profile.external_id(), version: profile.version };
        let (timestamp, data) = match event {
            Event::Changed(change) => {
                let attributes = change
                    .attributes
                    .iter()
                    .filter(|changed| changed.is_applied && endpoint.attributes.contains(&changed.key))
                    .map(|changed| (&changed.key, to_json(changed.new.as_ref())))
                    .collect();
                let profile = ProfileData { version: change.version, ..about };
                (change.recorded_at, Data::Changed { profile, attributes })
            }
            Event::Moved(moved) => {
                let segment = self.segments.get(&moved.segment)?;
                let segment = SegmentData { id: segment.id, key: &segment.key, name: &segment.name };
                let attributes = endpoint
                    .attributes
                    .iter()
                    .filter_map(|key| Some((key, to_json(Some(profile.value(key)?)))))
                    .collect();
                (moved.at, Data::Moved { profile: about, segment, attributes })
            }
        };
        Some(Payload { event_type: event.event_type().name(), timestamp, data }.text())
    }
}

fn to_json(value: Option<&Value>) -> Json {
    value.map_or(Json::Null, Value::to_json)
}
