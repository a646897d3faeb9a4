//! The attributes and the moment that this crate's unit tests share.

use attrium_schema::{
    AttributeDefinition, AttributeDraft, AttributeId, AttributeKey, AttributeSchema, Format, PrivacyClass, TimeZone,
    Timestamp,
};

use crate::Moment;

/// One attribute of every kind that the language treats differently.
pub(crate) fn schema() -> AttributeSchema {
    let options = ["active", "paused", "closed"].map(str::to_owned).to_vec();
    let status = Format::Enum { options, is_open: false };
    let attributes = [
        ("country", "text", Some(Format::Country)),
        ("name", "text", None),
        ("other_name", "text", None),
        ("status", "text", Some(status)),
        ("age", "integer", None),
        ("visits", "integer", None),
        ("price", "decimal", None),
        ("is_active", "boolean", None),
        ("birthday", "date", None),
        ("joined", "date", None),
        ("seen", "timestamp", None),
        ("renewal_at", "timestamp", None),
        ("trial_ends_at", "timestamp", None),
        ("tags", "list of text", None),
        ("labels", "list of text", None),
        ("scores", "list of integer", None),
        ("location", "geo_point", None),
        ("month", "text", None),
        ("time_zone", "text", Some(Format::TimeZone)),
    ];
    AttributeSchema::new(attributes.into_iter().enumerate().map(|(place, (key, value_type, format))| {
        let draft = AttributeDraft {
            key: AttributeKey::parse(key).unwrap(),
            label: String::new(),
            description: String::new(),
            value_type: value_type.parse().unwrap(),
            format,
            privacy_class: PrivacyClass::Public,
        };
        let id = AttributeId::from_uuid(uuid::Uuid::from_u128(place as u128));
        AttributeDefinition::new(id, draft.check().unwrap(), Timestamp::UNIX_EPOCH)
    }))
}

/// Wednesday, 2026-05-20 at noon UTC, in a workspace of this zone.
pub(crate) fn noon_in(zone: &str) -> Moment {
    Moment { now: "2026-05-20T12:00:00Z".parse().unwrap(), zone: TimeZone::get(zone).unwrap() }
}
