//! What is sent keeps to the JSON Schemas that are published for partners.

use std::collections::BTreeMap;
use std::path::PathBuf;

use attrium_schema::{AttributeKey, EndpointId, ProfileId, SegmentId, Timestamp};
use serde_json::{Map, Value as Json, json};
use uuid::Uuid;

use super::event::{Data, EndpointData, EventType, Payload, ProfileData, SegmentData, TEST, Values};

const NOW: &str = "2026-05-01T12:00:00.123456Z";

fn published(event: &str) -> Json {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/webhooks");
    let text = std::fs::read_to_string(folder.join(format!("{event}.json"))).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// Where a value does not fit a schema. Knows the words our schemas use, and refuses any other: a word that
/// is not understood must not pass as kept.
fn misfits(schema: &Json, value: &Json, place: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (word, said) in schema.as_object().unwrap() {
        let is_kept = match word.as_str() {
            "$schema" | "title" | "description" => true,
            "type" => one_or_many(said).iter().any(|kind| is_of(value, kind)),
            "const" => value == said,
            "minimum" => said.as_i64().unwrap() <= value.as_i64().unwrap(),
            "format" => said == "date-time" && value.as_str().unwrap().parse::<Timestamp>().is_ok(),
            "pattern" => fits_pattern(said.as_str().unwrap(), value.as_str().unwrap()),
            "required" => said.as_array().unwrap().iter().all(|name| value.get(name.as_str().unwrap()).is_some()),
            "additionalProperties" => said == false && is_closed(schema, value),
            "propertyNames" => members(value).keys().all(|name| misfits(said, &json!(name), place).is_empty()),
            "properties" => {
                for (name, value) in members(value) {
                    found.extend(said.get(&name).map_or_else(Vec::new, |said| misfits(said, &value, &name)));
                }
                true
            }
            other => panic!("nobody checks `{other}`"),
        };
        if !is_kept {
            found.push(format!("{place}: {word} {said} of {value}"));
        }
    }
    found
}

fn members(value: &Json) -> Map<String, Json> {
    value.as_object().cloned().unwrap_or_default()
}

fn one_or_many(said: &Json) -> Vec<String> {
    let many = said.as_array().cloned().unwrap_or_else(|| vec![said.clone()]);
    many.iter().map(|kind| kind.as_str().unwrap().to_owned()).collect()
}

fn is_of(value: &Json, kind: &str) -> bool {
    match kind {
        "object" => value.is_object(),
        "string" => value.is_string(),
        "integer" => value.is_i64(),
        "null" => value.is_null(),
        other => panic!("nobody checks `{other}`"),
    }
}

fn is_closed(schema: &Json, value: &Json) -> bool {
    members(value).keys().all(|name| schema["properties"].get(name).is_some())
}

/// The two patterns our schemas use, by the types that hold to them.
fn fits_pattern(pattern: &str, text: &str) -> bool {
    match pattern {
        "^prof_[0-7][0-9a-hjkmnp-tv-z]{25}$" => text.parse::<ProfileId>().is_ok(),
        "^seg_[0-7][0-9a-hjkmnp-tv-z]{25}$" => text.parse::<SegmentId>().is_ok(),
        "^ep_[0-7][0-9a-hjkmnp-tv-z]{25}$" => text.parse::<EndpointId>().is_ok(),
        "^[A-Za-z][A-Za-z0-9_]{0,63}$" => AttributeKey::parse(text).is_ok(),
        other => panic!("nobody checks `{other}`"),
    }
}

fn payload(event_type: &'static str, data: Data<'_>) -> Json {
    let payload = Payload { event_type, timestamp: NOW.parse().unwrap(), data };
    serde_json::from_str(&payload.text()).unwrap()
}

fn profile(external_id: Option<&str>) -> ProfileData<'_> {
    ProfileData { id: ProfileId::from_uuid(Uuid::from_u128(5)), external_id, version: 3 }
}

fn data_of<'a>(event_type: EventType, external_id: Option<&'a str>, attributes: Values<'a>) -> Data<'a> {
    let segment = SegmentData { id: SegmentId::from_uuid(Uuid::max()), key: "rich", name: "Rich" };
    match event_type {
        EventType::ProfileCreated | EventType::ProfileUpdated => {
            Data::Changed { profile: profile(external_id), attributes }
        }
        EventType::SegmentEntered | EventType::SegmentLeft => {
            Data::Moved { profile: profile(external_id), segment, attributes }
        }
    }
}

#[test]
fn every_payload_keeps_to_the_schema_that_is_published_for_it() {
    let (country, points) = (AttributeKey::parse("country").unwrap(), AttributeKey::parse("points").unwrap());
    for event in EventType::ALL {
        let schema = published(event.name());
        for external_id in [Some("crm-1"), None] {
            let values = BTreeMap::from([(&country, json!("TR")), (&points, Json::Null)]);
            let sent = payload(event.name(), data_of(event, external_id, values));
            assert_eq!(misfits(&schema, &sent, "payload"), Vec::<String>::new());
        }
    }
    let test = Data::Test { endpoint: EndpointData { id: EndpointId::from_uuid(Uuid::nil()), name: "Partner" } };
    assert_eq!(misfits(&published(TEST), &payload(TEST, test), "payload"), Vec::<String>::new());
}

#[test]
fn a_payload_of_another_shape_is_seen() {
    let event = EventType::ProfileUpdated;
    let schema = published(event.name());
    let fitting = payload(event.name(), data_of(event, None, BTreeMap::new()));
    let alter = |pointer: &str, value: Json| {
        let mut altered = fitting.clone();
        *altered.pointer_mut(pointer).unwrap() = value;
        misfits(&schema, &altered, "payload").len()
    };
    assert_eq!(alter("/type", json!("profile.created")), 1);
    assert_eq!(alter("/timestamp", json!("yesterday")), 1);
    assert_eq!(alter("/data/profile/id", json!("seg_00000000000000000000000005")), 1);
    assert_eq!(alter("/data/profile/version", json!(0)), 1);
    assert_eq!(alter("/data/profile", json!({ "id": "prof_00000000000000000000000005", "email": "a" })), 2);
    assert_eq!(alter("/data/attributes", json!({ "no key": 1 })), 1);
}
