//! Turns: the events of one caller's subscriptions are made a few at a time.

use std::sync::{Arc, Mutex, PoisonError};

use futures_util::StreamExt as _;
use futures_util::stream::{BoxStream, Stream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// A subscription's turn. It is taken when an event comes up, held while the event's fields are resolved, and
/// ends when the event is told.
#[derive(Clone, Debug)]
pub(crate) struct Turn {
    turns: Arc<Semaphore>,
    held: Arc<Mutex<Option<OwnedSemaphorePermit>>>,
}

impl Turn {
    /// A turn among those of one caller.
    pub(crate) fn of(turns: Arc<Semaphore>) -> Self {
        Self { turns, held: Arc::default() }
    }

    /// Ends the turn, if it is held.
    pub(crate) fn end(&self) {
        *self.held.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Events that come up one by one, each when it is their turn.
    pub(super) fn take_by_turn<T: Send + 'static>(
        self,
        events: impl Stream<Item = T> + Send + 'static,
    ) -> BoxStream<'static, T> {
        let one_by_one = events.then(move |event| {
            let turn = self.clone();
            async move {
                let permit = Arc::clone(&turn.turns).acquire_owned().await.expect("the semaphore is never closed");
                *turn.held.lock().unwrap_or_else(PoisonError::into_inner) = Some(permit);
                event
            }
        });
        one_by_one.boxed()
    }
}

#[cfg(test)]
mod tests;
