//! The index against the evaluator: random customers, random rules, one meaning.

mod chance;
mod rules;
mod upkeep;
mod world;

use std::borrow::Cow;
use std::cell::Cell;
use std::cmp::{Ordering, Reverse};

use attrium_schema::{AttributeKey, ProfileId, Scalar, ScalarType, TimeZone, Value, ValueType};
use proptest::prelude::*;

use super::*;
use crate::ast::{Comparison, Condition, Node, Rule};
use crate::compile::{Catalogue, compile};
use crate::fit::fitted;
use crate::ordering::{compare, sort_distinct};
use chance::Chance;
use world::World;

proptest! {
    // A failing seed says all there is to say; a smaller one is not a simpler one.
    #![proptest_config(ProptestConfig { max_shrink_iters: 0, ..ProptestConfig::default() })]

    #[test]
    fn the_index_means_what_the_evaluator_means(seed: u64) {
        let mut chance = Chance::new(seed);
        let mut world = World::new(&mut chance);
        for _ in 0..3 {
            for _ in 0..chance.below(30) {
                world.step(&mut chance);
            }
            check_profiles(&world);
            check_values(&world);
            for _ in 0..8 {
                let rule = Rule { node: rules::node(&mut chance, &world.schema, 3) };
                check_rule(&world, &rule, &mut chance);
            }
        }
    }
}

fn compiled(world: &World, node: &Node) -> Compiled {
    let rule = Rule { node: node.clone() };
    compile(&rule, &Catalogue { attributes: &world.schema })
        .unwrap_or_else(|diagnostics| panic!("{rule:?} over {:?}: {diagnostics:?}", world.schema))
}

fn selected(world: &World, node: &Node, moment: &Moment) -> Vec<ProfileId> {
    let rule = compiled(world, node);
    world.profiles.values().filter(|profile| rule.matches(*profile, moment)).map(|profile| profile.id).collect()
}

fn check_rule(world: &World, rule: &Rule, chance: &mut Chance) {
    let zone = chance.pick(&["UTC", "Europe/Istanbul", "America/New_York", "Pacific/Apia"]);
    let moment = Moment { now: world::timestamp(chance), zone: TimeZone::get(zone).unwrap() };
    let asked = compiled(world, &rule.node);
    let expected = selected(world, &rule.node, &moment);
    let selection = world.index.select(&asked, &moment);
    assert_eq!(world.index.ids(&selection), expected, "{rule:?} at {moment:?}");
    assert_eq!(selection.len(), expected.len() as u64);
    for id in world.profiles.keys() {
        let is_selected = expected.contains(id);
        assert_eq!(world.index.matches(*id, &asked, &moment), is_selected, "{rule:?} at {moment:?} for {id}");
        assert_eq!(world.index.contains(&selection, *id), is_selected);
    }
    check_pages(world, &selection, &expected, 1 + chance.below(7));
    let mut counts = Vec::new();
    recount(world, &rule.node, &moment, &mut counts);
    assert_eq!(world.index.node_counts(&asked, &moment), counts, "{rule:?} at {moment:?}");
    check_patience(world, (&asked, &moment), &counts, chance.below(counts.len() + 1));
}

/// Someone who waits long enough gets the whole answer, someone who goes away before gets none.
fn check_patience(world: &World, asked: (&Compiled, &Moment), counts: &[NodeCount], nodes: usize) {
    let (rule, moment) = asked;
    assert_eq!(world.index.node_counts_while(rule, moment, &|| true).as_deref(), Some(counts));
    let left = Cell::new(nodes);
    let go_on = || {
        let goes_on = 0 < left.get();
        left.set(left.get().saturating_sub(1));
        goes_on
    };
    assert_eq!(world.index.node_counts_while(rule, moment, &go_on), None, "{nodes} of {} nodes", counts.len());
    assert_eq!(world.index.select_while(rule, moment, &|| false), None);
}

fn check_pages(world: &World, selection: &Selection, expected: &[ProfileId], first: usize) {
    let mut walked: Vec<ProfileId> = Vec::new();
    loop {
        let page = world.index.page(selection, walked.last().copied(), first);
        assert!(page.len() <= first);
        if page.is_empty() {
            break;
        }
        walked.extend(page);
    }
    assert_eq!(walked, expected);
}

/// Each node's count, by asking the evaluator about the node alone.
fn recount(world: &World, node: &Node, moment: &Moment, counts: &mut Vec<NodeCount>) {
    let count = |node: &Node| selected(world, node, moment).len() as u64;
    let missing_count = match node {
        Node::Not(inner) => match &**inner {
            Node::Compare(comparison) => {
                let condition = Condition::Missing;
                let missing = Comparison { attribute: comparison.attribute.clone(), condition, zone: None };
                count(&Node::And(vec![node.clone(), Node::Compare(missing)]))
            }
            Node::And(_) | Node::Or(_) | Node::Not(_) => 0,
        },
        Node::And(_) | Node::Or(_) | Node::Compare(_) => 0,
    };
    counts.push(NodeCount { count: count(node), missing_count });
    for child in node.children() {
        recount(world, child, moment, counts);
    }
}

fn check_profiles(world: &World) {
    let ids: Vec<ProfileId> = world.profiles.keys().copied().collect();
    assert_eq!(world.index.ids(&world.index.everyone()), ids);
    assert_eq!(world.index.ids(&world.index.selection_of(&ids)), ids);
    assert_eq!(world.index.len(), ids.len());
    for profile in world.profiles.values() {
        assert_eq!(world.index.version(profile.id), Some(profile.version));
    }
}

fn check_values(world: &World) {
    for definition in world.schema.iter() {
        let values = world.profiles.values().filter_map(|profile| {
            let value = profile.value(&definition.key)?;
            fitted(Cow::Borrowed(value), definition.value_type)
        });
        let mut filled = 0;
        let mut counts: Vec<(Scalar, u64)> = Vec::new();
        for value in values {
            filled += 1;
            let mut distinct = value.scalars().to_vec();
            sort_distinct(&mut distinct);
            for scalar in distinct {
                match counts.iter_mut().find(|(known, _)| compare(known, &scalar) == Some(Ordering::Equal)) {
                    Some((_, count)) => *count += 1,
                    None => counts.push((scalar, 1)),
                }
            }
        }
        assert_eq!(world.index.filled(&definition.key), filled);
        counts.sort_by(|(left, left_count), (right, right_count)| {
            Reverse(left_count).cmp(&Reverse(right_count)).then_with(|| compare(left, right).unwrap())
        });
        counts.truncate(5);
        if definition.value_type == ValueType::one(ScalarType::GeoPoint) {
            counts.clear();
        }
        assert_eq!(world.index.top_values(&definition.key, 5), counts, "{definition:?}");
    }
}
