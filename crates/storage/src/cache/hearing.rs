//! Whether this node has lately heard the end of the change feed: only then is what it keeps believed.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use attrium_schema::WorkspaceId;
use tokio::time::Instant;

/// How old the last look at the feed may be. With the 50 ms that Redis may take to answer, what is kept is never
/// believed two seconds after the commit that made it old.
const HEARD_WITHIN: Duration = Duration::from_millis(1_800);

/// When each workspace's feed was last read to its end.
#[derive(Debug, Default)]
pub(super) struct Hearing {
    last: RwLock<HashMap<WorkspaceId, Instant>>,
}

impl Hearing {
    pub(super) fn heard(&self, workspace: WorkspaceId, at: Instant) {
        self.last.write().unwrap_or_else(PoisonError::into_inner).insert(workspace, at);
    }

    pub(super) fn forget(&self) {
        self.last.write().unwrap_or_else(PoisonError::into_inner).clear();
    }

    pub(super) fn is_current(&self, workspace: WorkspaceId) -> bool {
        let last = self.last.read().unwrap_or_else(PoisonError::into_inner);
        last.get(&workspace).is_some_and(|at| at.elapsed() <= HEARD_WITHIN)
    }
}
