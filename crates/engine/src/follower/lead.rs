//! Leading: holding the lease, and writing who came and went.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use attrium_schema::{AttributeSchema, SegmentId, Timestamp};
use attrium_segmentation::{Catalogue, compile};
use attrium_storage::leases::{self, LeaseRequest};
use attrium_storage::{
    Cursor, LIST_MAX, Lease, Membership, Page, Transition, Tx, cursors, memberships, segments, transitions,
};

use super::watch::{Moves, Stays, Watch, Watched};
use super::{Follower, NAME};
use crate::clock::Clock;
use crate::error::{Error, causes};
use crate::nouns::Segment;

/// A dead leader's segments stand still for at most this long, however long jobs may be leased.
const LEASE_MAX: Duration = Duration::from_secs(10);

/// What a leader knows beyond the index.
pub(super) struct Lead {
    lease: Lease,
    pub(super) watch: Arc<Watch>,
    /// When rules that move with the clock were last asked.
    asked_at: Timestamp,
}

impl Follower {
    /// Takes the lead when it is free; gives it up when it was lost.
    pub(super) async fn keep_lead(&mut self) -> Result<(), Error> {
        let now = Clock::lease_now();
        let lease_micros = self.lease_micros();
        let expires_at = now.saturating_add_micros(lease_micros);
        if let Some(lead) = &mut self.lead {
            let left = lead.lease.expires_at.as_micros() - now.as_micros();
            if lease_micros / 2 < left {
                return Ok(());
            }
            let tx = self.engine.store().begin().await?;
            let is_held = leases::renew(&tx, &lead.lease, expires_at).await?;
            tx.commit().await?;
            if is_held {
                lead.lease.expires_at = expires_at;
                return Ok(());
            }
            self.lead = None;
        }
        let holder = self.engine.holder();
        // On SQLite this process alone holds the database: whoever led before is gone.
        let asked_now = if self.engine.store().is_sqlite() { now.saturating_add_micros(i64::MAX) } else { now };
        let request =
            LeaseRequest { workspace: self.audience.workspace, name: NAME, holder, now: asked_now, expires_at };
        let tx = self.engine.store().begin().await?;
        let lease = leases::acquire(&tx, request).await?;
        tx.commit().await?;
        match lease {
            Some(lease) => self.take_lead(lease).await,
            None => Ok(()),
        }
    }

    /// How long the lead is held from now on, whether it is taken, kept or used.
    fn lease_micros(&self) -> i64 {
        micros(self.engine.lease().min(LEASE_MAX))
    }

    /// Puts the index where the last leader stopped and reads who is in which segment.
    async fn take_lead(&mut self, lease: Lease) -> Result<(), Error> {
        self.rewind().await?;
        self.lead = Some(Lead { lease, watch: Arc::default(), asked_at: Timestamp::UNIX_EPOCH });
        self.is_stale = true;
        Ok(())
    }

    /// Gives the lease back, so that another node need not wait for its end.
    pub(super) async fn resign(&mut self) {
        let Some(lead) = self.lead.take() else {
            return;
        };
        let released = async {
            let tx = self.engine.store().begin().await?;
            leases::release(&tx, &lead.lease).await?;
            tx.commit().await
        };
        if let Err(error) = released.await {
            tracing::debug!(error = causes(&error), "the lease was not given back; it ends by itself");
        }
    }

    /// Reads the segments again: compiles the new and edited ones, forgets the deleted ones.
    pub(super) async fn refresh_segments(&mut self, schema: &AttributeSchema) -> Result<(), Error> {
        let Some(lead) = &mut self.lead else {
            return Ok(());
        };
        let (db, workspace) = (self.engine.store().db(), self.audience.workspace);
        let stored = segments::page(db, workspace, Page::first(LIST_MAX)).await?;
        let mut known = Arc::try_unwrap(std::mem::take(&mut lead.watch)).unwrap_or_default().segments;
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
            let members = self.members(&segment).await?;
            let (revision, evaluated) = (segment.revision, segment.evaluated_revision);
            watched.insert(segment.id, Watched { revision, evaluated, rule, members });
        }
        if let Some(lead) = &mut self.lead {
            lead.watch = Arc::new(Watch { segments: watched });
        }
        Ok(())
    }

    async fn members(&self, segment: &Segment) -> Result<attrium_segmentation::Selection, Error> {
        let (db, workspace) = (self.engine.store().db(), self.audience.workspace);
        let mut ids = Vec::new();
        let mut after = None;
        loop {
            let page = memberships::page(db, workspace, segment.id, Page { after, limit: LIST_MAX }).await?;
            let Some(last) = page.last() else {
                break;
            };
            after = Some(last.profile);
            ids.extend(page.iter().map(|stay| stay.profile));
        }
        self.look(move |index| index.selection_of(&ids)).await
    }

    /// Asks again the rules that are new or edited and, once a second, those that move with the clock.
    pub(super) async fn recount(&mut self) -> Result<(), Error> {
        let Some(lead) = &mut self.lead else {
            return Ok(());
        };
        let now = self.engine.clock().now();
        let has_clock_moved = now.as_micros().abs_diff(lead.asked_at.as_micros()) >= 1_000_000;
        let edited: Vec<SegmentId> = lead.watch.edited().collect();
        let mut asked = edited.clone();
        if has_clock_moved {
            asked.extend(lead.watch.clock_moved().filter(|segment| !edited.contains(segment)));
        }
        if !asked.is_empty() {
            let (watch, moment) = (Arc::clone(&lead.watch), self.audience.moment(now));
            let moves = self
                .look(move |index| {
                    let mut moves = Moves::at(moment);
                    for segment in asked {
                        watch.recount(index, segment, &mut moves);
                    }
                    moves
                })
                .await?;
            if !moves.is_empty() || !edited.is_empty() {
                self.write(moves, None, &edited).await?;
            }
        }
        if let Some(lead) = self.lead.as_mut().filter(|_| has_clock_moved) {
            lead.asked_at = now;
        }
        Ok(())
    }

    /// Writes moves, the place in the feed, and what was evaluated: all or nothing, and only while
    /// the lease is held.
    pub(super) async fn write(
        &mut self,
        moves: Moves,
        cursor: Option<Cursor>,
        evaluated: &[SegmentId],
    ) -> Result<(), Error> {
        let Some(lead) = &self.lead else {
            return Ok(());
        };
        let (watch, lease) = (Arc::clone(&lead.watch), lead.lease.clone());
        let (moves, stays) = self
            .look(move |index| {
                let stays = watch.stays(index, &moves);
                (moves, stays)
            })
            .await?;
        let workspace = self.audience.workspace;
        let expires_at = Clock::lease_now().saturating_add_micros(self.lease_micros());
        let tx = self.engine.store().begin().await?;
        if !leases::renew(&tx, &lease, expires_at).await? {
            return Err(Error::broken("the follower's lease was lost"));
        }
        self.write_moves(&tx, &moves, &stays).await?;
        for segment in evaluated {
            let revision = self.lead.as_ref().map_or(0, |lead| lead.watch.revision(*segment));
            if !segments::update_evaluated(&tx, workspace, *segment, revision).await? {
                return Err(Error::broken("a segment was edited or deleted while it was evaluated"));
            }
        }
        if let Some(cursor) = &cursor {
            cursors::update(&tx, workspace, NAME, cursor).await?;
        }
        tx.commit().await?;
        metrics::counter!("attrium_transitions_total").increment(moves.list.len() as u64);
        self.take_over(moves, evaluated.to_vec(), expires_at).await
    }

    async fn write_moves(&self, tx: &Tx, moves: &Moves, stays: &Stays) -> Result<(), Error> {
        if moves.is_empty() {
            return Ok(());
        }
        let workspace = self.audience.workspace;
        memberships::delete_many(tx, workspace, &stays.ended).await?;
        let begun: Vec<Membership> = stays
            .begun
            .iter()
            .map(|(segment, profile, entered_at)| Membership {
                segment: *segment,
                profile: *profile,
                entered_at: *entered_at,
            })
            .collect();
        memberships::insert_many(tx, workspace, &begun).await?;
        let sequences = transitions::allocate(tx, moves.list.len()).await?;
        let rows: Vec<Transition> = moves
            .list
            .iter()
            .zip(sequences)
            .map(|(moved, sequence)| Transition {
                sequence,
                segment: moved.segment,
                profile: moved.profile,
                kind: moved.kind,
                at: moved.at,
                change: moved.change,
            })
            .collect();
        Ok(transitions::insert_many(tx, workspace, &rows).await?)
    }

    /// Takes over in memory what was committed.
    async fn take_over(&mut self, moves: Moves, evaluated: Vec<SegmentId>, expires_at: Timestamp) -> Result<(), Error> {
        let Some(lead) = &mut self.lead else {
            return Ok(());
        };
        lead.lease.expires_at = expires_at;
        let mut watch = Arc::try_unwrap(std::mem::take(&mut lead.watch))
            .map_err(|_| Error::broken("the watched segments are held elsewhere"))?;
        let watch = self
            .look(move |index| {
                watch.settle(index, &moves, &evaluated);
                watch
            })
            .await?;
        if let Some(lead) = &mut self.lead {
            lead.watch = Arc::new(watch);
        }
        Ok(())
    }
}

fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}
