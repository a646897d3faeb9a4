//! Writers: tasks that gather units into group commits. One on SQLite, four on PostgreSQL, where each
//! profile is always on the same one so that its units never race each other.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::time::Duration;

use attrium_schema::WorkspaceId;
use attrium_storage::{Cache, Store};
use tokio::sync::{mpsc, oneshot};

use crate::cache;
use crate::changes::commit::{Lost, Outcome, Terms, commit, made};
use crate::changes::unit::{Target, Unit};
use crate::clock::Clock;
use crate::error::{Error, causes};
use crate::limits::Limits;
use crate::tasks::Tasks;

const WRITERS_ON_POSTGRES: usize = 4;
/// How long a group waits for company once callers have proved to come together.
const GATHER: Duration = Duration::from_millis(2);
const ATTEMPTS_MAX: usize = 5;

/// The way to the writer tasks.
#[derive(Debug)]
pub(crate) struct Writers {
    shards: Vec<mpsc::Sender<Submitted>>,
}

/// What writers work with.
#[derive(Clone)]
pub(crate) struct Tools {
    pub(crate) store: Store,
    pub(crate) cache: Arc<Cache>,
    pub(crate) clock: Clock,
    pub(crate) limits: Limits,
}

#[derive(Debug)]
struct Submitted {
    unit: Unit,
    reply: oneshot::Sender<Outcome>,
}

impl Writers {
    pub(crate) fn start(tools: &Tools, tasks: &Tasks) -> Self {
        let count = if tools.store.is_sqlite() { 1 } else { WRITERS_ON_POSTGRES };
        let shards = (0..count)
            .map(|_| {
                let (sender, units) = mpsc::channel(tools.limits.writer_queue_max);
                let writer = Writer { tools: tools.clone(), units };
                tasks.spawn(writer.run(tasks.clone()));
                sender
            })
            .collect();
        Self { shards }
    }

    /// Hands a unit to its writer and answers once it is committed, or refused.
    ///
    /// # Errors
    /// [`Error::Busy`] when the writer's queue is full, [`Error::Closing`], or why the unit was refused.
    pub(crate) async fn submit(&self, unit: Unit, shard_by: &impl Hash) -> Outcome {
        let mut hasher = DefaultHasher::new();
        (unit.workspace, shard_by).hash(&mut hasher);
        let count = self.shards.len() as u64;
        let shard = usize::try_from(hasher.finish() % count).expect("a shard's number is small");
        let (reply, outcome) = oneshot::channel();
        self.shards[shard].try_send(Submitted { unit, reply }).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => Error::Busy,
            mpsc::error::TrySendError::Closed(_) => Error::Closing,
        })?;
        outcome.await.map_err(|_| Error::Closing)?
    }

    /// Whether ids and identifiers of one profile must be brought to the same writer.
    pub(crate) fn are_many(&self) -> bool {
        1 < self.shards.len()
    }
}

struct Writer {
    tools: Tools,
    units: mpsc::Receiver<Submitted>,
}

impl Writer {
    async fn run(mut self, tasks: Tasks) {
        let mut group = Vec::with_capacity(self.tools.limits.commit_units_max);
        let mut has_company = false;
        while self.gather(&mut group, has_company, &tasks).await {
            has_company = 1 < group.len();
            metrics::histogram!("attrium_commit_units").record(u32::try_from(group.len()).unwrap_or(u32::MAX));
            for group in by_workspace(std::mem::take(&mut group)) {
                self.write_group(group).await;
            }
        }
    }

    /// Fills the group; false when the engine closes and nothing is left.
    async fn gather(&mut self, group: &mut Vec<Submitted>, has_company: bool, tasks: &Tasks) -> bool {
        let units_max = self.tools.limits.commit_units_max;
        let first = tokio::select! {
            biased;
            taken = self.units.recv_many(group, units_max) => taken,
            () = tasks.stopping(), if !self.units.is_closed() => {
                // Nothing new comes in; what is queued is still written.
                self.units.close();
                self.units.recv_many(group, units_max).await
            }
        };
        if first == 0 {
            return false;
        }
        // A lone caller never waits: only those who came together last time do.
        let deadline = tokio::time::Instant::now() + GATHER;
        while has_company && group.len() < units_max {
            let room = units_max - group.len();
            match tokio::time::timeout_at(deadline, self.units.recv_many(group, room)).await {
                Ok(0) | Err(_) => break,
                Ok(_) => {}
            }
        }
        true
    }

    /// One commit for all; when it fails, one for each, so that a bad unit fails alone.
    async fn write_group(&self, group: Vec<Submitted>) {
        let (units, replies): (Vec<Unit>, Vec<_>) =
            group.into_iter().map(|submitted| (submitted.unit, submitted.reply)).unzip();
        match self.try_write(&units).await {
            Ok(outcomes) => answer(replies, outcomes),
            Err(Failed::Unknown(error)) => {
                tracing::error!(error = causes(&error), units = replies.len(), "a group commit failed at COMMIT");
                refuse(replies, || Error::Unsure);
            }
            // The database is away: asking it once for each unit would keep everybody waiting.
            Err(Failed::NotBegun(error)) => {
                tracing::warn!(error = causes(&error), units = replies.len(), "a group commit could not begin");
                refuse(replies, || Error::Busy);
            }
            Err(Failed::Before(_)) => {
                metrics::counter!("attrium_groups_split_total").increment(1);
                for (unit, reply) in units.into_iter().zip(replies) {
                    let outcome = self.write_alone(unit).await;
                    answer(vec![reply], vec![outcome]);
                }
            }
        }
    }

    async fn write_alone(&self, unit: Unit) -> Outcome {
        let units = [unit];
        for _ in 1..ATTEMPTS_MAX {
            match self.try_write(&units).await {
                Err(Failed::Before(Lost::Race)) => {}
                outcome => return only(outcome),
            }
        }
        only(self.try_write(&units).await)
    }

    async fn try_write(&self, units: &[Unit]) -> Result<Vec<Outcome>, Failed> {
        let Tools { store, cache, clock, limits } = &self.tools;
        let tx = store.begin().await.map_err(|error| Failed::NotBegun(error.into()))?;
        let terms = Terms::of(clock, limits);
        let workspace = units[0].workspace;
        let outcomes = commit(&tx, workspace, units, terms).await.map_err(Failed::Before)?;
        let committed = tx.commit().await;
        // When nobody knows whether it is committed, it may be.
        cache.forget_older(workspace, &cache::versions_of_units(&outcomes)).await;
        committed.map_err(|error| Failed::Unknown(Error::from(error)))?;
        metrics::counter!("attrium_commits_total").increment(1);
        metrics::counter!("attrium_changes_total").increment(made(&outcomes));
        Ok(outcomes)
    }
}

/// A transaction is about one workspace: it reads all it needs before it writes.
fn by_workspace(group: Vec<Submitted>) -> impl Iterator<Item = Vec<Submitted>> {
    let mut groups: BTreeMap<WorkspaceId, Vec<Submitted>> = BTreeMap::new();
    for submitted in group {
        groups.entry(submitted.unit.workspace).or_default().push(submitted);
    }
    groups.into_values()
}

/// Why a transaction did not happen.
enum Failed {
    /// The database gave no transaction.
    NotBegun(Error),
    /// It was rolled back.
    Before(Lost),
    /// COMMIT failed: nobody knows, so nothing may be tried again.
    Unknown(Error),
}

fn only(outcome: Result<Vec<Outcome>, Failed>) -> Outcome {
    match outcome {
        Ok(mut outcomes) => outcomes.pop().unwrap_or_else(|| Err(Error::broken("a unit without an outcome"))),
        Err(Failed::Before(Lost::Storage(error))) => Err(error.into()),
        Err(Failed::Before(Lost::Race)) => Err(Error::Busy),
        Err(Failed::NotBegun(error) | Failed::Unknown(error)) => Err(error),
    }
}

/// A caller that went away meanwhile is not told; its unit is committed all the same.
fn answer(replies: Vec<oneshot::Sender<Outcome>>, outcomes: Vec<Outcome>) {
    for (reply, outcome) in replies.into_iter().zip(outcomes) {
        drop(reply.send(outcome));
    }
}

fn refuse(replies: Vec<oneshot::Sender<Outcome>>, error: impl Fn() -> Error) {
    for reply in replies {
        drop(reply.send(Err(error())));
    }
}

impl Target {
    /// What brings all units of one profile to the same writer.
    pub(crate) fn shard_text(&self) -> String {
        match self {
            Self::Id(id) => id.to_string(),
            Self::Identifier(identifier, _) => identifier.value().to_owned(),
        }
    }
}
