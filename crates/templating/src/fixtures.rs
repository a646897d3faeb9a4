//! The attributes, the customer and the moment that this crate's unit tests share.

use std::collections::BTreeMap;

use attrium_schema::{
    AttributeDefinition, AttributeDraft, AttributeId, AttributeKey, AttributeSchema, Format, PrivacyClass, TimeZone,
    Timestamp,
};
use serde_json::json;

use crate::{
    Context, Fault, Limits, Moment, ProfileData, RenderError, Rendered, Rendering, Template, WhenMissing, Workspace,
};

const ATTRIBUTES: [(&str, &str); 10] = [
    ("first_name", "text"),
    ("Country", "text"),
    ("age", "integer"),
    ("lifetime_value", "decimal"),
    ("is_active", "boolean"),
    ("birthday", "date"),
    ("seen_at", "timestamp"),
    ("tags", "list of text"),
    ("location", "geo_point"),
    ("nickname", "text"),
];

/// One attribute of every kind that templates treat differently.
pub(crate) fn schema() -> AttributeSchema {
    AttributeSchema::new(definitions(&ATTRIBUTES, None))
}

/// These, and two that hold links: `page` and `pages`.
pub(crate) fn link_schema() -> AttributeSchema {
    let links = definitions(&[("page", "text"), ("pages", "list of text")], Some(&Format::Url));
    AttributeSchema::new(definitions(&ATTRIBUTES, None).into_iter().chain(links))
}

fn definitions(attributes: &[(&str, &str)], format: Option<&Format>) -> Vec<AttributeDefinition> {
    let definition = |(place, (key, value_type)): (usize, &(&str, &str))| {
        let draft = AttributeDraft {
            key: AttributeKey::parse(key).unwrap(),
            label: String::new(),
            description: String::new(),
            value_type: value_type.parse().unwrap(),
            format: format.cloned(),
            privacy_class: PrivacyClass::Public,
        };
        let id = AttributeId::from_uuid(uuid::Uuid::from_u128(place as u128));
        AttributeDefinition::new(id, draft.check().unwrap(), Timestamp::UNIX_EPOCH)
    };
    attributes.iter().enumerate().map(definition).collect()
}

/// Someone with a value for all but `nickname`.
pub(crate) fn customer() -> BTreeMap<AttributeKey, attrium_schema::Value> {
    let values = json!({
        "first_name": "Ayşe",
        "Country": "TR",
        "age": 36,
        "lifetime_value": "1250.50",
        "is_active": true,
        "birthday": "1990-02-28",
        "seen_at": "2026-05-01T09:30:00Z",
        "tags": ["vip", "b2b"],
        "location": { "lat": 41.01, "lon": 28.97 },
    });
    let read = |(key, value): (&String, &serde_json::Value)| {
        let value = schema().find(key).unwrap().read_json(value).unwrap().unwrap();
        (AttributeKey::parse(key).unwrap(), value)
    };
    values.as_object().unwrap().iter().map(read).collect()
}

/// Wednesday, 2026-05-20, three in the afternoon in Istanbul.
pub(crate) fn afternoon() -> Moment {
    Moment { now: "2026-05-20T12:00:00Z".parse().unwrap(), zone: TimeZone::get("Europe/Istanbul").unwrap() }
}

/// Renders for someone with these attributes.
pub(crate) fn render_for(
    source: &str,
    attributes: &BTreeMap<AttributeKey, attrium_schema::Value>,
    context: Context,
    when_missing: WhenMissing,
) -> Result<Rendered, RenderError> {
    let limits = Limits::default();
    let template = Template::parse(source, &limits).unwrap_or_else(|found| panic!("{source}: {found:?}"));
    let workspace = Workspace { name: "Oak & Iron".to_owned(), time_zone: "Europe/Istanbul".to_owned() };
    template.render(&Rendering {
        data: &ProfileData { attributes, workspace: &workspace },
        context,
        moment: &afternoon(),
        when_missing,
        limits: &limits,
    })
}

/// Renders plain text for the customer, with nothing for what is missing.
pub(crate) fn render(source: &str) -> Result<String, Fault> {
    let rendered = render_for(source, &customer(), Context::Text, WhenMissing::PrintNothing);
    rendered.map(|rendered| rendered.text).map_err(|error| error.fault)
}

/// That a template gives a text for the customer.
#[track_caller]
pub(crate) fn check_renders(source: &str, expected: &str) {
    assert_eq!(render(source), Ok(expected.to_owned()), "{source}");
}
