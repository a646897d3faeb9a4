//! The audience index: every profile of one workspace in memory, arranged by value, so that a rule
//! selects its audience in well under a millisecond instead of reading anyone.
//!
//! Each profile has a row, a small number. Each attribute has a column, which knows the value of each
//! row and the rows of each value. A comparison becomes a bitmap of rows; `and`, `or` and `not` are
//! operations on bitmaps. What a comparison *means* is not decided here but by the evaluator, whose
//! helpers this index calls: the two must never disagree, and a property test holds them together.
//!
//! Loading and keeping it current is the caller's work: [`put`](AudienceIndex::put) each profile, then
//! [`apply`](AudienceIndex::apply) each change of the feed.

mod directory;
mod selection;

mod dictionary;
mod lists;
mod ordered;
mod words;

mod column;

mod answer;
mod facts;
mod select;

use std::collections::BTreeMap;

use attrium_schema::{AttributeKey, AttributeSchema, Change, Profile, ProfileId, Scalar, Value};
use roaring::RoaringBitmap;

use column::Column;
use directory::Directory;
use select::Asking;
pub use select::NodeCount;
pub use selection::Selection;

use crate::compiled::Compiled;
use crate::evaluate::Moment;

/// The profiles of one workspace, arranged for rules.
#[derive(Debug)]
pub struct AudienceIndex {
    directory: Directory,
    columns: BTreeMap<AttributeKey, Column>,
}

impl AudienceIndex {
    /// An index of no profiles that will hold these attributes.
    pub fn new(schema: &AttributeSchema) -> Self {
        let mut index = Self { directory: Directory::default(), columns: BTreeMap::new() };
        index.set_schema(schema);
        index
    }

    /// Adds a column for each new attribute and drops those of attributes that are gone. A new column
    /// is empty, and so is one whose type changed: whoever holds such values must be `put` again.
    pub fn set_schema(&mut self, schema: &AttributeSchema) {
        self.columns.retain(|key, column| {
            schema.find(key.as_str()).is_some_and(|definition| definition.value_type == column.value_type())
        });
        for definition in schema.iter() {
            self.columns.entry(definition.key.clone()).or_insert_with(|| Column::new(definition.value_type));
        }
    }

    /// Loads a profile, or replaces what is known of it.
    pub fn put(&mut self, profile: &Profile) {
        let is_known = self.directory.row(profile.id).is_some();
        let row = self.directory.claim(profile.id);
        if is_known {
            self.clear(row);
        }
        for (key, held) in &profile.held {
            self.set(row, key, held.value.as_ref());
        }
        self.directory.set_version(row, profile.version);
    }

    /// Follows a change. False when it was already known: its version is not beyond the one held.
    pub fn apply(&mut self, change: &Change) -> bool {
        let row = self.directory.claim(change.profile);
        if change.version <= self.directory.version(row) {
            return false;
        }
        for attribute in change.attributes.iter().filter(|attribute| attribute.is_applied) {
            self.set(row, &attribute.key, attribute.new.as_ref());
        }
        self.directory.set_version(row, change.version);
        true
    }

    /// Undoes the newest applied change of its profile; a profile without its first change is gone.
    /// False when it was not the newest: the index never knew it, or knows a later one.
    pub fn rewind(&mut self, change: &Change) -> bool {
        let Some(row) = self.directory.row(change.profile) else {
            return false;
        };
        if change.version != self.directory.version(row) {
            return false;
        }
        // Backwards: a change may touch one attribute twice.
        for attribute in change.attributes.iter().rev().filter(|attribute| attribute.is_applied) {
            self.set(row, &attribute.key, attribute.old.as_ref());
        }
        self.directory.set_version(row, change.version - 1);
        if change.version == 1 {
            // Someone who does not exist holds nothing, whatever the change knew of.
            self.clear(row);
        }
        true
    }

    fn set(&mut self, row: u32, key: &AttributeKey, value: Option<&Value>) {
        // A value of an attribute that is no longer declared is kept by the database alone.
        if let Some(column) = self.columns.get_mut(key) {
            column.set(row, value);
        }
    }

    fn clear(&mut self, row: u32) {
        for column in self.columns.values_mut() {
            column.set(row, None);
        }
    }

    /// The version held of a profile, or `None` when the index does not know it.
    pub fn version(&self, profile: ProfileId) -> Option<i64> {
        self.directory.row(profile).map(|row| self.directory.version(row))
    }

    /// How many profiles there are.
    pub fn len(&self) -> usize {
        usize::try_from(self.directory.everyone().len()).unwrap_or(usize::MAX)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.directory.everyone().is_empty()
    }

    /// About how much memory the index takes.
    pub fn size_bytes(&self) -> usize {
        self.directory.size_bytes() + self.columns.values().map(Column::size_bytes).sum::<usize>()
    }

    /// Who a rule, compiled against this index's attributes, selects at a moment.
    pub fn select(&self, rule: &Compiled, moment: &Moment) -> Selection {
        Selection(self.asking(moment, &|| true).rows(rule.root()).into_owned())
    }

    /// As [`select`](Self::select), for as long as `go_on`, which is asked before each node and once it said
    /// no never says yes again; `None` when it said no.
    pub fn select_while(&self, rule: &Compiled, moment: &Moment, go_on: &dyn Fn() -> bool) -> Option<Selection> {
        let selected = self.asking(moment, go_on).rows(rule.root()).into_owned();
        go_on().then_some(Selection(selected))
    }

    /// Whether a rule selects one profile. False for a profile the index does not know.
    pub fn matches(&self, profile: ProfileId, rule: &Compiled, moment: &Moment) -> bool {
        self.directory.row(profile).is_some_and(|row| rule.matches(&facts::RowFacts { index: self, row }, moment))
    }

    /// How many profiles each node of a rule selects by itself, in pre-order: a node, then its children.
    pub fn node_counts(&self, rule: &Compiled, moment: &Moment) -> Vec<NodeCount> {
        let mut counts = Vec::new();
        self.asking(moment, &|| true).count(rule.root(), &mut counts);
        counts
    }

    /// As [`node_counts`](Self::node_counts), for as long as `go_on`, as in [`select_while`](Self::select_while).
    pub fn node_counts_while(
        &self,
        rule: &Compiled,
        moment: &Moment,
        go_on: &dyn Fn() -> bool,
    ) -> Option<Vec<NodeCount>> {
        let mut counts = Vec::new();
        self.asking(moment, go_on).count(rule.root(), &mut counts);
        go_on().then_some(counts)
    }

    fn asking<'a>(&'a self, moment: &'a Moment, go_on: &'a dyn Fn() -> bool) -> Asking<'a> {
        Asking { index: self, moment, go_on }
    }

    /// The first `first` selected profiles after `after`, ascending by id.
    pub fn page(&self, selection: &Selection, after: Option<ProfileId>, first: usize) -> Vec<ProfileId> {
        self.directory.page(&selection.0, after, first)
    }

    /// Every selected profile, ascending by id.
    pub fn ids(&self, selection: &Selection) -> Vec<ProfileId> {
        let mut ids: Vec<ProfileId> = selection.0.iter().map(|row| self.directory.id(row)).collect();
        ids.sort_unstable();
        ids
    }

    /// Those of these profiles that the index knows.
    pub fn selection_of(&self, profiles: &[ProfileId]) -> Selection {
        Selection(profiles.iter().filter_map(|id| self.directory.row(*id)).collect())
    }

    /// All profiles.
    pub fn everyone(&self) -> Selection {
        Selection(self.directory.everyone().clone())
    }

    /// Whether a selection holds a profile.
    pub fn contains(&self, selection: &Selection, profile: ProfileId) -> bool {
        self.directory.row(profile).is_some_and(|row| selection.0.contains(row))
    }

    /// How many profiles have a value for an attribute.
    pub fn filled(&self, key: &AttributeKey) -> u64 {
        self.columns.get(key).map_or(0, |column| column.present().len())
    }

    /// The `n` values (of a list: items) that most profiles have, with how many have each; among
    /// equally frequent ones the smaller first. None for places and unknown attributes.
    pub fn top_values(&self, key: &AttributeKey, n: usize) -> Vec<(Scalar, u64)> {
        self.columns.get(key).map(|column| column.top_values(n)).unwrap_or_default()
    }
}

/// About how much memory a bitmap takes.
fn bitmap_bytes(bitmap: &RoaringBitmap) -> usize {
    // Beside its data each container has a header of its own on the heap's books.
    const CONTAINER_BYTES: usize = 40;
    size_of::<RoaringBitmap>() + bitmap.serialized_size() + bitmap.statistics().n_containers as usize * CONTAINER_BYTES
}

#[cfg(test)]
mod tests;
