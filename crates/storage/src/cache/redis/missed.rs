//! What Redis must still be told: which profiles were altered while it was away.

use std::collections::HashMap;

use crate::cache::Key;

/// The version that each profile has reached.
pub(super) type Versions = HashMap<Key, i64>;

/// More altered profiles than these are not remembered; then everything in Redis is too old.
const PROFILES_MAX: usize = 10_000;

#[derive(Debug, Default)]
pub(super) struct Missed {
    versions: Versions,
    /// Too many, or nobody knows which: the next generation begins.
    pub(super) is_too_much: bool,
}

impl Missed {
    /// What a process has missed that has just begun: nobody knows.
    pub(super) fn unknown() -> Self {
        Self { versions: Versions::new(), is_too_much: true }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.versions.is_empty() && !self.is_too_much
    }

    pub(super) fn add(&mut self, versions: &Versions) {
        add(&mut self.versions, versions.iter().map(|(key, version)| (*key, *version)));
        if PROFILES_MAX < self.versions.len() {
            *self = Self::unknown();
        }
    }

    /// Both together.
    pub(super) fn merge(&mut self, other: &Self) {
        self.is_too_much |= other.is_too_much;
        self.add(&other.versions);
    }

    pub(super) fn chunks(&self, size: usize) -> Vec<Versions> {
        let all: Vec<(Key, i64)> = self.versions.iter().map(|(key, version)| (*key, *version)).collect();
        all.chunks(size).map(|chunk| chunk.iter().copied().collect()).collect()
    }
}

/// Adds versions, the higher of two for one profile.
pub(super) fn add(all: &mut Versions, versions: impl IntoIterator<Item = (Key, i64)>) {
    for (key, version) in versions {
        let known = all.entry(key).or_insert(version);
        *known = (*known).max(version);
    }
}
