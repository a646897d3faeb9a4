//! A rule is compiled once, and again when it, or an attribute, is another.

use attrium_schema::{
    AttributeDefinition, AttributeDraft, AttributeKey, PrivacyClass, ScalarType, Timestamp, ValueType,
};
use attrium_segmentation::parse;
use uuid::Uuid;

use super::*;

fn schema(revision: u32) -> AttributeSchema {
    let draft = AttributeDraft {
        key: AttributeKey::parse("points").unwrap(),
        label: String::new(),
        description: String::new(),
        value_type: ValueType::one(ScalarType::Integer),
        format: None,
        privacy_class: PrivacyClass::Public,
    };
    let id = AttributeId::from_uuid(Uuid::nil());
    let definition = AttributeDefinition::new(id, draft.check().unwrap(), Timestamp::UNIX_EPOCH);
    AttributeSchema::new([AttributeDefinition { revision, ..definition }])
}

fn segment(revision: u32, rule: &str) -> Segment {
    Segment {
        id: SegmentId::from_uuid(Uuid::nil()),
        key: "a".to_owned(),
        name: "A".to_owned(),
        description: String::new(),
        rule: parse(rule).rule.unwrap(),
        revision,
        evaluated_revision: 0,
        created_at: Timestamp::UNIX_EPOCH,
        updated_at: Timestamp::UNIX_EPOCH,
    }
}

#[test]
fn a_rule_is_compiled_again_only_when_it_or_an_attribute_changed() {
    let rules = CompiledRules::default();
    let of = |workspace: u128, segment: &Segment, schema: &AttributeSchema| {
        let workspace = WorkspaceId::from_uuid(Uuid::from_u128(workspace));
        rules.of(workspace, std::slice::from_ref(segment), schema).remove(0)
    };
    let (made, edited) = (segment(1, "points > 1"), segment(2, "points > 2"));
    let first = of(1, &made, &schema(1)).unwrap();
    assert!(Arc::ptr_eq(&first, &of(1, &made, &schema(1)).unwrap()), "it is kept");
    assert!(!Arc::ptr_eq(&first, &of(2, &made, &schema(1)).unwrap()), "each workspace has its own");
    assert!(!Arc::ptr_eq(&first, &of(1, &edited, &schema(1)).unwrap()), "another rule");
    let again = of(1, &made, &schema(1)).unwrap();
    assert!(!Arc::ptr_eq(&again, &of(1, &made, &schema(2)).unwrap()), "another attribute");
    assert!(of(1, &made, &AttributeSchema::default()).is_none(), "an attribute that is gone");
}
