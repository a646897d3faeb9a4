//! Distinct values, each with the rows that hold it: what text, booleans and the items of lists are
//! kept in. A value is stored once however many profiles hold it, and goes when the last one drops it.

use std::borrow::Cow;
use std::hash::{BuildHasher, Hash, Hasher, RandomState};

use attrium_schema::Scalar;
use hashbrown::HashTable;
use roaring::{MultiOps, RoaringBitmap};

/// The number a dictionary knows a value by.
pub(super) type Code = u32;

/// The rows that hold one value.
#[derive(Debug)]
pub(super) enum Rows {
    /// Most values of an e-mail column belong to one profile: a bitmap each would cost ten times as much.
    One(u32),
    Many(RoaringBitmap),
}

impl Rows {
    pub(super) fn len(&self) -> u64 {
        match self {
            Self::One(_) => 1,
            Self::Many(rows) => rows.len(),
        }
    }

    pub(super) fn as_bitmap(&self) -> Cow<'_, RoaringBitmap> {
        match self {
            Self::One(row) => Cow::Owned(RoaringBitmap::from_iter([*row])),
            Self::Many(rows) => Cow::Borrowed(rows),
        }
    }

    fn insert(&mut self, row: u32) {
        match self {
            Self::One(first) => *self = Self::Many(RoaringBitmap::from_iter([*first, row])),
            Self::Many(rows) => {
                rows.insert(row);
            }
        }
    }

    /// Takes a row out and says whether none is left.
    fn remove(&mut self, row: u32) -> bool {
        match self {
            Self::One(only) => *only == row,
            Self::Many(rows) => {
                rows.remove(row);
                rows.is_empty()
            }
        }
    }
}

#[derive(Debug)]
struct Entry {
    value: Scalar,
    rows: Rows,
}

#[derive(Debug, Default)]
pub(super) struct Dictionary {
    /// By code; a gap is in `free`.
    entries: Vec<Option<Entry>>,
    free: Vec<Code>,
    /// Finds the code of a value, which itself is in `entries` alone.
    codes: HashTable<Code>,
    hasher: RandomState,
}

impl Dictionary {
    /// Notes that a row holds a value, and answers the value's code.
    pub(super) fn insert(&mut self, value: &Scalar, row: u32) -> Code {
        if let Some(code) = self.find(value) {
            let entry = self.entries[code as usize].as_mut().expect("a code that is found has its entry");
            entry.rows.insert(row);
            return code;
        }
        let code = self.free.pop().unwrap_or_else(|| {
            self.entries.push(None);
            Code::try_from(self.entries.len() - 1).expect("memory holds fewer than 2^32 distinct values")
        });
        self.entries[code as usize] = Some(Entry { value: value.clone(), rows: Rows::One(row) });
        let (entries, hasher) = (&self.entries, &self.hasher);
        self.codes.insert_unique(hash_of(hasher, value), code, |code| hash_of(hasher, value_at(entries, *code)));
        code
    }

    /// Notes that a row no longer holds the value of a code.
    pub(super) fn remove(&mut self, code: Code, row: u32) {
        let entry = self.entries[code as usize].as_mut().expect("a row holds only codes that have an entry");
        if !entry.rows.remove(row) {
            return;
        }
        let hash = hash_of(&self.hasher, &entry.value);
        if let Ok(found) = self.codes.find_entry(hash, |known| *known == code) {
            found.remove();
        }
        self.entries[code as usize] = None;
        self.free.push(code);
    }

    /// The code of a value, or `None` when no row holds it.
    pub(super) fn find(&self, value: &Scalar) -> Option<Code> {
        let hash = hash_of(&self.hasher, value);
        self.codes.find(hash, |code| value_at(&self.entries, *code) == value).copied()
    }

    /// The value of a code that some row holds.
    pub(super) fn value(&self, code: Code) -> &Scalar {
        value_at(&self.entries, code)
    }

    /// The rows that hold a value, or `None` when none does.
    pub(super) fn rows(&self, value: &Scalar) -> Option<&Rows> {
        let code = self.find(value)?;
        self.entries[code as usize].as_ref().map(|entry| &entry.rows)
    }

    /// The rows that hold one of these values.
    pub(super) fn rows_of_any(&self, values: &[Scalar]) -> Cow<'_, RoaringBitmap> {
        match values {
            [value] => self.rows(value).map(Rows::as_bitmap).unwrap_or_default(),
            values => Cow::Owned(union(values.iter().filter_map(|value| self.rows(value)))),
        }
    }

    /// The rows whose value passes; each distinct value is looked at once.
    pub(super) fn rows_passing(&self, passes: impl Fn(&Scalar) -> bool) -> RoaringBitmap {
        union(self.iter().filter(|(value, _)| passes(value)).map(|(_, rows)| rows))
    }

    /// Every value that some row holds, with those rows, in no order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Scalar, &Rows)> {
        self.entries.iter().flatten().map(|entry| (&entry.value, &entry.rows))
    }

    /// Every value with the number of rows that hold it, in no order.
    pub(super) fn counts(&self) -> Vec<(&Scalar, u64)> {
        self.iter().map(|(value, rows)| (value, rows.len())).collect()
    }

    /// About how much memory it takes.
    pub(super) fn size_bytes(&self) -> usize {
        let slots = self.entries.capacity() * size_of::<Option<Entry>>();
        let codes = (self.free.capacity() + self.codes.capacity()) * size_of::<Code>() + self.codes.capacity();
        let held: usize = self.iter().map(|(value, rows)| heap_bytes(value) + rows_bytes(rows)).sum();
        slots + codes + held
    }
}

fn union<'a>(all: impl Iterator<Item = &'a Rows>) -> RoaringBitmap {
    let (mut singles, mut many) = (Vec::new(), Vec::new());
    for rows in all {
        match rows {
            Rows::One(row) => singles.push(*row),
            Rows::Many(rows) => many.push(rows),
        }
    }
    // A bitmap takes ascending rows much faster.
    singles.sort_unstable();
    many.into_iter().union() | RoaringBitmap::from_iter(singles)
}

fn value_at(entries: &[Option<Entry>], code: Code) -> &Scalar {
    &entries[code as usize].as_ref().expect("a code in use has its entry").value
}

/// Values that are equal hash alike: decimals by value, so that 1 and 1.0 are one.
fn hash_of(hasher: &RandomState, value: &Scalar) -> u64 {
    let mut state = hasher.build_hasher();
    match value {
        Scalar::Text(text) => text.hash(&mut state),
        Scalar::Integer(number) => number.hash(&mut state),
        Scalar::Decimal(number) => number.hash(&mut state),
        Scalar::Boolean(flag) => flag.hash(&mut state),
        Scalar::Date(date) => date.hash(&mut state),
        Scalar::Timestamp(instant) => instant.hash(&mut state),
        Scalar::GeoPoint(point) => (point.lat().to_bits(), point.lon().to_bits()).hash(&mut state),
    }
    state.finish()
}

fn heap_bytes(value: &Scalar) -> usize {
    match value {
        Scalar::Text(text) => text.capacity(),
        Scalar::Integer(_)
        | Scalar::Decimal(_)
        | Scalar::Boolean(_)
        | Scalar::Date(_)
        | Scalar::Timestamp(_)
        | Scalar::GeoPoint(_) => 0,
    }
}

fn rows_bytes(rows: &Rows) -> usize {
    match rows {
        Rows::One(_) => 0,
        Rows::Many(rows) => super::bitmap_bytes(rows),
    }
}
