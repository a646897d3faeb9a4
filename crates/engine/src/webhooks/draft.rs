//! An endpoint as someone wants it, and its check.

use attrium_integrations::outbound::Target;
use attrium_schema::{AttributeKey, AttributeSchema, EndpointId, SegmentId};
use attrium_storage::{endpoints, segments};
use serde_json::{Value as Json, json};

use super::event::EventType;
use crate::attributes;
use crate::cx::Cx;
use crate::error::{Error, Problem, ProblemCode, sentence};
use crate::names::{NAME_CHARS_MAX, check_name};
use crate::nouns::{Endpoint, EndpointHealth, EndpointState};
use crate::problems::Problems;

/// What someone wants an endpoint to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointDraft {
    /// Its name: 1 to 80 characters once trimmed.
    pub name: String,
    /// Its URL.
    pub url: String,
    /// The events it is told of; at least one.
    pub events: Vec<EventType>,
    /// The keys of the attributes whose values it is told; may be empty.
    pub attributes: Vec<String>,
    /// The segments it is told of; empty stands for all.
    pub segments: Vec<SegmentId>,
    /// Whether what is told of one profile comes one after the other.
    pub is_ordered: bool,
}

/// An edit of an endpoint. What is `None` stays as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointEdit {
    /// Which.
    pub id: EndpointId,
    /// The revision the edit was made from; `None` edits whatever stands.
    pub expected_revision: Option<u32>,
    /// The name.
    pub name: Option<String>,
    /// The URL.
    pub url: Option<String>,
    /// The events.
    pub events: Option<Vec<EventType>>,
    /// The attributes.
    pub attributes: Option<Vec<String>>,
    /// The segments; empty stands for all.
    pub segments: Option<Vec<SegmentId>>,
    /// Whether what is told of one profile comes one after the other.
    pub is_ordered: Option<bool>,
}

/// An edit that was checked.
pub(super) struct CheckedEdit {
    pub(super) id: EndpointId,
    pub(super) expected_revision: Option<u32>,
    pub(super) name: Option<String>,
    pub(super) url: Option<String>,
    pub(super) event_types: Option<Vec<String>>,
    pub(super) attributes: Option<Vec<AttributeKey>>,
    pub(super) segments: Option<Vec<SegmentId>>,
    pub(super) is_ordered: Option<bool>,
}

impl EndpointDraft {
    /// What an idempotency key is bound to.
    pub(super) fn body(&self) -> Json {
        json!([self.name, self.url, names(&self.events), self.attributes, self.segments, self.is_ordered])
    }

    /// The endpoint that is drafted.
    ///
    /// # Errors
    /// [`Error::Invalid`] with every problem found.
    pub(super) async fn check(&self, cx: &Cx) -> Result<Endpoint, Error> {
        let schema = attributes::schema_of(cx).await?;
        let mut problems = Problems::default();
        let name = problems.keep(check_name(&self.name, NAME_CHARS_MAX));
        let url = problems.keep(check_url(cx, &self.url));
        let event_types = check_events(&self.events, &mut problems);
        let attributes = check_attributes(&schema, &self.attributes, &mut problems);
        let segments = check_segments(cx, &self.segments, None, &mut problems).await?;
        let (name, url) = problems.or_parts(name.zip(url))?;
        Ok(Endpoint {
            id: cx.ids.endpoint(),
            name,
            url,
            event_types,
            attributes,
            segments,
            is_ordered: self.is_ordered,
            state: EndpointState::Active,
            health: EndpointHealth::default(),
            revision: 1,
            created_at: cx.now,
            updated_at: cx.now,
        })
    }
}

impl EndpointEdit {
    /// What an idempotency key is bound to.
    pub(super) fn body(&self) -> Json {
        json!([
            self.id,
            self.expected_revision,
            self.name,
            self.url,
            self.events.as_deref().map(names),
            self.attributes,
            self.segments,
            self.is_ordered
        ])
    }

    /// The edit with every field read.
    ///
    /// # Errors
    /// [`Error::Invalid`] with every problem found.
    pub(super) async fn check(&self, cx: &Cx) -> Result<CheckedEdit, Error> {
        let schema = attributes::schema_of(cx).await?;
        let mut problems = Problems::default();
        let checked = CheckedEdit {
            id: self.id,
            expected_revision: self.expected_revision,
            name: self.name.as_deref().and_then(|name| problems.keep(check_name(name, NAME_CHARS_MAX))),
            url: self.url.as_deref().and_then(|url| problems.keep(check_url(cx, url))),
            event_types: self.events.as_deref().map(|events| check_events(events, &mut problems)),
            attributes: self.attributes.as_deref().map(|keys| check_attributes(&schema, keys, &mut problems)),
            segments: match &self.segments {
                Some(chosen) => Some(check_segments(cx, chosen, Some(self.id), &mut problems).await?),
                None => None,
            },
            is_ordered: self.is_ordered,
        };
        problems.refuse()?;
        Ok(checked)
    }
}

fn check_url(cx: &Cx, url: &str) -> Result<String, Problem> {
    match Target::parse(url, &cx.engine.webhooks().guard) {
        Ok(_) => Ok(url.to_owned()),
        Err(error) => Err(Problem::new(ProblemCode::Invalid, &["url"], sentence(&error))),
    }
}

fn check_events(events: &[EventType], problems: &mut Problems) -> Vec<String> {
    if events.is_empty() {
        let message = "An endpoint is told of at least one event.";
        problems.push(Problem::new(ProblemCode::Invalid, &["events"], message));
    }
    let mut events = events.to_vec();
    events.sort_unstable();
    events.dedup();
    names(&events)
}

fn names(events: &[EventType]) -> Vec<String> {
    events.iter().map(|event| event.name().to_owned()).collect()
}

fn check_attributes(schema: &AttributeSchema, keys: &[String], problems: &mut Problems) -> Vec<AttributeKey> {
    let mut read = Vec::new();
    for (place, key) in keys.iter().enumerate() {
        match schema.find(key) {
            Some(definition) if !read.contains(&definition.key) => read.push(definition.key.clone()),
            Some(_) => {}
            None => {
                let message = attributes::unknown(schema, key);
                let path = ["attributes", &place.to_string()];
                problems.push(Problem::new(ProblemCode::UnknownAttribute, &path, message));
            }
        }
    }
    read
}

/// Segments must exist, unless the endpoint that is edited chose them before: what was read may be sent back.
async fn check_segments(
    cx: &Cx,
    chosen: &[SegmentId],
    edited: Option<EndpointId>,
    problems: &mut Problems,
) -> Result<Vec<SegmentId>, Error> {
    let segments_max = cx.engine.limits().endpoint_segments_max;
    if segments_max < chosen.len() {
        let message = format!("An endpoint chooses at most {segments_max} segments; with none it is told of all.");
        problems.push(Problem::new(ProblemCode::TooMany, &["segments"], message));
        return Ok(Vec::new());
    }
    let found = segments::find_many(cx.db(), cx.workspace, chosen).await?;
    let mut known: Vec<SegmentId> = found.iter().map(|segment| segment.id).collect();
    if let Some(id) = edited
        && let Some(standing) = endpoints::find(cx.db(), cx.workspace, id).await?
    {
        known.extend(standing.segments);
    }
    let mut read = Vec::new();
    for (place, id) in chosen.iter().enumerate() {
        if !known.contains(id) {
            let path = ["segments", &place.to_string()];
            problems.push(Problem::new(ProblemCode::NotFound, &path, format!("There is no segment `{id}`.")));
        } else if !read.contains(id) {
            read.push(*id);
        }
    }
    Ok(read)
}
