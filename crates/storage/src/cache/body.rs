//! A profile as Redis holds it: three lines of JSON. The first says whose it is and which version, the other two are
//! the documents of its row.

use attrium_schema::{Identifier, IdentifierKind, Profile, ProfileId, Timestamp, WorkspaceId};
use serde::{Deserialize, Serialize};

use crate::document::{HeldMeta, HeldValues, read_held};
use crate::statement::Place;

#[derive(Serialize, Deserialize)]
struct Head {
    workspace: WorkspaceId,
    profile: ProfileId,
    version: i64,
    identifiers: Vec<(IdentifierKind, String)>,
    created_at: i64,
    updated_at: i64,
}

/// The text to keep; `None` for a profile that cannot be written down.
pub(super) fn write(workspace: WorkspaceId, profile: &Profile) -> Option<String> {
    let head = Head {
        workspace,
        profile: profile.id,
        version: profile.version,
        identifiers: profile.identifiers.iter().map(|one| (one.kind(), one.value().to_owned())).collect(),
        created_at: profile.created_at.as_micros(),
        updated_at: profile.updated_at.as_micros(),
    };
    let head = serde_json::to_string(&head).ok()?;
    let values = serde_json::to_string(&HeldValues(&profile.held)).ok()?;
    let meta = serde_json::to_string(&HeldMeta(&profile.held)).ok()?;
    Some(format!("{head}\n{values}\n{meta}"))
}

/// The profile; `None` for a text that does not read, or speaks of another profile or workspace.
pub(super) fn read(workspace: WorkspaceId, profile: ProfileId, text: &[u8]) -> Option<Profile> {
    let mut lines = std::str::from_utf8(text).ok()?.split('\n');
    let (head, values, meta) = (lines.next()?, lines.next()?, lines.next()?);
    let head: Head = serde_json::from_str(head).ok()?;
    if head.workspace != workspace || head.profile != profile {
        return None;
    }
    let identifiers = head.identifiers.iter().map(|(kind, value)| Identifier::parse(*kind, value).ok());
    Some(Profile {
        id: profile,
        version: head.version,
        identifiers: identifiers.collect::<Option<_>>()?,
        held: read_held(Place { table: "profiles", row: &profile }, values, meta).ok()?,
        created_at: Timestamp::from_micros(head.created_at)?,
        updated_at: Timestamp::from_micros(head.updated_at)?,
    })
}
