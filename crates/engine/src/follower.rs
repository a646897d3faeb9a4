//! The follower of one workspace: tails the change feed into the audience index and, while it holds
//! the workspace's lease, turns changes into memberships and transitions.
//!
//! Every node tails; one leads. The leader writes what a page of changes moved together with its place
//! in the feed, in one transaction fenced by the lease. After a crash the next leader rewinds its index
//! to that place and goes on from there, so that no move is lost or written twice.

mod load;
mod lease;
mod lead;
mod rewind;
mod tell;
mod turn;
mod watch;
mod write;

use std::sync::Arc;
use std::time::Duration;

use attrium_storage::{Cursor, Lease, Topic, Wakeups};

use crate::audience::Audience;
use crate::engine::Engine;
use crate::error::causes;
use lead::Lead;

/// What the feed's cursor and the lease are called.
pub(crate) const NAME: &str = "follower";
/// Changes read and written at once.
const PAGE_CHANGES_MAX: usize = 500;
/// How often rules that move with the clock are asked again, and the feed is looked at without a wake-up.
const TICK: Duration = Duration::from_secs(1);
/// Definitions are read again after so many ticks even when nobody said that they changed.
const DEFINITIONS_TICKS: u32 = 30;

/// The state of one workspace's follower.
struct Follower {
    engine: Engine,
    audience: Arc<Audience>,
    /// How far the index is; `None` until it is loaded.
    cursor: Option<Cursor>,
    /// The right to lead.
    lease: Option<Lease>,
    /// What leading takes; `None` while the index is brought to where the last leader stopped.
    lead: Option<Lead>,
    /// How far listeners at this node were told of changes.
    told: Cursor,
    /// Attributes or segments may have changed since they were read.
    is_stale: bool,
}

impl Follower {
    /// One that has loaded nothing yet.
    fn new(engine: Engine, audience: Arc<Audience>) -> Self {
        Self { engine, audience, cursor: None, lease: None, lead: None, told: Cursor::START, is_stale: true }
    }
}

/// Follows a workspace until the engine closes.
pub(crate) async fn run(engine: Engine, audience: Arc<Audience>) {
    let mut bells = Bells::new(&engine);
    let tasks = engine.tasks().clone();
    let mut follower = Follower::new(engine, audience);
    let mut ticks = 0;
    while !tasks.is_stopping() {
        let round = follower.audience.rounds.begin();
        match follower.turn().await {
            Ok(()) => follower.audience.rounds.end(round, ()),
            Err(error) => {
                // What was done in memory may not be what is written: begin again from what is.
                follower.forget_lead();
                let workspace = follower.audience.workspace;
                tracing::warn!(workspace.id = %workspace, error = causes(&error), "a turn of the follower failed");
            }
        }
        let heard = tokio::select! {
            () = tasks.stopping() => break,
            heard = bells.next(&follower.audience) => heard,
        };
        ticks += 1;
        if heard == Heard::Definitions || DEFINITIONS_TICKS <= ticks {
            follower.is_stale = true;
            ticks = 0;
        }
    }
    follower.resign().await;
}

/// Begins to follow workspaces that other nodes make.
pub(crate) async fn watch_workspaces(engine: Engine) {
    let mut wakeups = engine.store().wakeups();
    loop {
        tokio::select! {
            () = engine.tasks().stopping() => return,
            () = wakeups.next(Topic::Definitions) => {}
            () = tokio::time::sleep(TICK * DEFINITIONS_TICKS) => {}
        }
        if let Err(error) = engine.follow_workspaces().await {
            tracing::warn!(error = causes(&error), "could not look for new workspaces");
        }
    }
}

/// What ends a follower's rest.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Heard {
    Changes,
    Definitions,
}

struct Bells {
    changes: Wakeups,
    definitions: Wakeups,
    clock: Option<tokio::sync::watch::Receiver<u64>>,
}

impl Bells {
    fn new(engine: &Engine) -> Self {
        Self { changes: engine.store().wakeups(), definitions: engine.store().wakeups(), clock: engine.clock().moves() }
    }

    async fn next(&mut self, audience: &Audience) -> Heard {
        let clock_moves = async {
            if let Some(moves) = &mut self.clock
                && moves.changed().await.is_ok()
            {
                return;
            }
            std::future::pending::<()>().await;
        };
        tokio::select! {
            biased;
            // The bell may speak of anything.
            () = audience.rounds.rung() => Heard::Definitions,
            () = self.definitions.next(Topic::Definitions) => Heard::Definitions,
            () = self.changes.next(Topic::Changes) => Heard::Changes,
            () = clock_moves => Heard::Changes,
            () = tokio::time::sleep(TICK) => Heard::Changes,
        }
    }
}

#[cfg(test)]
mod tests;
