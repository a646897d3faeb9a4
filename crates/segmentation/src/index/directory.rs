//! Which profile sits in which row. A profile keeps its row for as long as the index lives, even
//! while it does not exist: a [`Selection`](super::Selection) never comes to mean someone else.

use std::collections::BTreeMap;
use std::ops::Bound;

use attrium_schema::ProfileId;
use roaring::RoaringBitmap;

#[derive(Debug, Default)]
pub(super) struct Directory {
    rows: BTreeMap<ProfileId, u32>,
    ids: Vec<ProfileId>,
    /// The version held of each row; 0 for a profile that does not exist.
    versions: Vec<i64>,
    everyone: RoaringBitmap,
}

impl Directory {
    /// The rows of the profiles that exist.
    pub(super) fn everyone(&self) -> &RoaringBitmap {
        &self.everyone
    }

    /// The row of a profile that exists.
    pub(super) fn row(&self, id: ProfileId) -> Option<u32> {
        self.rows.get(&id).copied().filter(|row| self.everyone.contains(*row))
    }

    /// The row of a profile, a new one for a profile never seen.
    pub(super) fn claim(&mut self, id: ProfileId) -> u32 {
        *self.rows.entry(id).or_insert_with(|| {
            self.ids.push(id);
            self.versions.push(0);
            u32::try_from(self.ids.len() - 1).expect("one machine's memory holds fewer than 2^32 profiles")
        })
    }

    pub(super) fn id(&self, row: u32) -> ProfileId {
        self.ids[row as usize]
    }

    pub(super) fn version(&self, row: u32) -> i64 {
        self.versions[row as usize]
    }

    /// Notes the version held of a row; with 0 its profile ceases to exist.
    pub(super) fn set_version(&mut self, row: u32, version: i64) {
        self.versions[row as usize] = version;
        if version == 0 {
            self.everyone.remove(row);
        } else {
            self.everyone.insert(row);
        }
    }

    /// The first `first` selected profiles after `after`, ascending by id.
    pub(super) fn page(&self, selected: &RoaringBitmap, after: Option<ProfileId>, first: usize) -> Vec<ProfileId> {
        // Walking the directory visits about (everyone / selected) profiles for each one found, so it
        // suits large selections; a small one is quicker sorted.
        if selected.len() < self.everyone.len() / 64 {
            let mut ids: Vec<ProfileId> =
                selected.iter().map(|row| self.id(row)).filter(|id| after.is_none_or(|after| after < *id)).collect();
            ids.sort_unstable();
            ids.truncate(first);
            return ids;
        }
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        self.rows
            .range((from, Bound::Unbounded))
            .filter(|(_, row)| selected.contains(**row))
            .map(|(id, _)| *id)
            .take(first)
            .collect()
    }

    /// About how much memory it takes.
    pub(super) fn size_bytes(&self) -> usize {
        // A B-tree's nodes are about two thirds full.
        let rows = self.rows.len() * size_of::<(ProfileId, u32)>() * 3 / 2;
        let ids = self.ids.capacity() * size_of::<ProfileId>();
        rows + ids + self.versions.capacity() * size_of::<i64>() + super::bitmap_bytes(&self.everyone)
    }
}

#[cfg(test)]
mod tests;
