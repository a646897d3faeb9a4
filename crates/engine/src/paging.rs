//! Pages: at most so many, after a place.

/// Which part of a list is wanted. `first` is held between 1 and [`PageRequest::FIRST_MAX`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PageRequest<K> {
    first: usize,
    /// The place of the last one already seen; `None` begins at the beginning.
    pub after: Option<K>,
}

impl<K> PageRequest<K> {
    /// Most of a page.
    pub const FIRST_MAX: usize = 100;

    /// At most `first` after a place.
    pub fn new(first: usize, after: Option<K>) -> Self {
        Self { first: first.clamp(1, Self::FIRST_MAX), after }
    }

    /// At most how many.
    pub fn first(&self) -> usize {
        self.first
    }

    /// The page of a list that is read as a whole, in the order of its keys.
    pub fn page_of<T>(&self, all: Vec<T>, key: impl Fn(&T) -> K) -> Page<T>
    where
        K: PartialOrd,
    {
        let follows = |item: &T| self.after.as_ref().is_none_or(|after| *after < key(item));
        self.page(all.into_iter().filter(follows).take(self.peek()).collect())
    }

    /// One more than asked for: whether it comes tells whether a next page exists.
    pub(crate) fn peek(&self) -> usize {
        self.first + 1
    }

    /// A page of what was read with [`PageRequest::peek`].
    pub(crate) fn page<T>(&self, mut items: Vec<T>) -> Page<T> {
        let has_next = self.first < items.len();
        items.truncate(self.first);
        Page { items, has_next }
    }
}

/// Part of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// What is on it, in order.
    pub items: Vec<T>,
    /// Whether more follows.
    pub has_next: bool,
}

impl<T> Default for Page<T> {
    /// The page of a list that holds nothing.
    fn default() -> Self {
        Self { items: Vec::new(), has_next: false }
    }
}

impl<T> Page<T> {
    /// The same page of something made from each item.
    pub fn map<U>(self, make: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(make).collect(), has_next: self.has_next }
    }
}
