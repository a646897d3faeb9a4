//! Hot profiles in this process: at most so many bytes, the least used go first.

use std::sync::Arc;

use attrium_schema::{Profile, Scalar, Value};

use super::Key;

/// What a profile costs besides its texts, and what a value does: maps, ids, times, the cache's own books.
const PROFILE_BYTES: usize = 512;
const VALUE_BYTES: usize = 192;

pub(super) struct Memory {
    kept: moka::sync::Cache<Key, Arc<Profile>>,
}

impl Memory {
    pub(super) fn new(bytes_max: u64) -> Self {
        let kept = moka::sync::Cache::builder()
            .max_capacity(bytes_max)
            .weigher(|_, profile: &Arc<Profile>| u32::try_from(bytes_of(profile)).unwrap_or(u32::MAX))
            .build();
        Self { kept }
    }

    pub(super) fn find(&self, key: &Key) -> Option<Profile> {
        self.kept.get(key).map(|profile| Profile::clone(&profile))
    }

    pub(super) fn keep(&self, key: Key, profile: &Profile) {
        self.kept.insert(key, Arc::new(profile.clone()));
    }

    pub(super) fn forget_older(&self, key: Key, version: i64) {
        if self.kept.get(&key).is_some_and(|kept| kept.version < version) {
            self.kept.invalidate(&key);
        }
    }

    pub(super) fn clear(&self) {
        self.kept.invalidate_all();
    }
}

/// About how much memory a profile takes.
fn bytes_of(profile: &Profile) -> usize {
    let values = profile.held.iter().map(|(key, held)| {
        let value_bytes = match &held.value {
            Some(Value::One(scalar)) => text_bytes(scalar),
            Some(Value::Many(items)) => items.iter().map(|item| size_of::<Scalar>() + text_bytes(item)).sum(),
            None => 0,
        };
        VALUE_BYTES + key.as_str().len() + value_bytes
    });
    let identifiers = profile.identifiers.iter().map(|identifier| size_of_val(identifier) + identifier.value().len());
    PROFILE_BYTES + values.sum::<usize>() + identifiers.sum::<usize>()
}

fn text_bytes(scalar: &Scalar) -> usize {
    match scalar {
        Scalar::Text(text) => text.len(),
        Scalar::Integer(_)
        | Scalar::Decimal(_)
        | Scalar::Boolean(_)
        | Scalar::Date(_)
        | Scalar::Timestamp(_)
        | Scalar::GeoPoint(_) => 0,
    }
}
