//! Numbers, dates and instants: each row's value in one array, and the rows in blocks of neighbouring
//! values. A range takes whole blocks, and looks at single values only in the two at its edges.

mod bounds;
mod ordinal;

use std::fmt::Debug;
use std::ops::Bound;

use attrium_schema::{Date, Decimal, Scalar, ScalarType, Timestamp};
use roaring::{MultiOps, RoaringBitmap};

use bounds::{bound, is_above, is_below};
use ordinal::Ordinal;

use crate::compiled::ScalarRange;

/// What a column asks of ordered values, whatever their type.
pub(super) trait OrderedValues: Debug + Send + Sync {
    /// Notes the value of a row that has none; false when the scalar is of another type.
    fn insert_scalar(&mut self, row: u32, scalar: &Scalar) -> bool;

    /// Forgets the value of a row that has one.
    fn remove(&mut self, row: u32);

    /// The value of a row that has one.
    fn scalar(&self, row: u32) -> Scalar;

    /// The rows that hold one of these values, which ascend.
    fn rows_of_any(&self, scalars: &[Scalar]) -> RoaringBitmap;

    /// The rows whose values lie in a range.
    fn rows_in(&self, range: &ScalarRange) -> RoaringBitmap;

    /// The rows among these, all of which have values, whose value passes.
    fn rows_passing(&self, rows: &RoaringBitmap, passes: &dyn Fn(&Scalar) -> bool) -> RoaringBitmap;

    /// Every distinct value, ascending, with the number of its rows.
    fn counts(&self) -> Vec<(Scalar, u64)>;

    /// About how much memory they take.
    fn size_bytes(&self) -> usize;
}

/// Room for values of a type, or `None` for a type that has no order kept here.
pub(super) fn ordered(scalar_type: ScalarType) -> Option<Box<dyn OrderedValues>> {
    match scalar_type {
        ScalarType::Integer => Some(Box::<Ordered<i64>>::default()),
        ScalarType::Decimal => Some(Box::<Ordered<Decimal>>::default()),
        ScalarType::Date => Some(Box::<Ordered<Date>>::default()),
        ScalarType::Timestamp => Some(Box::<Ordered<Timestamp>>::default()),
        ScalarType::Text | ScalarType::Boolean | ScalarType::GeoPoint => None,
    }
}

/// A block with more rows than this is split, unless they all hold the same value. Tests make do with
/// few profiles, so theirs are small: every case meets blocks that split and join.
const BLOCK_ROWS_MAX: u64 = if cfg!(test) { 8 } else { 4_096 };

/// Rows whose values lie between `low` and `high`. Removals leave the bounds as they are, so they may be wide.
#[derive(Debug)]
struct Block<V> {
    low: V,
    high: V,
    rows: RoaringBitmap,
}

impl<V: Ordinal> Block<V> {
    fn is_full(&self) -> bool {
        BLOCK_ROWS_MAX <= self.rows.len()
    }
}

#[derive(Debug)]
struct Ordered<V> {
    /// By row; meaningful only for rows in some block.
    values: Vec<V>,
    /// Ascending, and no value lies in two: `blocks[n].high < blocks[n + 1].low`. None is empty.
    blocks: Vec<Block<V>>,
}

impl<V> Default for Ordered<V> {
    fn default() -> Self {
        Self { values: Vec::new(), blocks: Vec::new() }
    }
}

impl<V: Ordinal> Ordered<V> {
    /// The value of a row that has one.
    fn value(&self, row: u32) -> V {
        self.values[row as usize]
    }

    /// Notes the value of a row that has none.
    fn insert(&mut self, row: u32, value: V) {
        if self.values.len() <= row as usize {
            self.values.resize(row as usize + 1, V::BLANK);
        }
        self.values[row as usize] = value;
        let place = self.place_for(value);
        let block = &mut self.blocks[place];
        block.low = block.low.min(value);
        block.high = block.high.max(value);
        block.rows.insert(row);
        if BLOCK_ROWS_MAX < block.rows.len() && block.low < block.high {
            self.split(place);
        }
    }

    /// The block a value goes into, made when no neighbour has room for it.
    fn place_for(&mut self, value: V) -> usize {
        let next = self.blocks.partition_point(|block| block.high < value);
        let is_room = |block: &Block<V>| block.low <= value || !block.is_full();
        if self.blocks.get(next).is_some_and(is_room) {
            return next;
        }
        if 0 < next && !self.blocks[next - 1].is_full() {
            return next - 1;
        }
        self.blocks.insert(next, Block { low: value, high: value, rows: RoaringBitmap::new() });
        next
    }

    /// Cuts a block near its middle value; one that turns out to hold a single value gets exact bounds.
    fn split(&mut self, place: usize) {
        let mut entries: Vec<(V, u32)> =
            self.blocks[place].rows.iter().map(|row| (self.values[row as usize], row)).collect();
        entries.sort_unstable();
        let middle = entries[entries.len() / 2].0;
        let mut cut = entries.partition_point(|(value, _)| *value < middle);
        if cut == 0 {
            cut = entries.partition_point(|(value, _)| *value <= middle);
        }
        let parts = [&entries[..cut], &entries[cut..]];
        let blocks = parts.into_iter().filter_map(block_of).collect::<Vec<_>>();
        self.blocks.splice(place..=place, blocks);
    }

    /// Joins a block with the next one when both together are at most half a block.
    fn join_if_small(&mut self, place: usize) {
        if let [block, next, ..] = &mut self.blocks[place..]
            && block.rows.len() + next.rows.len() <= BLOCK_ROWS_MAX / 2
        {
            block.rows |= &next.rows;
            block.high = next.high;
            self.blocks.remove(place + 1);
        }
    }

    /// The rows whose values lie within the bounds.
    fn range(&self, low: Bound<V>, high: Bound<V>) -> RoaringBitmap {
        let from = self.blocks.partition_point(|block| !is_above(block.high, low));
        let reached = self.blocks[from..].iter().take_while(|block| is_below(block.low, high));
        let (whole, edges): (Vec<_>, Vec<_>) =
            reached.partition(|block| is_above(block.low, low) && is_below(block.high, high));
        let mut rows = whole.into_iter().map(|block| &block.rows).union();
        for edge in edges {
            rows |= self.filtered(&edge.rows, |value| is_above(value, low) && is_below(value, high));
        }
        rows
    }

    /// The rows that hold one of the values, which ascend.
    fn any_of(&self, values: &[V]) -> RoaringBitmap {
        let mut rows = RoaringBitmap::new();
        for block in &self.blocks {
            let first = values.partition_point(|value| *value < block.low);
            let end = values.partition_point(|value| *value <= block.high);
            match &values[first..end] {
                [] => {}
                [_] if block.low == block.high => rows |= &block.rows,
                wanted => {
                    rows |= self.filtered(&block.rows, |value| wanted.binary_search(&value).is_ok());
                }
            }
        }
        rows
    }

    /// The rows among these, all of which have values, whose value passes.
    fn filtered(&self, rows: &RoaringBitmap, passes: impl Fn(V) -> bool) -> RoaringBitmap {
        ascending(rows.iter().filter(|row| passes(self.value(*row))))
    }
}

impl<V: Ordinal> OrderedValues for Ordered<V> {
    fn insert_scalar(&mut self, row: u32, scalar: &Scalar) -> bool {
        V::from_scalar(scalar).map(|value| self.insert(row, value)).is_some()
    }

    fn remove(&mut self, row: u32) {
        let value = self.value(row);
        let place = self.blocks.partition_point(|block| block.high < value);
        self.blocks[place].rows.remove(row);
        if self.blocks[place].rows.is_empty() {
            self.blocks.remove(place);
        } else {
            self.join_if_small(place);
            self.join_if_small(place.saturating_sub(1));
        }
    }

    fn scalar(&self, row: u32) -> Scalar {
        self.value(row).to_scalar()
    }

    fn rows_of_any(&self, scalars: &[Scalar]) -> RoaringBitmap {
        let values: Vec<V> = scalars.iter().filter_map(V::from_scalar).collect();
        self.any_of(&values)
    }

    fn rows_in(&self, range: &ScalarRange) -> RoaringBitmap {
        if let (Some(low), Some(high)) = (bound(&range.low), bound(&range.high)) {
            return self.range(low, high);
        }
        // A rule compiled for another type: the range itself knows what compares.
        let rows = self.blocks.iter().map(|block| &block.rows).union();
        self.filtered(&rows, |value| range.contains(&value.to_scalar()))
    }

    fn rows_passing(&self, rows: &RoaringBitmap, passes: &dyn Fn(&Scalar) -> bool) -> RoaringBitmap {
        self.filtered(rows, |value| passes(&value.to_scalar()))
    }

    fn counts(&self) -> Vec<(Scalar, u64)> {
        let mut counts = Vec::new();
        for block in &self.blocks {
            let mut values: Vec<V> = block.rows.iter().map(|row| self.value(row)).collect();
            values.sort_unstable();
            counts.extend(values.chunk_by(V::eq).map(|equal| (equal[0].to_scalar(), equal.len() as u64)));
        }
        counts
    }

    fn size_bytes(&self) -> usize {
        let blocks = self.blocks.capacity() * size_of::<Block<V>>();
        let rows: usize = self.blocks.iter().map(|block| super::bitmap_bytes(&block.rows)).sum();
        self.values.capacity() * size_of::<V>() + blocks + rows
    }
}

/// A block of these entries, which ascend by value; `None` for no entries.
fn block_of<V: Ordinal>(entries: &[(V, u32)]) -> Option<Block<V>> {
    let (low, _) = entries.first()?;
    let (high, _) = entries.last()?;
    Some(Block { low: *low, high: *high, rows: entries.iter().map(|(_, row)| *row).collect() })
}

/// A bitmap of rows that ascend.
fn ascending(rows: impl Iterator<Item = u32>) -> RoaringBitmap {
    RoaringBitmap::from_sorted_iter(rows).expect("the rows come from a bitmap, so they ascend")
}

#[cfg(test)]
mod tests;
