//! How far an import is, told until it is over.

use std::time::Duration;

use attrium_schema::ImportId;
use attrium_storage::{Topic, Wakeups, imports};
use futures_util::StreamExt as _;
use futures_util::stream::{self, BoxStream};

use super::find;
use crate::cx::Cx;
use crate::error::{Error, causes};
use crate::nouns::{Import, ImportState};

/// An import is looked at this often at most: every commit of a change wakes whoever watches one.
const REST: Duration = Duration::from_millis(100);
/// And this often at least.
const LOOK_AGAIN: Duration = Duration::from_millis(500);

/// An import as it stands, then whenever it moved; ends by itself once it is done or failed, or the engine closes.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`].
pub async fn progress(cx: &Cx, id: ImportId) -> Result<BoxStream<'static, Import>, Error> {
    let import = find(cx, id).await?.ok_or(Error::NotFound { noun: "import" })?;
    let watched = Watched { cx: cx.clone(), wakeups: cx.engine.store().wakeups(), import, is_told: false };
    Ok(stream::unfold(watched, Watched::next).take_until(cx.until_closing()).boxed())
}

struct Watched {
    cx: Cx,
    wakeups: Wakeups,
    import: Import,
    is_told: bool,
}

impl Watched {
    /// Waits until there is something new to tell.
    async fn next(mut self) -> Option<(Import, Self)> {
        while self.is_told {
            if is_over(&self.import) {
                return None;
            }
            self.rest().await;
            match imports::find(self.cx.db(), self.cx.workspace, self.import.id).await {
                Ok(found) => {
                    let found = found?;
                    self.is_told = found == self.import;
                    self.import = found;
                }
                // The database may be back at the next look.
                Err(error) => tracing::warn!(error = causes(&error), "could not look how far an import is"),
            }
        }
        self.is_told = true;
        Some((self.import.clone(), self))
    }

    async fn rest(&mut self) {
        tokio::time::sleep(REST).await;
        tokio::select! {
            () = self.wakeups.next(Topic::Changes) => {}
            () = tokio::time::sleep(LOOK_AGAIN) => {}
        }
    }
}

fn is_over(import: &Import) -> bool {
    match import.state {
        ImportState::Done { .. } | ImportState::Failed { .. } => true,
        ImportState::Queued | ImportState::Running => false,
    }
}
