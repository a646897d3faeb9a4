//! What use cases answer, as the idempotency table remembers it for a week.

use attrium_schema::{
    AttributeDefinition, AttributeKey, DeliveryId, EndpointId, Held, Identifier, IdentifierKind, Profile, SegmentId,
    TemplateId, Value, ValueType,
};
use attrium_segmentation::Rule;
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

use crate::nouns::{Endpoint, EndpointHealth, EndpointState, Import, ImportState, Segment, Template};
use crate::webhooks::Rotation;

/// An answer that can be given again.
pub(crate) trait Remembered: Sized {
    /// The answer in JSON.
    fn to_json(&self) -> Json;
    /// The answer read back, or `None` when it does not read.
    fn from_json(json: &Json) -> Option<Self>;
}

fn field<T: DeserializeOwned>(json: &Json, name: &str) -> Option<T> {
    serde_json::from_value(json.get(name)?.clone()).ok()
}

fn parsed<T: std::str::FromStr>(json: &Json, name: &str) -> Option<T> {
    json.get(name)?.as_str()?.parse().ok()
}

impl Remembered for SegmentId {
    fn to_json(&self) -> Json {
        json!(self)
    }

    fn from_json(json: &Json) -> Option<Self> {
        json.as_str()?.parse().ok()
    }
}

impl Remembered for TemplateId {
    fn to_json(&self) -> Json {
        json!(self)
    }

    fn from_json(json: &Json) -> Option<Self> {
        json.as_str()?.parse().ok()
    }
}

impl Remembered for EndpointId {
    fn to_json(&self) -> Json {
        json!(self)
    }

    fn from_json(json: &Json) -> Option<Self> {
        json.as_str()?.parse().ok()
    }
}

impl Remembered for DeliveryId {
    fn to_json(&self) -> Json {
        json!(self)
    }

    fn from_json(json: &Json) -> Option<Self> {
        json.as_str()?.parse().ok()
    }
}

/// How many a replay sent.
impl Remembered for u64 {
    fn to_json(&self) -> Json {
        json!(self)
    }

    fn from_json(json: &Json) -> Option<Self> {
        json.as_u64()
    }
}

/// A rotation without its secret, which is shown once.
impl Remembered for Rotation {
    fn to_json(&self) -> Json {
        json!({ "old_ends_at": self.old_ends_at })
    }

    fn from_json(json: &Json) -> Option<Self> {
        Some(Self { secret: None, old_ends_at: field(json, "old_ends_at")? })
    }
}

/// An endpoint as it was when it was made, edited, paused or resumed, but for its health.
impl Remembered for Endpoint {
    fn to_json(&self) -> Json {
        json!({
            "id": self.id, "name": self.name, "url": self.url, "event_types": self.event_types,
            "attributes": self.attributes, "segments": self.segments, "is_ordered": self.is_ordered,
            "state": self.state.name(), "state_since": self.state.since(),
            "revision": self.revision, "created_at": self.created_at, "updated_at": self.updated_at,
        })
    }

    fn from_json(json: &Json) -> Option<Self> {
        Some(Self {
            id: field(json, "id")?,
            name: field(json, "name")?,
            url: field(json, "url")?,
            event_types: field(json, "event_types")?,
            attributes: field(json, "attributes")?,
            // Answers of the week before endpoints could choose have none.
            segments: field(json, "segments").unwrap_or_default(),
            is_ordered: field(json, "is_ordered")?,
            state: state_from_json(json)?,
            health: EndpointHealth::default(),
            revision: field(json, "revision")?,
            created_at: field(json, "created_at")?,
            updated_at: field(json, "updated_at")?,
        })
    }
}

/// Answers of the week before states were remembered have none.
fn state_from_json(json: &Json) -> Option<EndpointState> {
    let Some(name) = json.get("state") else {
        return Some(EndpointState::Active);
    };
    EndpointState::from_name(name.as_str()?, field(json, "state_since")?)
}

impl Remembered for AttributeDefinition {
    fn to_json(&self) -> Json {
        json!({
            "id": self.id, "key": self.key, "label": self.label, "description": self.description,
            "type": self.value_type, "format": self.format, "privacy_class": self.privacy_class,
            "revision": self.revision, "created_at": self.created_at, "updated_at": self.updated_at,
        })
    }

    fn from_json(json: &Json) -> Option<Self> {
        Some(Self {
            id: field(json, "id")?,
            key: field(json, "key")?,
            label: field(json, "label")?,
            description: field(json, "description")?,
            value_type: field(json, "type")?,
            format: field(json, "format")?,
            privacy_class: field(json, "privacy_class")?,
            revision: field(json, "revision")?,
            created_at: field(json, "created_at")?,
            updated_at: field(json, "updated_at")?,
        })
    }
}

impl Remembered for Template {
    fn to_json(&self) -> Json {
        json!({
            "id": self.id, "key": self.key, "name": self.name, "description": self.description,
            "context": self.context.name(), "body": self.body, "revision": self.revision,
            "created_at": self.created_at, "updated_at": self.updated_at,
        })
    }

    fn from_json(json: &Json) -> Option<Self> {
        Some(Self {
            id: field(json, "id")?,
            key: field(json, "key")?,
            name: field(json, "name")?,
            description: field(json, "description")?,
            context: parsed(json, "context")?,
            body: field(json, "body")?,
            revision: field(json, "revision")?,
            created_at: field(json, "created_at")?,
            updated_at: field(json, "updated_at")?,
        })
    }
}

impl Remembered for Segment {
    fn to_json(&self) -> Json {
        json!({
            "id": self.id, "key": self.key, "name": self.name, "description": self.description,
            "rule": self.rule.to_json(), "revision": self.revision,
            "evaluated_revision": self.evaluated_revision,
            "created_at": self.created_at, "updated_at": self.updated_at,
        })
    }

    fn from_json(json: &Json) -> Option<Self> {
        Some(Self {
            id: field(json, "id")?,
            key: field(json, "key")?,
            name: field(json, "name")?,
            description: field(json, "description")?,
            rule: Rule::from_json(json.get("rule")?).ok()?,
            revision: field(json, "revision")?,
            evaluated_revision: field(json, "evaluated_revision")?,
            created_at: field(json, "created_at")?,
            updated_at: field(json, "updated_at")?,
        })
    }
}

/// An import as it was when it was queued.
impl Remembered for Import {
    fn to_json(&self) -> Json {
        json!({
            "id": self.id, "name": self.name, "options": self.options,
            "actor": self.actor.to_string(), "created_at": self.created_at,
        })
    }

    fn from_json(json: &Json) -> Option<Self> {
        Some(Self {
            id: field(json, "id")?,
            name: field(json, "name")?,
            options: json.get("options")?.clone(),
            actor: parsed(json, "actor")?,
            state: ImportState::Queued,
            rows_total: None,
            rows_done: 0,
            rows_rejected: 0,
            created_attributes: Vec::new(),
            created_at: field(json, "created_at")?,
        })
    }
}

impl Remembered for Profile {
    fn to_json(&self) -> Json {
        let identifiers: Vec<Json> =
            self.identifiers.iter().map(|identifier| json!([identifier.kind(), identifier.value()])).collect();
        let held: Vec<Json> = self.held.iter().map(held_to_json).collect();
        json!({
            "id": self.id, "version": self.version, "identifiers": identifiers, "held": held,
            "created_at": self.created_at, "updated_at": self.updated_at,
        })
    }

    fn from_json(json: &Json) -> Option<Self> {
        let identifiers: Vec<(IdentifierKind, String)> = field(json, "identifiers")?;
        let identifiers: Option<Vec<Identifier>> =
            identifiers.into_iter().map(|(kind, text)| Identifier::parse(kind, &text).ok()).collect();
        let held = json.get("held")?.as_array()?.iter().map(held_from_json);
        Some(Self {
            id: field(json, "id")?,
            version: field(json, "version")?,
            identifiers: identifiers?,
            held: held.collect::<Option<_>>()?,
            created_at: field(json, "created_at")?,
            updated_at: field(json, "updated_at")?,
        })
    }
}

fn held_to_json((key, held): (&AttributeKey, &Held)) -> Json {
    json!({
        "key": key,
        "type": held.value.as_ref().and_then(Value::value_type),
        "value": held.value.as_ref().map(Value::to_json),
        "occurred_at": held.occurred_at, "sequence": held.sequence, "source": held.source.to_string(),
    })
}

fn held_from_json(json: &Json) -> Option<(AttributeKey, Held)> {
    let value_type: Option<ValueType> = field(json, "type")?;
    let value = match value_type {
        Some(value_type) => Value::from_json(value_type, json.get("value")?).ok()?,
        None => None,
    };
    let held = Held {
        value,
        occurred_at: field(json, "occurred_at")?,
        sequence: field(json, "sequence")?,
        source: parsed(json, "source")?,
    };
    Some((field(json, "key")?, held))
}
