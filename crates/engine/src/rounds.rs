//! Rounds: whoever waits for a loop asks it to look again, and hears what came of the round that did.

use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::{Notify, watch};

/// What a loop shares with those who wait for it; `T` is what comes of a round.
#[derive(Debug, Default)]
pub(crate) struct Rounds<T> {
    bell: Notify,
    /// How many have asked.
    asked: AtomicU64,
    /// The last round that ended.
    ended: watch::Sender<(Round, T)>,
}

/// A round, known by how many had asked before it began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Round(u64);

impl<T: Copy> Rounds<T> {
    /// What came of the first round to end that began after this call.
    pub(crate) async fn next(&self) -> T {
        let asked = Round(self.asked.fetch_add(1, Ordering::AcqRel) + 1);
        let mut ended = self.ended.subscribe();
        self.ring();
        let (_, outcome) =
            *ended.wait_for(|(round, _)| asked <= *round).await.expect("the sender lives as long as `self`");
        outcome
    }

    /// Lets the loop look at once; nobody waits for it.
    pub(crate) fn ring(&self) {
        self.bell.notify_one();
    }

    /// For the loop: answers when someone rings.
    pub(crate) async fn rung(&self) {
        self.bell.notified().await;
    }

    /// For the loop: begins a round. One that fails is not ended; the next answers whoever waits.
    pub(crate) fn begin(&self) -> Round {
        Round(self.asked.load(Ordering::Acquire))
    }

    /// For the loop: ends a round.
    pub(crate) fn end(&self, round: Round, outcome: T) {
        self.ended.send_replace((round, outcome));
    }
}

#[cfg(test)]
mod tests;
