//! Ordered values against a plain list of (row, value).

use std::collections::BTreeMap;

use super::*;

/// Values in order beside the same in a map, which is slow and plainly right.
#[derive(Default)]
struct Pair {
    ordered: Ordered<i64>,
    plain: BTreeMap<u32, i64>,
}

impl Pair {
    fn insert(&mut self, row: u32, value: i64) {
        self.ordered.insert(row, value);
        self.plain.insert(row, value);
    }

    fn remove(&mut self, row: u32) {
        self.ordered.remove(row);
        self.plain.remove(&row);
    }

    fn check(&self) {
        self.check_blocks();
        let values = [i64::MIN, -3, 0, 1, 2, 7, 50, 99, i64::MAX];
        let ends = || values.into_iter().flat_map(|value| [Bound::Included(value), Bound::Excluded(value)]);
        let ends = || ends().chain([Bound::Unbounded]);
        for (low, high) in ends().flat_map(|low| ends().map(move |high| (low, high))) {
            let expected = self.plain_rows(|value| is_above(value, low) && is_below(value, high));
            assert_eq!(self.ordered.range(low, high), expected, "{low:?} to {high:?}");
        }
        assert_eq!(self.ordered.any_of(&values), self.plain_rows(|value| values.contains(&value)));
    }

    fn plain_rows(&self, passes: impl Fn(i64) -> bool) -> RoaringBitmap {
        self.plain.iter().filter(|(_, value)| passes(**value)).map(|(row, _)| *row).collect()
    }

    fn check_blocks(&self) {
        let blocks = &self.ordered.blocks;
        assert!(blocks.is_sorted_by(|left, right| left.high < right.low), "{blocks:?}");
        for block in blocks {
            assert!(!block.rows.is_empty());
            assert!(block.rows.len() <= BLOCK_ROWS_MAX || block.low == block.high, "{block:?}");
            assert!(block.rows.iter().all(|row| (block.low..=block.high).contains(&self.plain[&row])));
        }
        assert_eq!(blocks.iter().map(|block| block.rows.len()).sum::<u64>(), self.plain.len() as u64);
    }
}

#[test]
fn ranges_hold_while_blocks_split_and_join() {
    let mut pair = Pair::default();
    // A multiplier coprime to 101 visits every value in a scattered order.
    for row in 0..300 {
        pair.insert(row, i64::from(row * 37 % 101));
    }
    assert!(4 < pair.ordered.blocks.len());
    pair.check();
    for row in (0..300).filter(|row| row % 7 != 0) {
        pair.remove(row);
    }
    pair.check();
    // Any two neighbours hold more than half a block together.
    assert!(pair.ordered.blocks.len() <= 2 * 43 / 5 + 1, "{} blocks for 43 rows", pair.ordered.blocks.len());
}

#[test]
fn one_value_held_by_many_stays_one_block() {
    let mut pair = Pair::default();
    for row in 0..200 {
        pair.insert(row, 7);
    }
    assert_eq!(pair.ordered.blocks.len(), 1);
    // Neighbours of a full block go beside it, however often they come and go.
    for _ in 0..3 {
        pair.insert(200, 8);
        pair.insert(201, 6);
        pair.check();
        assert_eq!(pair.ordered.blocks.len(), 3);
        pair.remove(200);
        pair.remove(201);
    }
}

#[test]
fn a_block_whose_values_became_one_stops_splitting() {
    let mut pair = Pair::default();
    pair.insert(0, 1);
    pair.insert(1, 9);
    for row in 2..200 {
        pair.insert(row, 5);
        if row == 3 {
            pair.remove(0);
            pair.remove(1);
        }
    }
    pair.check();
    assert_eq!(pair.ordered.blocks.len(), 1);
}

#[test]
fn the_ends_of_the_range_are_values_like_others() {
    let mut pair = Pair::default();
    for (row, value) in (0..).zip([i64::MIN, i64::MAX, 0, i64::MIN, -3]) {
        pair.insert(row, value);
    }
    pair.check();
    assert_eq!(pair.ordered.counts().first(), Some(&(Scalar::Integer(i64::MIN), 2)));
}
