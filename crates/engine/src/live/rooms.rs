//! One room per workspace that somebody listens to; an empty one is taken away and costs nothing.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use attrium_schema::{Change, WorkspaceId};
use tokio::sync::broadcast;

use crate::nouns::Transition;

/// What a room remembers for its slowest listener; one that is further behind has missed something.
const REMEMBERED_MAX: usize = 1_024;

/// What listeners of a workspace hear.
#[derive(Clone, Debug, PartialEq)]
pub enum Happening {
    /// A profile was made or altered.
    Change(Arc<Change>),
    /// A profile entered or left a segment.
    Transition(Transition),
    /// Something happened that is not told: read again.
    Missed,
}

/// The rooms of all workspaces that somebody listens to.
#[derive(Debug, Default)]
pub(crate) struct Live {
    rooms: Mutex<HashMap<WorkspaceId, Room>>,
}

#[derive(Debug)]
struct Room {
    sender: broadcast::Sender<Happening>,
    /// The number of the last transition that was told.
    told: i64,
}

impl Room {
    fn is_empty(&self) -> bool {
        self.sender.receiver_count() == 0
    }

    fn tell(&self, happening: Happening) {
        // Fails when the last listener has just gone, which is no fault.
        let _heard = self.sender.send(happening);
    }
}

impl Live {
    fn rooms(&self) -> MutexGuard<'_, HashMap<WorkspaceId, Room>> {
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins to listen. `newest` is the number of the newest transition, read before: what is committed between
    /// that look and this call is told, too.
    pub(crate) fn listen(&self, workspace: WorkspaceId, newest: i64) -> broadcast::Receiver<Happening> {
        let mut rooms = self.rooms();
        let room = rooms
            .entry(workspace)
            .or_insert_with(|| Room { sender: broadcast::Sender::new(REMEMBERED_MAX), told: newest });
        if room.is_empty() {
            room.told = newest;
        }
        room.sender.subscribe()
    }

    /// The number of the last transition told in a workspace; `None` when nobody listens.
    pub(crate) fn told(&self, workspace: WorkspaceId) -> Option<i64> {
        let mut rooms = self.rooms();
        if rooms.get(&workspace).is_some_and(Room::is_empty) {
            rooms.remove(&workspace);
        }
        rooms.get(&workspace).map(|room| room.told)
    }

    /// Tells changes, in the order of the feed.
    pub(crate) fn tell_changes(&self, workspace: WorkspaceId, changes: &[Change]) {
        if let Some(room) = self.rooms().get(&workspace).filter(|room| !room.is_empty()) {
            for change in changes {
                room.tell(Happening::Change(Arc::new(change.clone())));
            }
        }
    }

    /// Tells who came and went, in the order of their numbers.
    pub(crate) fn tell_moves(&self, workspace: WorkspaceId, moves: &[Transition]) {
        if let Some(room) = self.rooms().get_mut(&workspace) {
            for moved in moves {
                room.tell(Happening::Transition(*moved));
                room.told = room.told.max(moved.sequence);
            }
        }
    }

    /// Tells that something cannot be told.
    pub(crate) fn tell_missed(&self, workspace: WorkspaceId) {
        if let Some(room) = self.rooms().get(&workspace) {
            room.tell(Happening::Missed);
        }
    }
}

#[cfg(test)]
mod tests;
