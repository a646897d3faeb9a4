//! What a caller may do. Every use case names the right it needs; roles and API keys carry sets of them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::nouns::Role;

/// Leave to do one kind of thing in a workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// See profiles, their history and their memberships.
    ReadProfiles,
    /// Create profiles and alter their values.
    EditProfiles,
    /// See attribute definitions and the values profiles have most often.
    ReadAttributes,
    /// Declare attributes and edit their definitions.
    EditAttributes,
    /// See segments, their members and their counts; analyse rules.
    ReadSegments,
    /// Create, edit and delete segments.
    EditSegments,
    /// See message templates; render them for customers one may see.
    ReadTemplates,
    /// Create, edit and delete message templates.
    EditTemplates,
    /// See imports and their rejects.
    ReadImports,
    /// Start imports.
    Import,
    /// See webhook endpoints and what is delivered to them.
    ReadEndpoints,
    /// Pause and delete webhook endpoints, send deliveries again; and, for whoever may read profiles too, create and
    /// edit endpoints.
    ManageEndpoints,
    /// Add users and reset their passwords.
    ManageUsers,
    /// Create, list and revoke API keys.
    ManageKeys,
    /// Create workspaces.
    ManageWorkspaces,
}

impl Right {
    /// Every right, in the order people meet them.
    pub const ALL: [Self; 15] = [
        Self::ReadProfiles,
        Self::EditProfiles,
        Self::ReadAttributes,
        Self::EditAttributes,
        Self::ReadSegments,
        Self::EditSegments,
        Self::ReadTemplates,
        Self::EditTemplates,
        Self::ReadImports,
        Self::Import,
        Self::ReadEndpoints,
        Self::ManageEndpoints,
        Self::ManageUsers,
        Self::ManageKeys,
        Self::ManageWorkspaces,
    ];

    /// Its name as stored and typed: `read_profiles`. API keys call it a scope.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ReadProfiles => "read_profiles",
            Self::EditProfiles => "edit_profiles",
            Self::ReadAttributes => "read_attributes",
            Self::EditAttributes => "edit_attributes",
            Self::ReadSegments => "read_segments",
            Self::EditSegments => "edit_segments",
            Self::ReadTemplates => "read_templates",
            Self::EditTemplates => "edit_templates",
            Self::ReadImports => "read_imports",
            Self::Import => "import",
            Self::ReadEndpoints => "read_endpoints",
            Self::ManageEndpoints => "manage_endpoints",
            Self::ManageUsers => "manage_users",
            Self::ManageKeys => "manage_keys",
            Self::ManageWorkspaces => "manage_workspaces",
        }
    }

    const fn bit(self) -> u16 {
        1 << self as u16
    }
}

impl fmt::Display for Right {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

/// The text names no right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a scope; use {}", names())]
pub struct RightError {
    /// The text.
    pub text: String,
}

fn names() -> String {
    Right::ALL.map(Right::name).join(", ")
}

impl FromStr for Right {
    type Err = RightError;

    fn from_str(text: &str) -> Result<Self, RightError> {
        Self::ALL
            .into_iter()
            .find(|right| right.name() == text)
            .ok_or_else(|| RightError { text: text.chars().take(64).collect() })
    }
}

/// A set of rights.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rights(u16);

impl Rights {
    /// No right at all.
    pub const NONE: Self = Self(0);

    /// Every right.
    pub fn all() -> Self {
        Right::ALL.into_iter().collect()
    }

    /// Whether this one is among them.
    pub const fn has(self, right: Right) -> bool {
        self.0 & right.bit() != 0
    }

    /// The same set without one.
    #[must_use]
    pub const fn without(self, right: Right) -> Self {
        Self(self.0 & !right.bit())
    }

    /// Those in the set, in the order of [`Right::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Right> {
        Right::ALL.into_iter().filter(move |right| self.has(*right))
    }
}

impl FromIterator<Right> for Rights {
    fn from_iter<I: IntoIterator<Item = Right>>(rights: I) -> Self {
        Self(rights.into_iter().fold(0, |bits, right| bits | right.bit()))
    }
}

/// What a role may do in its workspace.
pub fn of_role(role: Role) -> Rights {
    let reads = [
        Right::ReadProfiles,
        Right::ReadAttributes,
        Right::ReadSegments,
        Right::ReadTemplates,
        Right::ReadImports,
        Right::ReadEndpoints,
    ];
    let more: &[Right] = match role {
        Role::Owner => &Right::ALL,
        Role::Admin => return Rights::all().without(Right::ManageWorkspaces),
        Role::Marketer => &[Right::EditProfiles, Right::EditSegments, Right::EditTemplates, Right::Import],
        Role::Analyst => &[],
        Role::Developer => {
            &[Right::EditProfiles, Right::EditAttributes, Right::Import, Right::ManageEndpoints, Right::ManageKeys]
        }
    };
    reads.iter().chain(more).copied().collect()
}

/// The role with this name in lower case, or `None`.
pub fn role_from_name(name: &str) -> Option<Role> {
    match name {
        "owner" => Some(Role::Owner),
        "admin" => Some(Role::Admin),
        "marketer" => Some(Role::Marketer),
        "analyst" => Some(Role::Analyst),
        "developer" => Some(Role::Developer),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
