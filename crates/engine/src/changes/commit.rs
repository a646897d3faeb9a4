//! The one place that writes profiles: units in, profiles, changes and remembered answers out, all in
//! the caller's transaction.
//!
//! Everything is read before anything is written. On PostgreSQL that keeps a profile's changes in the
//! order of the feed: a transaction gets its id with its first write, so whoever read version 3 as
//! committed has a later id than whoever wrote it.

use std::collections::{BTreeMap, BTreeSet};

use attrium_schema::{Change, Identifier, Profile, ProfileId, Stamp, Timestamp, Value, WorkspaceId, apply, unborn};
use attrium_storage::idempotency::{self, Answer};
use attrium_storage::{StorageError, Tx, changes, identifiers, profiles};

use crate::changes::unit::{Target, Unit};
use crate::clock::Clock;
use crate::error::{Error, Problem, ProblemCode};
use crate::limits::Limits;

/// What became of one unit: the profile as it stands with it, or why nothing was done.
pub(crate) type Outcome = Result<Profile, Error>;

/// Why the transaction must be rolled back; nothing in it counts.
#[derive(Debug)]
pub(crate) enum Lost {
    /// Someone else altered the same rows: the units may be tried again.
    Race,
    /// The database failed.
    Storage(StorageError),
}

impl From<StorageError> for Lost {
    fn from(error: StorageError) -> Self {
        if crate::idempotency::lost_a_race(&error) { Self::Race } else { Self::Storage(error) }
    }
}

/// What all units of one transaction share.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terms {
    now: Timestamp,
    profile_bytes_max: usize,
}

impl Terms {
    pub(crate) fn of(clock: &Clock, limits: &Limits) -> Self {
        Self { now: clock.now(), profile_bytes_max: limits.profile_bytes_max }
    }
}

/// Writes units of one workspace, in order. A unit that is refused leaves its neighbours alone.
///
/// # Errors
/// [`Lost`]: roll the transaction back.
pub(crate) async fn commit(
    tx: &Tx,
    workspace: WorkspaceId,
    units: &[Unit],
    terms: Terms,
) -> Result<Vec<Outcome>, Lost> {
    let answers = find_answers(tx, workspace, units).await?;
    let mut batch = Batch::read(tx, workspace, units).await?;
    let sequences = changes::allocate(tx, units.len()).await?;
    let mut outcomes = Vec::with_capacity(units.len());
    let mut remembered = Vec::new();
    let mut claimed = BTreeSet::new();
    for ((unit, answer), sequence) in units.iter().zip(&answers).zip(sequences) {
        let Some(claim) = &unit.claim else {
            outcomes.push(batch.apply(unit, sequence, terms));
            continue;
        };
        if !claimed.insert(*claim.key_hash.as_bytes()) {
            // The same key twice in one group: the second waits for the first to be committed.
            return Err(Lost::Race);
        }
        let outcome = match claim.replay(answer.as_ref()) {
            Ok(Some(profile)) => Ok(profile),
            Ok(None) => batch.apply(unit, sequence, terms).inspect(|profile| {
                remembered.push(claim.answer(profile, terms.now));
            }),
            Err(mismatch) => Err(mismatch),
        };
        outcomes.push(outcome);
    }
    batch.write(tx, workspace).await?;
    for answer in &remembered {
        idempotency::insert(tx, workspace, answer).await?;
    }
    Ok(outcomes)
}

/// How many changes units made: counted once they are committed.
pub(crate) fn made(outcomes: &[Outcome]) -> u64 {
    outcomes.iter().filter(|outcome| outcome.is_ok()).count() as u64
}

async fn find_answers(tx: &Tx, workspace: WorkspaceId, units: &[Unit]) -> Result<Vec<Option<Answer>>, StorageError> {
    let mut answers = Vec::with_capacity(units.len());
    for unit in units {
        answers.push(match &unit.claim {
            Some(claim) => idempotency::find(tx.db(), workspace, &claim.key_hash).await?,
            None => None,
        });
    }
    Ok(answers)
}

/// The profiles that units are about, and what has been done to them so far.
struct Batch {
    profiles: BTreeMap<ProfileId, Profile>,
    owners: BTreeMap<Identifier, ProfileId>,
    born: BTreeSet<ProfileId>,
    /// Per round, the next version of each stored profile: the database moves one version at a time.
    rounds: Vec<Vec<Profile>>,
    changes: Vec<Change>,
}

impl Batch {
    async fn read(tx: &Tx, workspace: WorkspaceId, units: &[Unit]) -> Result<Self, StorageError> {
        let wanted: BTreeSet<Identifier> = units.iter().filter_map(|unit| unit.target.identifier()).cloned().collect();
        let wanted: Vec<Identifier> = wanted.into_iter().collect();
        let owners: BTreeMap<Identifier, ProfileId> =
            identifiers::find_many(tx.db(), workspace, &wanted).await?.into_iter().collect();
        let named = units.iter().filter_map(|unit| match &unit.target {
            Target::Id(id) => Some(*id),
            Target::Identifier(..) => None,
        });
        let ids: BTreeSet<ProfileId> = named.chain(owners.values().copied()).collect();
        let ids: Vec<ProfileId> = ids.into_iter().collect();
        let found = profiles::find_many(tx.db(), workspace, &ids).await?;
        Ok(Self {
            profiles: found.into_iter().map(|profile| (profile.id, profile)).collect(),
            owners,
            born: BTreeSet::new(),
            rounds: Vec::new(),
            changes: Vec::new(),
        })
    }

    fn apply(&mut self, unit: &Unit, sequence: i64, terms: Terms) -> Outcome {
        let standing = self.standing(unit, terms.now)?;
        check_version(unit, standing.version)?;
        if unit.edit.operations.is_empty() && 0 < standing.version {
            return Ok(standing);
        }
        let mut profile = standing;
        let stored_version = profile.version;
        let change = apply(&mut profile, &unit.edit, Stamp { sequence, recorded_at: terms.now });
        check_size(&profile, terms.profile_bytes_max)?;
        if stored_version == 0 {
            self.born.insert(profile.id);
            self.owners.extend(profile.identifiers.iter().map(|identifier| (identifier.clone(), profile.id)));
        } else if !self.born.contains(&profile.id) {
            self.push_round(profile.clone());
        }
        self.changes.push(change);
        self.profiles.insert(profile.id, profile.clone());
        Ok(profile)
    }

    /// The profile as it stands before the unit; of version 0 when the unit makes it.
    fn standing(&self, unit: &Unit, now: Timestamp) -> Outcome {
        match &unit.target {
            Target::Id(id) => self.profiles.get(id).cloned().ok_or(Error::NotFound { noun: "profile" }),
            Target::Identifier(identifier, fresh) => Ok(self
                .owners
                .get(identifier)
                .and_then(|id| self.profiles.get(id))
                .cloned()
                .unwrap_or_else(|| unborn(*fresh, vec![identifier.clone()], now))),
        }
    }

    fn push_round(&mut self, profile: Profile) {
        let is_in = |round: &Vec<Profile>| round.iter().any(|other| other.id == profile.id);
        // Most groups touch a profile once, so the first round nearly always takes it.
        match self.rounds.iter_mut().find(|round| !is_in(round)) {
            Some(round) => round.push(profile),
            None => self.rounds.push(vec![profile]),
        }
    }

    async fn write(self, tx: &Tx, workspace: WorkspaceId) -> Result<(), Lost> {
        let born: Vec<Profile> = self.born.iter().filter_map(|id| self.profiles.get(id)).cloned().collect();
        profiles::insert_many(tx, workspace, &born).await?;
        for round in &self.rounds {
            if !profiles::update_many(tx, workspace, round).await?.is_empty() {
                return Err(Lost::Race);
            }
        }
        changes::insert_many(tx, workspace, &self.changes).await?;
        Ok(())
    }
}

impl Target {
    fn identifier(&self) -> Option<&Identifier> {
        match self {
            Self::Id(_) => None,
            Self::Identifier(identifier, _) => Some(identifier),
        }
    }
}

fn check_version(unit: &Unit, found: i64) -> Result<(), Error> {
    match unit.expected_version {
        Some(expected) if expected != found => Err(Error::Conflict { noun: "profile", expected, found }),
        Some(_) | None => Ok(()),
    }
}

/// About how much a profile's document takes.
fn check_size(profile: &Profile, bytes_max: usize) -> Result<(), Error> {
    let size_of = |value: &Value| value.to_string().len();
    let size_bytes: usize =
        profile.held.iter().map(|(key, held)| key.as_str().len() + held.value.as_ref().map_or(0, size_of)).sum();
    if size_bytes <= bytes_max {
        return Ok(());
    }
    let message = format!("A profile holds at most {bytes_max} bytes; this one would hold {size_bytes}.");
    Err(Error::Invalid(vec![Problem::new(ProblemCode::TooMany, &["attributes"], message)]))
}
