//! The right to lead a workspace: taken when it is free, renewed while it is used, given back at the end.

use std::time::Duration;

use attrium_schema::Timestamp;
use attrium_storage::leases::{self, LeaseRequest};

use super::{Follower, NAME};
use crate::clock::Clock;
use crate::error::{Error, causes};

/// A dead leader's segments stand still for at most this long, however long jobs may be leased.
const LEASE_MAX: Duration = Duration::from_secs(10);

impl Follower {
    /// Takes the lead when it is free; gives it up when it was lost.
    pub(super) async fn keep_lead(&mut self) -> Result<(), Error> {
        if self.lead.is_some() && self.renew_lease().await? {
            return Ok(());
        }
        self.forget_lead();
        let (workspace, holder, expires_at) = (self.audience.workspace, self.engine.holder(), self.lease_end());
        let now = Clock::lease_now();
        // On SQLite this process alone holds the database: whoever led before is gone.
        let now = if self.engine.store().is_sqlite() { now.saturating_add_micros(i64::MAX) } else { now };
        let tx = self.engine.store().begin().await?;
        let lease = leases::acquire(&tx, LeaseRequest { workspace, name: NAME, holder, now, expires_at }).await?;
        tx.commit().await?;
        self.lease = lease;
        if self.lease.is_some() { self.take_lead().await } else { Ok(()) }
    }

    /// Keeps the lease through work that may take longer than it lasts: to be called with every page.
    /// Does nothing for one who only follows.
    ///
    /// # Errors
    /// When it was lost: another node leads.
    pub(super) async fn hold_lease(&mut self) -> Result<(), Error> {
        if self.lease.is_none() || self.renew_lease().await? { Ok(()) } else { Err(lost()) }
    }

    /// Renews the lease once half of it is over; false when it was lost.
    async fn renew_lease(&mut self) -> Result<bool, Error> {
        let expires_at = self.lease_end();
        let Some(lease) = &mut self.lease else {
            return Ok(false);
        };
        let left_micros = lease.expires_at.as_micros() - Clock::lease_now().as_micros();
        if lease_micros(self.engine.lease()) / 2 < left_micros {
            return Ok(true);
        }
        let tx = self.engine.store().begin().await?;
        let is_held = leases::renew(&tx, lease, expires_at).await?;
        tx.commit().await?;
        lease.expires_at = expires_at;
        Ok(is_held)
    }

    /// Until when the lead is held that is taken, kept or used now.
    pub(super) fn lease_end(&self) -> Timestamp {
        Clock::lease_now().saturating_add_micros(lease_micros(self.engine.lease()))
    }

    /// Forgets that it leads. The lease stays in the database, for this node to take again or to run out.
    pub(super) fn forget_lead(&mut self) {
        self.lease = None;
        self.lead = None;
    }

    /// Gives the lease back, so that another node need not wait for its end.
    pub(super) async fn resign(&mut self) {
        self.lead = None;
        let Some(lease) = self.lease.take() else {
            return;
        };
        let released = async {
            let tx = self.engine.store().begin().await?;
            leases::release(&tx, &lease).await?;
            tx.commit().await
        };
        if let Err(error) = released.await {
            tracing::debug!(error = causes(&error), "the lease was not given back; it ends by itself");
        }
    }
}

/// The error of one who may no longer lead.
pub(super) fn lost() -> Error {
    Error::broken("the follower's lease was lost")
}

fn lease_micros(lease: Duration) -> i64 {
    i64::try_from(lease.min(LEASE_MAX).as_micros()).expect("ten seconds are few microseconds")
}
