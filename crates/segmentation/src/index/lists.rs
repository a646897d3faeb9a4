//! Lists, as the sets that rules see: which rows hold each item, and how many distinct items a row has.

use std::collections::BTreeMap;

use attrium_schema::Scalar;
use roaring::{MultiOps, RoaringBitmap};

use super::dictionary::{Code, Dictionary, Rows};

#[derive(Debug, Default)]
pub(super) struct Lists {
    items: Dictionary,
    /// By row: the codes of its distinct items, ascending; empty for a row without a list.
    sets: Vec<Box<[Code]>>,
    /// The rows that have this many distinct items.
    sizes: BTreeMap<usize, RoaringBitmap>,
}

impl Lists {
    /// Notes the items of a row that has none.
    pub(super) fn insert(&mut self, row: u32, items: &[Scalar]) {
        let mut set: Vec<Code> = items.iter().map(|item| self.items.insert(item, row)).collect();
        set.sort_unstable();
        set.dedup();
        if self.sets.len() <= row as usize {
            self.sets.resize_with(row as usize + 1, Box::default);
        }
        self.sizes.entry(set.len()).or_default().insert(row);
        self.sets[row as usize] = set.into_boxed_slice();
    }

    /// Forgets the items of a row.
    pub(super) fn remove(&mut self, row: u32) {
        let set = std::mem::take(&mut self.sets[row as usize]);
        if let Some(rows) = self.sizes.get_mut(&set.len()) {
            rows.remove(row);
            if rows.is_empty() {
                self.sizes.remove(&set.len());
            }
        }
        for code in set {
            self.items.remove(code, row);
        }
    }

    /// The distinct items of a row.
    pub(super) fn set(&self, row: u32) -> impl Iterator<Item = &Scalar> {
        self.sets[row as usize].iter().map(|code| self.items.value(*code))
    }

    /// The distinct items with the rows that hold them.
    pub(super) fn items(&self) -> &Dictionary {
        &self.items
    }

    /// The rows that hold every one of these items, of which there is at least one.
    pub(super) fn rows_of_all(&self, items: &[Scalar]) -> RoaringBitmap {
        items
            .iter()
            .map(|item| self.items.rows(item).map(Rows::as_bitmap).unwrap_or_default().into_owned())
            .intersection()
    }

    /// The rows whose number of distinct items passes.
    pub(super) fn rows_of_size(&self, passes: impl Fn(usize) -> bool) -> RoaringBitmap {
        self.sizes.iter().filter(|(size, _)| passes(**size)).map(|(_, rows)| rows).union()
    }

    /// About how much memory it takes.
    pub(super) fn size_bytes(&self) -> usize {
        let slots = self.sets.capacity() * size_of::<Box<[Code]>>();
        let codes: usize = self.sets.iter().map(|set| size_of_val::<[Code]>(set)).sum();
        let sizes: usize = self.sizes.values().map(super::bitmap_bytes).sum();
        self.items.size_bytes() + slots + codes + sizes
    }
}
