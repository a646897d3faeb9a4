//! A part of a list: after which item, and how many.

/// Most items any list answers in one call; a larger limit is cut to it.
pub const LIST_MAX: usize = 10_000;

/// A part of a list.
#[derive(Clone, Copy, Debug)]
pub struct Page<K> {
    /// The item it comes after, in the order of the list; `None` for the beginning.
    pub after: Option<K>,
    /// At most so many items.
    pub limit: usize,
}

impl<K> Page<K> {
    /// The beginning of a list.
    pub fn first(limit: usize) -> Self {
        Self { after: None, limit }
    }

    /// The part of the list after an item.
    pub fn after(after: K, limit: usize) -> Self {
        Self { after: Some(after), limit }
    }
}
