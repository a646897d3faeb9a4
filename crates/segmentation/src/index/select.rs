//! From a compiled rule to the rows it selects: a bitmap per comparison, put together by the logic.

use std::borrow::Cow;
use std::collections::BTreeMap;

use attrium_schema::{AttributeKey, TimeZone, Value};
use roaring::{MultiOps, RoaringBitmap};

use super::AudienceIndex;
use super::answer::answer;
use super::column::{Column, Store};
use crate::compiled::{CompiledNode, Leaf, LeafZone, Question, profile_zone};
use crate::evaluate::Moment;

/// How many profiles one node of a rule selects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NodeCount {
    /// How many.
    pub count: u64,
    /// For a `not` right over a comparison: how many of them lack the attribute altogether. 0 for
    /// every other node.
    pub missing_count: u64,
}

/// One rule asked of one index at one moment.
pub(super) struct Asking<'a> {
    pub(super) index: &'a AudienceIndex,
    pub(super) moment: &'a Moment,
    /// Whether anyone still waits for the answer; without, what is answered does not matter.
    pub(super) go_on: &'a dyn Fn() -> bool,
}

impl<'a> Asking<'a> {
    /// The rows a node selects.
    pub(super) fn rows(&self, node: &CompiledNode) -> Cow<'a, RoaringBitmap> {
        if !(self.go_on)() {
            return Cow::default();
        }
        match node {
            CompiledNode::All(nodes) => Cow::Owned(self.all(nodes)),
            CompiledNode::Any(nodes) => {
                let rows: Vec<_> = nodes.iter().map(|node| self.rows(node)).collect();
                Cow::Owned(rows.iter().map(|rows| &**rows).union())
            }
            CompiledNode::Not(node) => Cow::Owned(self.everyone() - &*self.rows(node)),
            CompiledNode::Leaf(leaf) => self.leaf(leaf),
        }
    }

    /// The rows that every node selects. A `not` among them is subtracted, which spares its complement.
    fn all(&self, nodes: &[CompiledNode]) -> RoaringBitmap {
        let mut kept: Option<Cow<'a, RoaringBitmap>> = None;
        let mut negated = Vec::new();
        for node in nodes {
            if let CompiledNode::Not(inner) = node {
                negated.push(inner);
                continue;
            }
            let rows = self.rows(node);
            let both = match kept {
                Some(kept) => Cow::Owned(&*kept & &*rows),
                None => rows,
            };
            if both.is_empty() {
                return RoaringBitmap::new();
            }
            kept = Some(both);
        }
        let mut kept = kept.map_or_else(|| self.everyone().clone(), Cow::into_owned);
        for inner in negated {
            kept -= &*self.rows(inner);
        }
        kept
    }

    /// The rows a node selects; notes its count and its descendants' in pre-order.
    pub(super) fn count(&self, node: &CompiledNode, counts: &mut Vec<NodeCount>) -> RoaringBitmap {
        let place = counts.len();
        counts.push(NodeCount::default());
        if !(self.go_on)() {
            return RoaringBitmap::new();
        }
        let rows = match node {
            CompiledNode::All(nodes) => {
                nodes.iter().fold(self.everyone().clone(), |kept, node| kept & self.count(node, counts))
            }
            CompiledNode::Any(nodes) => {
                nodes.iter().fold(RoaringBitmap::new(), |kept, node| kept | self.count(node, counts))
            }
            CompiledNode::Not(node) => self.everyone() - self.count(node, counts),
            CompiledNode::Leaf(leaf) => self.leaf(leaf).into_owned(),
        };
        counts[place] = NodeCount { count: rows.len(), missing_count: self.lacking(node, &rows) };
        rows
    }

    /// Of the rows of a `not` right over a comparison, how many lack its attribute.
    fn lacking(&self, node: &CompiledNode, rows: &RoaringBitmap) -> u64 {
        let CompiledNode::Not(inner) = node else {
            return 0;
        };
        let CompiledNode::Leaf(leaf) = &**inner else {
            return 0;
        };
        let filled = self.column(&leaf.key).map_or(0, |column| rows.intersection_len(column.present()));
        rows.len() - filled
    }

    fn everyone(&self) -> &'a RoaringBitmap {
        self.index.directory.everyone()
    }

    fn column(&self, key: &AttributeKey) -> Option<&'a Column> {
        self.index.columns.get(key)
    }

    fn leaf(&self, leaf: &Leaf) -> Cow<'a, RoaringBitmap> {
        let now = self.moment.now;
        match &leaf.zone {
            LeafZone::Workspace => self.put(leaf, &leaf.question(now, &self.moment.zone)),
            LeafZone::Fixed(zone) => self.put(leaf, &leaf.question(now, zone)),
            LeafZone::Profile(key) => Cow::Owned(self.by_profile_zone(leaf, key)),
        }
    }

    /// The rows whose value answers a question with yes.
    fn put(&self, leaf: &Leaf, question: &Question<'_>) -> Cow<'a, RoaringBitmap> {
        let column = self.column(&leaf.key);
        if let Question::Missing = question {
            return Cow::Owned(
                column.map_or_else(|| self.everyone().clone(), |column| self.everyone() - column.present()),
            );
        }
        let Some(column) = column else {
            return Cow::default();
        };
        let Question::Other(test, _) = question else {
            return answer(column, question);
        };
        let Some(other) = self.column(&test.key) else {
            return Cow::default();
        };
        let both = column.present() & other.present();
        let holds = |row: &u32| question.holds(column.value(*row).as_ref(), other.value(*row).as_ref());
        Cow::Owned(both.iter().filter(holds).collect())
    }

    /// The rows that answer with yes by the calendar of their own zone: the question is put once for
    /// every zone that occurs, and to everyone whose zone is missing or invalid in the workspace's.
    fn by_profile_zone(&self, leaf: &Leaf, key: &AttributeKey) -> RoaringBitmap {
        let mut rest = self.everyone().clone();
        let mut selected = RoaringBitmap::new();
        for (zone, holders) in self.holders_of_zones(key) {
            selected |= self.put_among(&holders, leaf, &zone);
            rest -= holders;
        }
        selected | self.put_among(&rest, leaf, &self.moment.zone)
    }

    /// Each zone that profiles name, with their rows. Names are grouped, for one zone has as many
    /// spellings as there are ways to mix upper and lower case.
    fn holders_of_zones(&self, key: &AttributeKey) -> Vec<(TimeZone, RoaringBitmap)> {
        let Some(Store::Words(words)) = self.column(key).map(Column::store) else {
            return Vec::new();
        };
        let mut zones: BTreeMap<String, (TimeZone, RoaringBitmap)> = BTreeMap::new();
        for (name, holders) in words.dictionary().iter() {
            if let Some(zone) = profile_zone(Some(&Value::One(name.clone()))) {
                let name = zone.iana_name().map_or_else(|| name.to_string(), str::to_owned);
                let (_, rows) = zones.entry(name).or_insert((zone, RoaringBitmap::new()));
                *rows |= &*holders.as_bitmap();
            }
        }
        zones.into_values().collect()
    }

    /// Those of some rows whose value answers with yes by the calendar of one zone.
    fn put_among(&self, rows: &RoaringBitmap, leaf: &Leaf, zone: &TimeZone) -> RoaringBitmap {
        let question = leaf.question(self.moment.now, zone);
        if let (Question::Predicate(_), Some(column)) = (&question, self.column(&leaf.key)) {
            // It is answered value by value, so these rows alone are looked at.
            let holds = |row: &u32| question.holds(column.value(*row).as_ref(), None);
            return (rows & column.present()).iter().filter(holds).collect();
        }
        &*self.put(leaf, &question) & rows
    }
}
