//! Wake-ups: hints that something was committed, so that nobody waits a whole poll interval.
//! They may come late, twice or not at all; the poll is the truth.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use tokio::sync::watch;

/// What a wake-up is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Topic {
    /// The change feed grew.
    Changes,
    /// A job was added.
    Jobs,
    /// A delivery is owed.
    Deliveries,
    /// An attribute, a segment or a workspace was made, edited or deleted.
    Definitions,
    /// An API key was revoked, or a session ended.
    Access,
}

impl Topic {
    pub(crate) const ALL: [Self; 5] = [Self::Changes, Self::Jobs, Self::Deliveries, Self::Definitions, Self::Access];

    /// Its name in a notification.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Changes => "changes",
            Self::Jobs => "jobs",
            Self::Deliveries => "deliveries",
            Self::Definitions => "definitions",
            Self::Access => "access",
        }
    }

    const fn place(self) -> usize {
        match self {
            Self::Changes => 0,
            Self::Jobs => 1,
            Self::Deliveries => 2,
            Self::Definitions => 3,
            Self::Access => 4,
        }
    }
}

/// Hears the wake-ups of one store. Each clone hears every wake-up.
#[derive(Clone, Debug)]
pub struct Wakeups {
    receivers: [watch::Receiver<()>; 5],
}

impl Wakeups {
    /// Waits for the next wake-up about a topic; one that came since the last call counts.
    /// Waits for ever when the store is closed: always pair it with a timer.
    pub async fn next(&mut self, topic: Topic) {
        if self.receivers[topic.place()].changed().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

/// The other end: whoever commits, or hears another node commit, signals here.
#[derive(Clone, Debug)]
pub(crate) struct Signals {
    senders: Arc<[watch::Sender<()>; 5]>,
}

impl Signals {
    pub(crate) fn new() -> Self {
        Self { senders: Arc::new(Topic::ALL.map(|_| watch::Sender::new(()))) }
    }

    pub(crate) fn wakeups(&self) -> Wakeups {
        Wakeups { receivers: Topic::ALL.map(|topic| self.senders[topic.place()].subscribe()) }
    }

    pub(crate) fn send(&self, topic: Topic) {
        self.senders[topic.place()].send_replace(());
    }

    /// Signals everything: what is due after notifications may have been missed.
    pub(crate) fn send_all(&self) {
        for topic in Topic::ALL {
            self.send(topic);
        }
    }
}

/// The topics a transaction will signal once it commits.
#[derive(Debug, Default)]
pub(crate) struct Marked(AtomicU8);

impl Marked {
    pub(crate) fn mark(&self, topic: Topic) {
        self.0.fetch_or(1 << topic.place(), Ordering::Relaxed);
    }

    pub(crate) fn topics(&self) -> impl Iterator<Item = Topic> {
        let bits = self.0.load(Ordering::Relaxed);
        Topic::ALL.into_iter().filter(move |topic| bits & (1 << topic.place()) != 0)
    }
}

#[cfg(test)]
mod tests;
