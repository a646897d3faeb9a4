//! Telling listeners at this node what it followed: changes as they come off the feed, and who came and went
//! as it is written, be it by another node.

use attrium_schema::Change;
use attrium_storage::{Cursor, transitions};

use super::{Follower, PAGE_CHANGES_MAX};
use crate::error::Error;

impl Follower {
    /// Tells a page of the feed that is in the index now. After a rewind the feed comes by again, and what was
    /// told before is not told twice, but for a page that begins before that place and ends behind it.
    pub(super) fn tell_changes(&mut self, changes: &[Change], next: Cursor) {
        if self.told < next {
            self.engine.live().tell_changes(self.audience.workspace, changes);
            self.told = next;
        }
    }

    /// Tells who came and went since the last time, when somebody listens.
    pub(super) async fn tell_moves(&mut self) -> Result<(), Error> {
        let workspace = self.audience.workspace;
        while let Some(told) = self.engine.live().told(workspace) {
            let moves = transitions::after(self.engine.store().db(), workspace, told, PAGE_CHANGES_MAX).await?;
            if moves.is_empty() {
                break;
            }
            // Another node may have written them. What moved these profiles is in the feed by now, and whoever
            // hears of them will count them here.
            self.tail().await?;
            self.engine.live().tell_moves(workspace, &moves);
        }
        Ok(())
    }
}
