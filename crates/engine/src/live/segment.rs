//! A segment as it changes: how many came and went, told a few times a second however many they are.

use std::pin::pin;
use std::time::Duration;

use attrium_schema::SegmentId;
use futures_util::StreamExt as _;
use futures_util::stream::{self, BoxStream};

use super::{Happening, hear};
use crate::cx::Cx;
use crate::error::Error;
use crate::nouns::TransitionKind;
use crate::rights::Right;
use crate::segments;

/// After the first who comes or goes, others are waited for that long and told together.
const WINDOW: Duration = Duration::from_millis(250);

/// How many came to and went from a segment since the last time this was told. Who missed something is told
/// fewer, so zeros mean that there is something to read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SegmentChange {
    /// How many came.
    pub entered: u32,
    /// How many went.
    pub left: u32,
}

/// What happens to one segment, until the engine closes: at most four times a second.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`].
pub async fn of_segment(cx: &Cx, id: SegmentId) -> Result<BoxStream<'static, SegmentChange>, Error> {
    cx.require(Right::ReadSegments)?;
    let heard = hear(cx).await?;
    segments::find(cx, id).await?.ok_or(Error::NotFound { noun: "segment" })?;
    Ok(stream::unfold(heard, move |heard| gather(heard, id)).boxed())
}

/// Waits for the first thing that happens to the segment, then gathers what follows soon.
async fn gather(
    mut heard: BoxStream<'static, Happening>,
    id: SegmentId,
) -> Option<(SegmentChange, BoxStream<'static, Happening>)> {
    let mut change = SegmentChange::default();
    while !change.add(&heard.next().await?, id) {}
    let mut window = pin!(tokio::time::sleep(WINDOW));
    loop {
        tokio::select! {
            () = &mut window => break,
            next = heard.next() => match next {
                Some(happening) => change.add(&happening, id),
                None => break,
            },
        };
    }
    Some((change, heard))
}

impl SegmentChange {
    /// Adds what happened; false when it is not about the segment.
    fn add(&mut self, happening: &Happening, id: SegmentId) -> bool {
        match happening {
            Happening::Transition(moved) if moved.segment == id => match moved.kind {
                TransitionKind::Entered => self.entered += 1,
                TransitionKind::Left => self.left += 1,
            },
            Happening::Missed => {}
            Happening::Transition(_) | Happening::Change(_) => return false,
        }
        true
    }
}
