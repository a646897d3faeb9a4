use uuid::Uuid;

use super::*;
use crate::definition::{AttributeDraft, AttributeKey, PrivacyClass};
use crate::format::Format;
use crate::id::AttributeId;
use crate::time::Timestamp;
use crate::value_type::ValueType;

fn definition(key: &str, value_type: &str, format: Option<Format>) -> AttributeDefinition {
    let draft = AttributeDraft {
        key: AttributeKey::parse(key).unwrap(),
        label: String::new(),
        description: String::new(),
        value_type: value_type.parse::<ValueType>().unwrap(),
        format,
        privacy_class: PrivacyClass::Public,
    };
    AttributeDefinition::new(AttributeId::from_uuid(Uuid::nil()), draft, Timestamp::UNIX_EPOCH)
}

#[test]
fn a_definition_is_found_in_any_case() {
    let schema = AttributeSchema::new([definition("City", "text", None), definition("age", "integer", None)]);
    assert_eq!(schema.find("cITY").map(|found| found.key.as_str()), Some("City"));
    assert!(schema.find("town").is_none());
    let keys: Vec<&str> = schema.iter().map(|definition| definition.key.as_str()).collect();
    assert_eq!(keys, ["age", "City"]);
}

#[test]
fn a_value_is_read_in_its_format() {
    let country = definition("country", "text", Some(Format::Country));
    assert_eq!(country.read_text("tr").unwrap().unwrap().to_string(), "TR");
    assert_eq!(country.read_json(&Json::Null), Ok(None));
    let refused = country.read_text("Turkey").unwrap_err();
    assert_eq!(refused.to_string(), "\"Turkey\" is not a country of two letters (ISO 3166-1) such as TR");
}

#[test]
fn every_item_of_a_list_has_the_format() {
    let phones = definition("phones", "list of text", Some(Format::Phone));
    let read = phones.read_json(&serde_json::json!(["+90 532 123 45 67"])).unwrap().unwrap();
    assert_eq!(read.to_json(), serde_json::json!(["+905321234567"]));
    assert!(phones.read_json(&serde_json::json!(["+905321234567", "x"])).is_err());
}
