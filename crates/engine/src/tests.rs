//! The engine on both databases. One file per story; what they share is here.

mod cache;
mod commits;
mod doors;
mod idempotency;
mod imports;
mod live;
mod membership;
mod names;
mod rights;
mod rules;
mod templates;
mod webhooks;

use attrium_schema::{AttributeDraft, AttributeKey, PrivacyClass, Profile, ScalarType, ValueType};
use attrium_storage::Store;
use serde_json::{Value as Json, json};

use crate::attributes;
use crate::config::EngineConfig;
use crate::cx::Cx;
use crate::engine::Engine;
use crate::error::{Error, ProblemCode};
use crate::nouns::Segment;
use crate::profiles::{self, ProfileEdit, ProfileTarget};
use crate::segments::{self, RuleInput, SegmentDraft};
use crate::testing;

/// An engine with the attributes `country` (text), `points` (integer) and `seen_at` (timestamp).
async fn house(store: &Store) -> (Engine, Cx) {
    house_of(store, testing::config()).await
}

/// As [`house`], opened so.
async fn house_of(store: &Store, config: EngineConfig) -> (Engine, Cx) {
    let engine = Engine::on_store(store.clone(), config).await.unwrap();
    let cx = engine.cx_of_operator(None).await.unwrap();
    for (key, scalar) in
        [("country", ScalarType::Text), ("points", ScalarType::Integer), ("seen_at", ScalarType::Timestamp)]
    {
        attributes::create(&cx, draft(key, scalar), None).await.unwrap();
    }
    (engine, cx)
}

fn draft(key: &str, scalar: ScalarType) -> AttributeDraft {
    AttributeDraft {
        key: AttributeKey::parse(key).unwrap(),
        label: String::new(),
        description: String::new(),
        value_type: ValueType::one(scalar),
        format: None,
        privacy_class: PrivacyClass::Public,
    }
}

fn edit(external_id: &str, attributes: &[(&str, Json)]) -> ProfileEdit {
    ProfileEdit {
        target: ProfileTarget::ExternalId(external_id.to_owned()),
        attributes: attributes.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect(),
        occurred_at: None,
        expected_version: None,
    }
}

async fn set(cx: &Cx, external_id: &str, key: &str, value: Json) -> Profile {
    profiles::set_attributes(cx, edit(external_id, &[(key, value)]), None).await.unwrap()
}

async fn segment(cx: &Cx, name: &str, rule: &str) -> Segment {
    let draft = SegmentDraft {
        key: None,
        name: name.to_owned(),
        description: String::new(),
        rule: RuleInput::Text(rule.to_owned()),
    };
    segments::create(cx, draft, None).await.unwrap()
}

fn codes(error: Error) -> Vec<ProblemCode> {
    error.into_problems().unwrap().into_iter().map(|problem| problem.code).collect()
}

/// A short name for a value in a test.
fn text(value: &str) -> Json {
    json!(value)
}
