//! Changes: how one edit alters one profile, decided without I/O.
//!
//! For set and unset the newer (occurred at, sequence) wins, so that for distinct times the result
//! does not depend on the order of arrival; a late fact is recorded as not applied.

use serde::{Deserialize, Serialize};

use crate::definition::AttributeKey;
use crate::id::ProfileId;
use crate::profile::{Actor, Held, Identifier, Profile, Source};
use crate::time::Timestamp;
use crate::value::Value;

/// What is done to one attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operation {
    /// It has this value.
    Set(Value),
    /// It has none.
    Unset,
}

/// What someone wants of one profile, already checked against the attribute schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is done to which attribute, in order.
    pub operations: Vec<(AttributeKey, Operation)>,
    /// When it became true.
    pub occurred_at: Timestamp,
    /// Where it comes from.
    pub source: Source,
    /// Who does it.
    pub actor: Actor,
}

/// What the writer adds to an edit when it commits it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The change's number in the feed.
    pub sequence: i64,
    /// When it is recorded.
    pub recorded_at: Timestamp,
}

/// Whether a change made its profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// The profile's first.
    Created,
    /// A later one.
    Updated,
}

/// What a change did to one attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributeChange {
    /// Which.
    pub key: AttributeKey,
    /// The value before; `None` is missing.
    pub old: Option<Value>,
    /// The value it was to have; `None` is missing.
    pub new: Option<Value>,
    /// False for a late fact: a newer one already stood.
    pub is_applied: bool,
}

/// One committed alteration of a profile: history, feed and outbox in one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its number in the feed.
    pub sequence: i64,
    /// Whose.
    pub profile: ProfileId,
    /// The profile's version with it.
    pub version: i64,
    /// Whether it made the profile.
    pub kind: ChangeKind,
    /// Where it came from.
    pub source: Source,
    /// Who did it.
    pub actor: Actor,
    /// When it became true.
    pub occurred_at: Timestamp,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// What it did.
    pub attributes: Vec<AttributeChange>,
}

/// A profile that does not exist yet, with what it will be found by. Version 0: it has no change.
pub fn unborn(id: ProfileId, identifiers: Vec<Identifier>, now: Timestamp) -> Profile {
    Profile { id, version: 0, identifiers, held: std::collections::BTreeMap::new(), created_at: now, updated_at: now }
}

/// Applies an edit: the profile moves to its next version, and the change says what happened.
pub fn apply(profile: &mut Profile, edit: &Edit, stamp: Stamp) -> Change {
    let kind = if profile.version == 0 { ChangeKind::Created } else { ChangeKind::Updated };
    let attributes =
        edit.operations.iter().map(|(key, operation)| apply_one(profile, edit, (key, operation), stamp)).collect();
    profile.version += 1;
    profile.updated_at = stamp.recorded_at;
    Change {
        sequence: stamp.sequence,
        profile: profile.id,
        version: profile.version,
        kind,
        source: edit.source,
        actor: edit.actor,
        occurred_at: edit.occurred_at,
        recorded_at: stamp.recorded_at,
        attributes,
    }
}

fn apply_one(
    profile: &mut Profile,
    edit: &Edit,
    (key, operation): (&AttributeKey, &Operation),
    stamp: Stamp,
) -> AttributeChange {
    let new = match operation {
        Operation::Set(value) => Some(value.clone()),
        Operation::Unset => None,
    };
    let standing = profile.held.get(key);
    let old = standing.and_then(|held| held.value.clone());
    let is_applied =
        standing.is_none_or(|held| (held.occurred_at, held.sequence) <= (edit.occurred_at, stamp.sequence));
    if is_applied {
        let held =
            Held { value: new.clone(), occurred_at: edit.occurred_at, sequence: stamp.sequence, source: edit.source };
        profile.held.insert(key.clone(), held);
    }
    AttributeChange { key: key.clone(), old, new, is_applied }
}

#[cfg(test)]
mod tests;
