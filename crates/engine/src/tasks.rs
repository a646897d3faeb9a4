//! The tracked spawner: every task of the engine ends before the engine has closed.

use std::future::Future;

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::error::Error;

/// Spawns tasks and waits for them at the end.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tasks {
    tracker: TaskTracker,
    stop: CancellationToken,
    /// Cuts loops off wherever they are, as the end of the process would.
    cut: CancellationToken,
}

impl Tasks {
    /// Runs a loop of the engine; it ends by itself once [`Tasks::stopping`] says so.
    pub(crate) fn spawn(&self, work: impl Future<Output = ()> + Send + 'static) {
        let cut = self.cut.clone();
        self.tracker.spawn(async move {
            tokio::select! {
                () = work => {}
                () = cut.cancelled() => {}
            }
        });
    }

    /// Runs a unit of work in a task of its own: the caller may vanish, the work is done all the same.
    ///
    /// # Errors
    /// [`Error::Closing`] when the engine is, or what the work answers.
    pub(crate) async fn unit<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T, Error>> + Send + 'static,
    ) -> Result<T, Error> {
        if self.stop.is_cancelled() {
            return Err(Error::Closing);
        }
        self.tracker.spawn(work).await.map_err(Error::broken)?
    }

    /// Answers when the engine begins to close.
    pub(crate) async fn stopping(&self) {
        self.stop.cancelled().await;
    }

    pub(crate) fn is_stopping(&self) -> bool {
        self.stop.is_cancelled()
    }

    /// Tells every task to end.
    pub(crate) fn stop(&self) {
        self.stop.cancel();
        self.tracker.close();
    }

    /// Cuts every loop off where it is.
    pub(crate) fn cut(&self) {
        self.cut.cancel();
        self.stop();
    }

    /// Answers when every task has ended.
    pub(crate) async fn ended(&self) {
        self.tracker.wait().await;
    }
}
