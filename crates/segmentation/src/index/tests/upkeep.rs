//! What keeps an index current: schemas that change, changes that come late or twice.

use attrium_schema::{Actor, AttributeChange, AttributeSchema, ChangeKind, Source, Timestamp};
use uuid::Uuid;

use super::world::definition;
use super::*;

fn key(text: &str) -> AttributeKey {
    AttributeKey::parse(text).unwrap()
}

fn id(number: u128) -> ProfileId {
    ProfileId::from_uuid(Uuid::from_u128(number))
}

fn plan(text: &str) -> Value {
    Value::One(Scalar::Text(text.to_owned()))
}

fn schema(attributes: &[(&str, &str)]) -> AttributeSchema {
    AttributeSchema::new(attributes.iter().map(|(key, value_type)| definition(key, value_type.parse().unwrap())))
}

/// A change of `plan` from one value to another.
fn change(version: i64, old: Option<Value>, new: Option<Value>) -> Change {
    let kind = if version == 1 { ChangeKind::Created } else { ChangeKind::Updated };
    let attributes = vec![AttributeChange { key: key("plan"), old, new, is_applied: true }];
    Change {
        sequence: version,
        profile: id(1),
        version,
        kind,
        source: Source::System,
        actor: Actor::System,
        occurred_at: Timestamp::UNIX_EPOCH,
        recorded_at: Timestamp::UNIX_EPOCH,
        attributes,
    }
}

fn plans(index: &AudienceIndex) -> Vec<(Scalar, u64)> {
    index.top_values(&key("plan"), 10)
}

#[test]
fn a_change_counts_once_however_often_it_comes() {
    let mut index = AudienceIndex::new(&schema(&[("plan", "text")]));
    assert!(index.apply(&change(1, None, Some(plan("free")))));
    assert!(index.apply(&change(2, Some(plan("free")), Some(plan("gold")))));
    assert!(!index.apply(&change(1, None, Some(plan("free")))));
    assert!(!index.apply(&change(2, Some(plan("free")), Some(plan("gold")))));
    assert_eq!(plans(&index), [(Scalar::Text("gold".to_owned()), 1)]);
    assert_eq!(index.version(id(1)), Some(2));
}

#[test]
fn rewinding_goes_back_to_before_there_was_anyone() {
    let mut index = AudienceIndex::new(&schema(&[("plan", "text")]));
    let (first, second) = (change(1, None, Some(plan("free"))), change(2, Some(plan("free")), None));
    index.apply(&first);
    index.apply(&second);
    assert!(!index.rewind(&first), "it is not the newest");
    assert!(index.rewind(&second));
    assert_eq!(plans(&index), [(Scalar::Text("free".to_owned()), 1)]);
    assert!(index.rewind(&first));
    assert_eq!((index.len(), index.version(id(1)), plans(&index).len()), (0, None, 0));
    assert!(!index.rewind(&first));
    assert!(index.apply(&first));
    assert_eq!(index.len(), 1);
}

#[test]
fn a_fact_that_was_not_applied_alters_nothing_but_the_version() {
    let mut index = AudienceIndex::new(&schema(&[("plan", "text")]));
    index.apply(&change(1, None, Some(plan("free"))));
    let mut late = change(2, Some(plan("free")), Some(plan("gold")));
    late.attributes[0].is_applied = false;
    assert!(index.apply(&late));
    assert_eq!(plans(&index), [(Scalar::Text("free".to_owned()), 1)]);
    assert_eq!(index.version(id(1)), Some(2));
}

#[test]
fn columns_follow_the_schema() {
    let mut index = AudienceIndex::new(&schema(&[("plan", "text")]));
    index.apply(&change(1, None, Some(plan("free"))));
    index.set_schema(&schema(&[("Plan", "text"), ("age", "integer")]));
    assert_eq!(index.filled(&key("plan")), 1, "a key is the same in any case");
    index.set_schema(&schema(&[("plan", "list of text")]));
    assert_eq!(index.filled(&key("plan")), 0, "a column of another type starts empty");
    index.set_schema(&schema(&[]));
    assert!(
        index.apply(&change(2, Some(plan("free")), Some(plan("gold")))),
        "an attribute that is gone is no obstacle"
    );
    assert_eq!((index.len(), index.filled(&key("plan"))), (1, 0));
}

#[test]
fn an_index_is_shared_between_threads() {
    fn is_shared<T: Send + Sync>(_: &T) {}
    is_shared(&AudienceIndex::new(&schema(&[])));
}

#[test]
fn selections_are_sets() {
    let mut index = AudienceIndex::new(&schema(&[("plan", "text")]));
    for number in 1..=3 {
        index.apply(&Change { profile: id(number), ..change(1, None, Some(plan("free"))) });
    }
    let (some, others) = (index.selection_of(&[id(1), id(2)]), index.selection_of(&[id(3), id(2), id(9)]));
    assert_eq!(index.ids(&some.difference(&others)), [id(1)]);
    assert_eq!(index.ids(&some.intersection(&others)), [id(2)]);
    assert_eq!(some.union(&others), index.everyone());
    assert!(index.contains(&some, id(1)) && !index.contains(&some, id(3)) && !index.contains(&some, id(9)));
    assert!(Selection::default().is_empty());
}
