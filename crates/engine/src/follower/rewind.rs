//! Taking over from another leader, or from oneself before a crash: the index goes back to the place
//! up to which moves are written. However long that takes, the lease is held: otherwise two nodes could
//! take the lead from each other for ever.

use std::time::Duration;

use attrium_storage::{Cursor, changes, cursors};

use super::{Follower, NAME, PAGE_CHANGES_MAX};
use crate::error::Error;

/// How often the feed is looked at for changes it still holds back.
const LOOKS_MAX: u32 = 100;
const LOOK_AGAIN: Duration = Duration::from_millis(20);

impl Follower {
    /// Puts the index where the last leader stopped. Counts are not right until the next turn ends.
    pub(super) async fn rewind(&mut self) -> Result<(), Error> {
        // Whatever the index knows must be in the feed before it can be undone.
        self.tail().await?;
        let (db, workspace) = (self.engine.store().db(), self.audience.workspace);
        let written = cursors::find(db, workspace, NAME).await?.unwrap_or(Cursor::START);
        let starts = self.pages_after(written).await?;
        if starts.is_empty() {
            self.cursor = Some(written);
            return Ok(());
        }
        self.audience.set_ready(false);
        // The feed is read again backwards, page by page: however long it is, one page is in memory.
        for start in starts.iter().rev() {
            self.hold_lease().await?;
            let (db, workspace) = (self.engine.store().db(), self.audience.workspace);
            let page = changes::feed(db, workspace, start, PAGE_CHANGES_MAX).await?;
            self.on_index(move |index| {
                for change in page.changes.iter().rev() {
                    index.rewind(change);
                }
            })
            .await?;
        }
        self.cursor = Some(written);
        let workspace = self.audience.workspace;
        tracing::info!(workspace.id = %workspace, pages = starts.len(), "rewound to where moves are written");
        Ok(())
    }

    /// Where each page after a place begins. On PostgreSQL the feed holds back what a slower transaction
    /// may still precede, and loading may have seen it: it is waited for, though not for ever.
    async fn pages_after(&mut self, written: Cursor) -> Result<Vec<Cursor>, Error> {
        let mut starts = Vec::new();
        let mut cursor = written;
        for _ in 0..LOOKS_MAX {
            loop {
                self.hold_lease().await?;
                let (db, workspace) = (self.engine.store().db(), self.audience.workspace);
                let page = changes::feed(db, workspace, &cursor, PAGE_CHANGES_MAX).await?;
                if page.changes.is_empty() {
                    break;
                }
                starts.push(cursor);
                cursor = page.next;
            }
            let (db, workspace) = (self.engine.store().db(), self.audience.workspace);
            if 0 == changes::count_after(db, workspace, &cursor).await? {
                break;
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
        Ok(starts)
    }
}
