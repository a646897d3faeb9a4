//! What happens, told while it happens to whoever listens: changes of profiles, comings and goings, counts.
//!
//! Every node tells what its own follower sees, so it does not matter which node a listener is at, or which
//! one leads. A listener hears all that is committed after it began to listen, in order, at least once: after
//! another node took the lead, a few changes may be told twice. One that falls behind hears that it missed
//! something, and reads again. How far an import is, `imports::progress` tells.

mod rooms;
mod segment;

use attrium_schema::ProfileId;
use attrium_storage::transitions;
use futures_util::StreamExt as _;
use futures_util::future::ready;
use futures_util::stream::{self, BoxStream};
use tokio::sync::broadcast::error::RecvError;

use crate::cx::Cx;
use crate::error::Error;
use crate::profiles;
use crate::rights::Right;

pub use rooms::Happening;
pub(crate) use rooms::Live;
pub use segment::{SegmentChange, of_segment};

/// Everything that happens in the workspace, until the engine closes. Without the right to read segments, who
/// came and went is not part of it.
///
/// # Errors
/// [`Error::Denied`].
pub async fn activity(cx: &Cx) -> Result<BoxStream<'static, Happening>, Error> {
    cx.require(Right::ReadProfiles)?;
    let sees_moves = cx.rights().has(Right::ReadSegments);
    let heard = hear(cx).await?;
    Ok(heard.filter(move |happening| ready(sees_moves || !matches!(happening, Happening::Transition(_)))).boxed())
}

/// What happens to one profile, as [`activity`].
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`].
pub async fn of_profile(cx: &Cx, id: ProfileId) -> Result<BoxStream<'static, Happening>, Error> {
    let heard = activity(cx).await?;
    profiles::find(cx, id).await?.ok_or(Error::NotFound { noun: "profile" })?;
    let is_about = move |happening: &Happening| match happening {
        Happening::Change(change) => change.profile == id,
        Happening::Transition(moved) => moved.profile == id,
        Happening::Missed => true,
    };
    Ok(heard.filter(move |happening| ready(is_about(happening))).boxed())
}

/// What happens in the workspace, whoever asks.
async fn hear(cx: &Cx) -> Result<BoxStream<'static, Happening>, Error> {
    let newest = transitions::newest(cx.db(), cx.workspace).await?;
    let receiver = cx.engine.live().listen(cx.workspace, newest);
    let heard = stream::unfold(receiver, async |mut receiver| match receiver.recv().await {
        Ok(happening) => Some((happening, receiver)),
        Err(RecvError::Lagged(_)) => Some((Happening::Missed, receiver)),
        Err(RecvError::Closed) => None,
    });
    Ok(heard.take_until(cx.until_closing()).boxed())
}
