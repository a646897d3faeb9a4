use std::collections::BTreeMap;

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::value::Scalar;

fn key(text: &str) -> AttributeKey {
    AttributeKey::parse(text).unwrap()
}

fn set(number: i64) -> Operation {
    Operation::Set(Value::One(Scalar::Integer(number)))
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_micros(second * 1_000_000).unwrap()
}

fn edit(second: i64, operations: Vec<(AttributeKey, Operation)>) -> Edit {
    Edit { operations, occurred_at: at(second), source: Source::Cli, actor: Actor::Operator }
}

fn newcomer() -> Profile {
    unborn(ProfileId::from_uuid(Uuid::from_u128(1)), Vec::new(), at(0))
}

/// Applies edits in this order, numbering them from 1.
fn apply_all(profile: &mut Profile, edits: &[Edit]) -> Vec<Change> {
    let stamp = |place| Stamp { sequence: place, recorded_at: at(10_000 + place) };
    (1..).zip(edits).map(|(place, edit)| apply(profile, edit, stamp(place))).collect()
}

/// What is known of a profile: its values, without when and from where.
fn values(profile: &Profile) -> BTreeMap<AttributeKey, Value> {
    profile.held.iter().filter_map(|(key, held)| Some((key.clone(), held.value.clone()?))).collect()
}

/// Takes a change back out of the values it made.
fn undo(values: &mut BTreeMap<AttributeKey, Value>, change: &Change) {
    for attribute in change.attributes.iter().rev().filter(|attribute| attribute.is_applied) {
        match &attribute.old {
            Some(old) => values.insert(attribute.key.clone(), old.clone()),
            None => values.remove(&attribute.key),
        };
    }
}

fn check(edits: &[(i64, Operation)], expected: Option<i64>, applied: &[bool]) {
    let mut profile = newcomer();
    let edits: Vec<Edit> =
        edits.iter().map(|(second, operation)| edit(*second, vec![(key("n"), operation.clone())])).collect();
    let changes = apply_all(&mut profile, &edits);
    assert_eq!(profile.value(&key("N")), expected.map(|number| Value::One(Scalar::Integer(number))).as_ref());
    assert_eq!(changes.iter().map(|change| change.attributes[0].is_applied).collect::<Vec<_>>(), applied);
}

#[test]
fn the_newer_fact_stands_whenever_it_arrives() {
    check(&[(1, set(1)), (2, set(2))], Some(2), &[true, true]);
    check(&[(2, set(2)), (1, set(1))], Some(2), &[true, false]);
    check(&[(2, Operation::Unset), (1, set(1))], None, &[true, false]);
    check(&[(2, set(2)), (1, Operation::Unset)], Some(2), &[true, false]);
    check(&[(1, Operation::Unset)], None, &[true]);
}

#[test]
fn of_two_facts_of_one_instant_the_later_commit_stands() {
    check(&[(1, set(1)), (1, set(2))], Some(2), &[true, true]);
}

#[test]
fn the_last_operation_on_a_key_in_one_edit_stands() {
    let mut profile = newcomer();
    let change =
        &apply_all(&mut profile, &[edit(1, vec![(key("n"), set(1)), (key("N"), set(2)), (key("m"), set(3))])])[0];
    assert_eq!(values(&profile).len(), 2);
    assert_eq!(change.attributes[1].old, Some(Value::One(Scalar::Integer(1))));
    let mut folded = values(&profile);
    undo(&mut folded, change);
    assert_eq!(folded, BTreeMap::new());
}

#[test]
fn a_change_tells_what_it_did() {
    let mut profile = newcomer();
    let changes = apply_all(&mut profile, &[edit(5, vec![(key("n"), set(1))]), edit(3, vec![(key("n"), set(2))])]);
    assert_eq!([changes[0].kind, changes[1].kind], [ChangeKind::Created, ChangeKind::Updated]);
    assert_eq!([changes[0].version, changes[1].version, profile.version], [1, 2, 2]);
    assert_eq!(profile.updated_at, changes[1].recorded_at);
    let late = &changes[1].attributes[0];
    assert_eq!((late.old.as_ref(), late.is_applied), (Some(&Value::One(Scalar::Integer(1))), false));
    assert_eq!(late.new, Some(Value::One(Scalar::Integer(2))));
    let held = &profile.held[&key("n")];
    assert_eq!((held.occurred_at, held.sequence), (at(5), 1));
}

fn operation() -> impl Strategy<Value = Operation> {
    prop_oneof![3 => (0_i64..5).prop_map(set), 1 => Just(Operation::Unset)]
}

fn operations() -> impl Strategy<Value = Vec<(AttributeKey, Operation)>> {
    prop::collection::vec(("[a-cA-C]".prop_map(|text| key(&text)), operation()), 0..4)
}

/// Edits of distinct times.
fn dated(facts: Vec<Vec<(AttributeKey, Operation)>>) -> Vec<Edit> {
    (1..).zip(facts).map(|(second, operations)| edit(second, operations)).collect()
}

proptest! {
    #[test]
    fn the_order_of_arrival_does_not_matter_for_distinct_times(
        arrived in prop::collection::vec(operations(), 0..8).prop_map(dated).prop_shuffle()
    ) {
        let mut sorted = arrived.clone();
        sorted.sort_by_key(|edit| edit.occurred_at);
        let (mut in_order, mut as_arrived) = (newcomer(), newcomer());
        apply_all(&mut in_order, &sorted);
        apply_all(&mut as_arrived, &arrived);
        let when = |profile: &Profile| -> Vec<(AttributeKey, Option<Value>, Timestamp)> {
            profile.held.iter().map(|(key, held)| (key.clone(), held.value.clone(), held.occurred_at)).collect()
        };
        prop_assert_eq!(when(&in_order), when(&as_arrived));
    }

    #[test]
    fn late_facts_are_recorded_as_not_applied(seconds in prop::collection::vec(0_i64..20, 1..10)) {
        let edits: Vec<Edit> = seconds.iter().map(|second| edit(*second, vec![(key("n"), set(*second))])).collect();
        let changes = apply_all(&mut newcomer(), &edits);
        for (place, change) in changes.iter().enumerate() {
            let is_newest = seconds[..place].iter().all(|before| *before <= seconds[place]);
            prop_assert_eq!(change.attributes[0].is_applied, is_newest);
        }
    }

    #[test]
    fn undoing_changes_newest_first_gives_each_former_state(
        edits in prop::collection::vec((0_i64..6, operations()), 0..10)
    ) {
        let mut profile = newcomer();
        let mut history = Vec::new();
        for (place, (second, operations)) in (1..).zip(edits) {
            let before = values(&profile);
            let stamp = Stamp { sequence: place, recorded_at: at(place) };
            history.push((before, apply(&mut profile, &edit(second, operations), stamp)));
        }
        let mut folded = values(&profile);
        while let Some((before, change)) = history.pop() {
            undo(&mut folded, &change);
            prop_assert_eq!(&folded, &before);
        }
    }
}
