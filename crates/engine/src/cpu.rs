//! Work for the processor, kept off the threads that serve: as many at once as there are cores, a
//! short queue behind them, and beyond that an honest refusal.
//!
//! A thread cannot be stopped, so work that may take long asks now and then whether it is still wanted:
//! a caller that gave up, or whose time is over, gives its core back.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::available_parallelism;

use tokio::sync::Semaphore;

use crate::error::Error;

const QUEUE_MAX: usize = 64;

/// Runs work on blocking threads.
#[derive(Clone, Debug)]
pub(crate) struct Cpu {
    cores: Arc<Semaphore>,
    queue: Arc<Semaphore>,
}

/// Whether someone still waits for the outcome of work.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    is_dropped: Arc<AtomicBool>,
}

impl Wanted {
    /// False for good once the caller went away; the outcome then goes nowhere.
    pub(crate) fn is_wanted(&self) -> bool {
        !self.is_dropped.load(Ordering::Relaxed)
    }
}

/// Held by the caller: dropped with it, whether it got its answer or not.
struct Caller(Wanted);

impl Drop for Caller {
    fn drop(&mut self) {
        self.0.is_dropped.store(true, Ordering::Relaxed);
    }
}

impl Cpu {
    pub(crate) fn new() -> Self {
        let cores = available_parallelism().map_or(1, usize::from);
        Self { cores: Arc::new(Semaphore::new(cores)), queue: Arc::new(Semaphore::new(cores + QUEUE_MAX)) }
    }

    /// Does the work when a core is free.
    ///
    /// # Errors
    /// [`Error::Busy`] when the queue is full.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Wanted) -> T + Send + 'static,
    ) -> Result<T, Error> {
        let place = Arc::clone(&self.queue).try_acquire_owned().map_err(|_| Error::Busy)?;
        let core = Arc::clone(&self.cores).acquire_owned().await.map_err(|_| Error::Closing)?;
        let wanted = Wanted::default();
        let _caller = Caller(wanted.clone());
        // Both permits go with the work: it holds its core until it has noticed that nobody waits.
        let done = tokio::task::spawn_blocking(move || {
            let outcome = work(&wanted);
            drop((core, place));
            outcome
        });
        done.await.map_err(Error::broken)
    }
}

#[cfg(test)]
mod tests;
