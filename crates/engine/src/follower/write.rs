//! Writing who came and went: all or nothing, and only by whoever holds the lease.

use std::sync::Arc;

use attrium_schema::{Change, SegmentId};
use attrium_storage::{Cursor, Lease, Membership, Transition, Tx, cursors, leases, memberships, segments, transitions};

use super::lease::lost;
use super::watch::{Moves, Stays};
use super::{Follower, NAME};
use crate::error::Error;
use crate::webhooks::{Happened, owe};

/// A page of the feed that was followed.
pub(super) struct Followed<'a> {
    pub(super) changes: &'a [Change],
    /// Where the next page begins.
    pub(super) next: Cursor,
}

impl Follower {
    /// Writes moves, what webhook endpoints are owed for them and for the changes behind them, the place in the
    /// feed, and what was evaluated: all or nothing, and only while the lease is held.
    pub(super) async fn write(
        &mut self,
        moves: Moves,
        followed: Option<Followed<'_>>,
        evaluated: &[SegmentId],
    ) -> Result<(), Error> {
        let (Some(lead), Some(lease)) = (&self.lead, self.lease.clone()) else {
            return Ok(());
        };
        let watch = Arc::clone(&lead.watch);
        let (moves, stays) = self
            .look(move |index| {
                let stays = watch.stays(index, &moves);
                (moves, stays)
            })
            .await?;
        let workspace = self.audience.workspace;
        let expires_at = self.lease_end();
        let tx = self.engine.store().begin().await?;
        if !leases::renew(&tx, &lease, expires_at).await? {
            return Err(lost());
        }
        let transitions = self.write_moves(&tx, &moves, &stays).await?;
        let happened = Happened { changes: followed.as_ref().map_or(&[], |page| page.changes), moves: &transitions };
        let owed = owe(&tx, workspace, (self.engine.ids(), self.engine.clock().now()), happened).await?;
        for segment in evaluated {
            let revision = self.lead.as_ref().map_or(0, |lead| lead.watch.revision(*segment));
            if !segments::update_evaluated(&tx, workspace, *segment, revision).await? {
                return Err(Error::broken("a segment was edited or deleted while it was evaluated"));
            }
        }
        if let Some(page) = &followed {
            cursors::update(&tx, workspace, NAME, &page.next).await?;
        }
        tx.commit().await?;
        metrics::counter!("attrium_transitions_total").increment(moves.list.len() as u64);
        metrics::counter!("attrium_deliveries_owed_total").increment(owed as u64);
        self.lease = Some(Lease { expires_at, ..lease });
        self.take_over(moves, evaluated.to_vec()).await
    }

    async fn write_moves(&self, tx: &Tx, moves: &Moves, stays: &Stays) -> Result<Vec<Transition>, Error> {
        if moves.is_empty() {
            return Ok(Vec::new());
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
        transitions::insert_many(tx, workspace, &rows).await?;
        Ok(rows)
    }

    /// Takes over in memory what was committed.
    async fn take_over(&mut self, moves: Moves, evaluated: Vec<SegmentId>) -> Result<(), Error> {
        let Some(lead) = &mut self.lead else {
            return Ok(());
        };
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
