//! Leading: which segments are watched, who is in them, and who must come and go when a rule or the
//! clock moved.

use std::collections::BTreeMap;
use std::sync::Arc;

use attrium_schema::{AttributeSchema, SegmentId, Timestamp};
use attrium_segmentation::{Catalogue, Selection, compile};
use attrium_storage::{LIST_MAX, Page, memberships, segments};

use super::Follower;
use super::watch::{Moves, Watch, Watched};
use crate::error::Error;
use crate::webhooks::EventType;

/// What a leader knows beyond the index.
pub(super) struct Lead {
    pub(super) watch: Arc<Watch>,
    /// When rules that move with the clock were last asked.
    asked_at: Timestamp,
}

impl Follower {
    /// Puts the index where the last leader stopped and reads who is in which segment.
    pub(super) async fn take_lead(&mut self) -> Result<(), Error> {
        self.rewind().await?;
        self.lead = Some(Lead { watch: Arc::default(), asked_at: Timestamp::UNIX_EPOCH });
        self.is_stale = true;
        Ok(())
    }

    /// Reads the segments again: compiles the new and edited ones, forgets the deleted ones.
    pub(super) async fn refresh_segments(&mut self, schema: &AttributeSchema) -> Result<(), Error> {
        let Some(lead) = &mut self.lead else {
            return Ok(());
        };
        let mut known = Arc::try_unwrap(std::mem::take(&mut lead.watch)).unwrap_or_default().segments;
        let (db, workspace) = (self.engine.store().db(), self.audience.workspace);
        let stored = segments::page(db, workspace, Page::first(LIST_MAX)).await?;
        let mut watched = BTreeMap::new();
        for segment in stored {
            if let Some(found) = known.remove(&segment.id)
                && found.revision == segment.revision
            {
                watched.insert(segment.id, found);
                continue;
            }
            let Ok(rule) = compile(&segment.rule, &Catalogue { attributes: schema }) else {
                tracing::warn!(segment.id = %segment.id, "the rule of {} no longer compiles", segment.id);
                continue;
            };
            let members = self.members(segment.id).await?;
            let (revision, evaluated) = (segment.revision, segment.evaluated_revision);
            watched.insert(segment.id, Watched { revision, evaluated, rule, members });
        }
        if let Some(lead) = &mut self.lead {
            lead.watch = Arc::new(Watch { segments: watched });
        }
        Ok(())
    }

    async fn members(&mut self, segment: SegmentId) -> Result<Selection, Error> {
        let mut ids = Vec::new();
        let mut after = None;
        loop {
            self.hold_lease().await?;
            let (db, workspace) = (self.engine.store().db(), self.audience.workspace);
            let page = memberships::page(db, workspace, segment, Page { after, limit: LIST_MAX }).await?;
            let Some(last) = page.last() else {
                break;
            };
            after = Some(last.profile);
            ids.extend(page.iter().map(|stay| stay.profile));
        }
        self.look(move |index| index.selection_of(&ids)).await
    }

    /// Asks again the rules that are new or edited and, once a second, those that move with the clock. Whom
    /// they move is written little by little, and the feed is followed meanwhile: nobody waits for a large
    /// segment. What a crash leaves undone is found again as the difference between rule and members.
    pub(super) async fn recount(&mut self) -> Result<(), Error> {
        while !self.recount_some().await? && !self.engine.tasks().is_stopping() {
            self.tail().await?;
        }
        Ok(())
    }

    /// As much of it as one commit takes; true when nothing is left.
    async fn recount_some(&mut self) -> Result<bool, Error> {
        let Some(lead) = &self.lead else {
            return Ok(true);
        };
        let now = self.engine.clock().now();
        let has_clock_moved = now.as_micros().abs_diff(lead.asked_at.as_micros()) >= 1_000_000;
        let edited: Vec<SegmentId> = lead.watch.edited().collect();
        let mut asked = edited.clone();
        if has_clock_moved {
            asked.extend(lead.watch.clock_moved().filter(|segment| !edited.contains(segment)));
        }
        let (watch, moment) = (Arc::clone(&lead.watch), self.audience.moment(now));
        let asked_count = asked.len();
        let moves_max = self.as_commits_take(self.engine.limits().commit_moves_max, &EventType::OF_MOVES).await?;
        let (moves, done) = self
            .look(move |index| {
                let mut moves = Moves::at(moment, moves_max);
                let done = asked.iter().take_while(|segment| watch.recount(index, **segment, &mut moves)).count();
                (moves, done)
            })
            .await?;
        let evaluated = &edited[..done.min(edited.len())];
        if !moves.is_empty() || !evaluated.is_empty() {
            self.write(moves, None, evaluated).await?;
        }
        let is_done = done == asked_count;
        if let Some(lead) = self.lead.as_mut().filter(|_| is_done && has_clock_moved) {
            lead.asked_at = now;
        }
        Ok(is_done)
    }
}
