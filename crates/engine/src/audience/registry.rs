//! The audiences this process follows.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use attrium_schema::{TimeZone, WorkspaceId};

use super::Audience;
use crate::nouns::Workspace;

/// The audiences this process follows, by workspace.
#[derive(Debug, Default)]
pub(crate) struct Audiences {
    by_workspace: RwLock<BTreeMap<WorkspaceId, Arc<Audience>>>,
}

impl Audiences {
    /// Adds a workspace; answers its audience when it is new, and so needs a follower.
    pub(crate) fn add(&self, workspace: &Workspace) -> Option<Arc<Audience>> {
        let mut held = self.by_workspace.write().unwrap_or_else(PoisonError::into_inner);
        if held.contains_key(&workspace.id) {
            return None;
        }
        // A zone is checked when a workspace is made; should the zone data ever lose it, days begin in UTC.
        let zone = TimeZone::get(&workspace.time_zone).unwrap_or(TimeZone::UTC);
        let audience = Arc::new(Audience::new(workspace.id, zone));
        held.insert(workspace.id, Arc::clone(&audience));
        Some(audience)
    }

    pub(crate) fn find(&self, workspace: WorkspaceId) -> Option<Arc<Audience>> {
        self.by_workspace.read().unwrap_or_else(PoisonError::into_inner).get(&workspace).cloned()
    }

    pub(crate) fn all(&self) -> Vec<Arc<Audience>> {
        self.by_workspace.read().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }
}
