//! Threads of their own for what goes out. The HTTP library reads interim answers (`100 Continue`) for as long
//! as they come, without a pause: a receiver that floods us with them keeps these threads busy, never those that
//! serve.

use std::io;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;
use tokio::time::timeout;

const THREADS: usize = 2;

/// A runtime beside the one that asks.
#[derive(Debug)]
pub(super) struct Threads {
    /// `None` once it is being dropped.
    runtime: Option<Runtime>,
}

impl Threads {
    pub(super) fn start() -> io::Result<Self> {
        let runtime =
            Builder::new_multi_thread().worker_threads(THREADS).thread_name("outbound").enable_all().build()?;
        Ok(Self { runtime: Some(runtime) })
    }

    /// Runs some work there; whoever no longer waits ends it. `None` when it took too long, or panicked.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
        longest: Duration,
    ) -> Option<T> {
        let runtime = self.runtime.as_ref().expect("it is there until it is dropped");
        // Aborts the work when it is dropped.
        let mut task = JoinSet::new();
        task.spawn_on(work, runtime.handle());
        timeout(longest, task.join_next()).await.ok()??.ok()
    }
}

impl Drop for Threads {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // A thread that waits for work may not wait for a runtime's end.
            runtime.shutdown_background();
        }
    }
}
