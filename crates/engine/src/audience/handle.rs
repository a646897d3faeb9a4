//! One workspace's audience index as the rest of the engine holds it: read by many, followed by one.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{PoisonError, RwLock, RwLockReadGuard};

use attrium_schema::{AttributeSchema, TimeZone, Timestamp, WorkspaceId};
use attrium_segmentation::{AudienceIndex, Moment};

use crate::error::Error;
use crate::rounds::Rounds;

/// How far an audience index is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IndexState {
    /// Whether it answers.
    pub is_ready: bool,
    /// Profiles it holds.
    pub loaded_profiles: u64,
    /// Profiles there are.
    pub total_profiles: u64,
}

impl IndexState {
    /// Of a workspace that is not followed, or not yet.
    pub(crate) const UNKNOWN: Self = Self { is_ready: false, loaded_profiles: 0, total_profiles: 0 };
}

/// The audience of one workspace.
#[derive(Debug)]
pub(crate) struct Audience {
    pub(crate) workspace: WorkspaceId,
    pub(crate) zone: TimeZone,
    held: RwLock<Held>,
    is_ready: AtomicBool,
    loaded: AtomicU64,
    total: AtomicU64,
    /// Whole rounds of the follower.
    pub(crate) rounds: Rounds<()>,
}

/// What the lock protects: whether counts are right belongs to the counts.
#[derive(Debug)]
struct Held {
    index: AudienceIndex,
    is_ready: bool,
    /// Whether every change that was begun is in the index wholly.
    is_whole: bool,
}

impl Audience {
    pub(crate) fn new(workspace: WorkspaceId, zone: TimeZone) -> Self {
        let index = AudienceIndex::new(&AttributeSchema::default());
        Self {
            workspace,
            zone,
            held: RwLock::new(Held { index, is_ready: false, is_whole: true }),
            is_ready: AtomicBool::new(false),
            loaded: AtomicU64::new(0),
            total: AtomicU64::new(0),
            rounds: Rounds::default(),
        }
    }

    /// The moment rules are asked at.
    pub(crate) fn moment(&self, now: Timestamp) -> Moment {
        Moment { now, zone: self.zone.clone() }
    }

    /// How far it is. Never waits: whoever asks may be on a thread that serves.
    pub(crate) fn state(&self) -> IndexState {
        let is_ready = self.is_ready.load(Ordering::Acquire);
        let loaded_profiles = self.loaded.load(Ordering::Relaxed);
        let total_profiles = if is_ready { loaded_profiles } else { self.total.load(Ordering::Relaxed) };
        IndexState { is_ready, loaded_profiles, total_profiles: total_profiles.max(loaded_profiles) }
    }

    /// Asks the index. Call it on a blocking thread: it waits for the follower's short turns.
    ///
    /// # Errors
    /// [`Error::IndexLoading`] until the index is right.
    pub(crate) fn ask<T>(&self, question: impl FnOnce(&AudienceIndex) -> T) -> Result<T, Error> {
        let held = self.lock();
        if held.is_ready {
            return Ok(question(&held.index));
        }
        drop(held);
        let state = self.state();
        Err(Error::IndexLoading { loaded: state.loaded_profiles, total: state.total_profiles })
    }

    fn lock(&self) -> RwLockReadGuard<'_, Held> {
        self.held.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// For the follower: alters the index. Call it on a blocking thread. When the work panics, the index is
    /// half altered: nobody counts by it from then on, and the follower loads another.
    pub(crate) fn alter<T>(&self, work: impl FnOnce(&mut AudienceIndex) -> T) -> T {
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        match catch_unwind(AssertUnwindSafe(|| work(&mut held.index))) {
            Ok(outcome) => {
                self.loaded.store(held.index.len() as u64, Ordering::Relaxed);
                outcome
            }
            Err(panic) => {
                (held.is_ready, held.is_whole) = (false, false);
                self.is_ready.store(false, Ordering::Release);
                drop(held);
                resume_unwind(panic)
            }
        }
    }

    /// For the follower: whether the index may be followed further.
    pub(crate) fn is_whole(&self) -> bool {
        self.lock().is_whole
    }

    /// For the follower: reads the index beside everyone else, ready or not. Call it on a blocking thread.
    pub(crate) fn look<T>(&self, work: impl FnOnce(&AudienceIndex) -> T) -> T {
        work(&self.lock().index)
    }

    /// For the follower: puts another index in place, whose counts are not right yet.
    pub(crate) fn replace(&self, index: AudienceIndex) {
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        self.is_ready.store(false, Ordering::Release);
        self.loaded.store(index.len() as u64, Ordering::Relaxed);
        *held = Held { index, is_ready: false, is_whole: true };
    }

    /// For the follower: whether counts are right from here on; those of a broken index are not.
    pub(crate) fn set_ready(&self, is_ready: bool) {
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        held.is_ready = is_ready && held.is_whole;
        self.is_ready.store(held.is_ready, Ordering::Release);
    }

    /// For the follower: how far loading is.
    pub(crate) fn set_progress(&self, loaded: u64, total: u64) {
        self.loaded.store(loaded, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests;
