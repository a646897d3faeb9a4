//! Work for the processor, kept off the threads that serve: as many at once as there are cores, a
//! short queue behind them, and beyond that an honest refusal.

use std::sync::Arc;
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

impl Cpu {
    pub(crate) fn new() -> Self {
        let cores = available_parallelism().map_or(1, usize::from);
        Self { cores: Arc::new(Semaphore::new(cores)), queue: Arc::new(Semaphore::new(cores + QUEUE_MAX)) }
    }

    /// Does the work when a core is free.
    ///
    /// # Errors
    /// [`Error::Busy`] when the queue is full.
    pub(crate) async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
        let place = Arc::clone(&self.queue).try_acquire_owned().map_err(|_| Error::Busy)?;
        let core = Arc::clone(&self.cores).acquire_owned().await.map_err(|_| Error::Closing)?;
        // Both permits go with the work: a caller that gives up does not make it stop.
        let done = tokio::task::spawn_blocking(move || {
            let outcome = work();
            drop((core, place));
            outcome
        });
        done.await.map_err(Error::broken)
    }
}
