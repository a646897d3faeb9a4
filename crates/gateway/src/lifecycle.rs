//! The phases of a server's end: it drains (not ready, still serving), then stops accepting, then
//! finishes what is in flight. A second signal skips the waiting.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

/// Shared by whoever needs to know in which phase the server is. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Lifecycle {
    draining: CancellationToken,
    closing: CancellationToken,
    hurried: CancellationToken,
}

impl Lifecycle {
    /// Whether the server is on its way out.
    pub fn is_draining(&self) -> bool {
        self.draining.is_cancelled()
    }

    /// Ends the server as the first signal does.
    pub fn stop(&self) {
        self.draining.cancel();
    }

    /// Ends the server as the second signal does.
    pub fn hurry(&self) {
        self.draining.cancel();
        self.hurried.cancel();
    }

    /// Waits until the server is asked to end.
    pub async fn until_draining(&self) {
        self.draining.cancelled().await;
    }

    /// Waits until no connection is accepted any more.
    pub async fn until_closing(&self) {
        self.closing.cancelled().await;
    }

    /// Waits until a second signal came.
    pub async fn until_hurried(&self) {
        self.hurried.cancelled().await;
    }

    /// Leaves balancers the time to look away, then ends accepting.
    pub(crate) async fn drain(&self, time: Duration) {
        self.until_draining().await;
        tokio::select! {
            () = tokio::time::sleep(time) => {}
            () = self.until_hurried() => {}
        }
        self.closing.cancel();
    }

    /// Listens for SIGTERM and SIGINT for as long as the process lives. The second exits within two
    /// seconds, whatever else is going on.
    ///
    /// # Errors
    /// When the operating system does not let it listen.
    #[expect(clippy::disallowed_methods, reason = "nothing waits for this task: it ends with the process")]
    pub fn listen_for_signals(&self) -> std::io::Result<()> {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        let lifecycle = self.clone();
        tokio::spawn(async move {
            let mut signals = 0;
            loop {
                tokio::select! {
                    _ = terminate.recv() => {}
                    _ = interrupt.recv() => {}
                }
                signals += 1;
                if signals == 1 {
                    tracing::info!("stopping: finishing what is in flight; a second signal hurries");
                    lifecycle.stop();
                } else {
                    tracing::warn!("stopping at once");
                    lifecycle.hurry();
                    tokio::time::sleep(Duration::from_millis(1_500)).await;
                    std::process::exit(1);
                }
            }
        });
        Ok(())
    }
}
