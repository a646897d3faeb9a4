//! Wake-ups: hints that something was committed, so that nobody waits a whole poll interval.
//! They may come late, twice or not at all; the poll is the truth.

/// What a wake-up is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Topic {
    /// The change feed grew.
    Changes,
    /// A job became due or was added.
    Jobs,
    /// An attribute, a segment or a workspace was made, edited or deleted.
    Definitions,
}

/// Hears the wake-ups of one store. Each clone hears every wake-up.
#[derive(Clone, Debug)]
pub struct Wakeups {}

impl Wakeups {
    /// Waits for the next wake-up about a topic; one that came since the last call counts.
    /// Waits for ever when the store is closed: always pair it with a timer.
    pub async fn next(&mut self, topic: Topic) {
        let _ = topic;
        unimplemented!("lands next")
    }
}
