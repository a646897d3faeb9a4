//! One row of the index, as the evaluator sees a profile.

use std::borrow::Cow;

use attrium_schema::{AttributeKey, Value};

use super::AudienceIndex;
use crate::evaluate::Facts;

/// The profile in one row. Its lists are sets: all that rules ever see of them.
#[derive(Clone, Copy, Debug)]
pub(super) struct RowFacts<'a> {
    pub(super) index: &'a AudienceIndex,
    pub(super) row: u32,
}

impl Facts for RowFacts<'_> {
    fn value(&self, key: &AttributeKey) -> Option<Cow<'_, Value>> {
        self.index.columns.get(key)?.value(self.row).map(Cow::Owned)
    }
}
