//! One turn of the follower: from wherever it is to the head of the feed, with everything written.

use std::sync::Arc;

use attrium_schema::{AttributeSchema, Change};
use attrium_segmentation::AudienceIndex;
use attrium_storage::{Cursor, attributes, changes};

use super::watch::{Moves, Watch};
use super::write::Followed;
use super::{Follower, PAGE_CHANGES_MAX};
use crate::cache;
use crate::error::Error;
use crate::webhooks::{EventType, listeners};

impl Follower {
    /// Loads when nothing is loaded or the index broke, takes the lead when it is free, follows the feed to its head,
    /// asks again the rules that are new, edited, or moved by the clock, and tells who came and went.
    pub(super) async fn turn(&mut self) -> Result<(), Error> {
        if !self.audience.is_whole() {
            self.forget_lead();
            self.cursor = None;
        }
        if self.cursor.is_none() {
            self.load().await?;
        }
        self.keep_lead().await?;
        if std::mem::take(&mut self.is_stale) {
            self.refresh().await.inspect_err(|_| self.is_stale = true)?;
        }
        self.tail().await?;
        self.audience.set_ready(true);
        self.recount().await?;
        self.tell_moves().await
    }

    /// Reads the definitions again.
    async fn refresh(&mut self) -> Result<(), Error> {
        let schema = attributes::schema(self.engine.store().db(), self.audience.workspace).await?;
        self.set_schema(&schema).await?;
        self.refresh_segments(&schema).await
    }

    async fn set_schema(&self, schema: &AttributeSchema) -> Result<(), Error> {
        let schema = schema.clone();
        self.on_index(move |index| index.set_schema(&schema)).await
    }

    /// Follows the feed to its head.
    pub(super) async fn tail(&mut self) -> Result<(), Error> {
        while let Some(cursor) = self.cursor {
            self.hold_lease().await?;
            let (db, workspace) = (self.engine.store().db(), self.audience.workspace);
            let changes_max = self.as_commits_take(PAGE_CHANGES_MAX, &EventType::ALL).await?;
            let page = changes::feed(db, workspace, &cursor, changes_max).await?;
            if page.changes.is_empty() || self.engine.tasks().is_stopping() {
                return Ok(());
            }
            // Whoever finds a profile by the index, or hears of the change, reads what it is now.
            self.engine.cache().forget_older(workspace, &cache::versions_of_changes(&page.changes)).await;
            // An attribute is declared before anyone holds a value of it, but perhaps after we looked.
            let schema = attributes::schema(db, workspace).await?;
            self.set_schema(&schema).await?;
            metrics::counter!("attrium_changes_followed_total").increment(page.changes.len() as u64);
            let changes: Arc<[Change]> = page.changes.into();
            self.follow(Arc::clone(&changes), page.next).await?;
            self.cursor = Some(page.next);
            self.tell_changes(&changes, page.next);
        }
        Ok(())
    }

    /// As many of these as one commit takes, when each may be owed to every endpoint that asks for such events.
    pub(super) async fn as_commits_take(&self, most: usize, events: &[EventType]) -> Result<usize, Error> {
        let listeners = listeners(self.engine.store().db(), self.audience.workspace, events).await?;
        let deliveries_max = self.engine.limits().commit_deliveries_max;
        Ok(most.min(deliveries_max / listeners.max(1)).max(1))
    }

    async fn follow(&mut self, changes: Arc<[Change]>, next: Cursor) -> Result<(), Error> {
        let moment = self.audience.moment(self.engine.clock().now());
        let watch = self.lead.as_ref().map(|lead| Arc::clone(&lead.watch));
        let moves_max = self.engine.limits().commit_moves_max;
        let moves = Moves::at(moment, moves_max);
        let applied = Arc::clone(&changes);
        let moves = self.on_index(move |index| apply(index, &applied, watch.as_deref(), moves)).await?;
        match moves {
            Some(moves) => self.write(moves, Some(Followed { changes: &changes, next }), &[]).await,
            None => Ok(()),
        }
    }

    /// Alters the index on a blocking thread.
    pub(super) async fn on_index<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut AudienceIndex) -> T + Send + 'static,
    ) -> Result<T, Error> {
        let audience = Arc::clone(&self.audience);
        let done = tokio::task::spawn_blocking(move || audience.alter(work));
        done.await.map_err(Error::broken)
    }

    /// Reads the index on a blocking thread.
    pub(super) async fn look<T: Send + 'static>(
        &self,
        work: impl FnOnce(&AudienceIndex) -> T + Send + 'static,
    ) -> Result<T, Error> {
        let audience = Arc::clone(&self.audience);
        tokio::task::spawn_blocking(move || audience.look(work)).await.map_err(Error::broken)
    }
}

/// Applies changes one by one and, for a leader, asks after each whom it moved.
fn apply(index: &mut AudienceIndex, changes: &[Change], watch: Option<&Watch>, mut moves: Moves) -> Option<Moves> {
    for change in changes {
        index.apply(change);
        if let Some(watch) = watch {
            watch.follow(index, change, &mut moves);
        }
    }
    watch.map(|_| moves)
}
