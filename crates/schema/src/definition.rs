//! Attribute definitions: the facts a team has declared that it keeps.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::format::Format;
use crate::hidden::{HiddenCharacter, is_hidden};
use crate::id::AttributeId;
use crate::time::Timestamp;
use crate::value_type::{ScalarType, ValueType};

/// The name an attribute is known by in rules, templates and the API: a letter, then up to 63
/// letters, digits or underscores. Two keys that differ only in case are the same key.
#[derive(Clone, Debug, Eq, Serialize)]
pub struct AttributeKey(String);

/// The text is not a key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a key; use a letter, then up to 63 letters, digits or underscores")]
pub struct KeyError {
    /// The text, cut to 64 characters.
    pub text: String,
}

impl AttributeKey {
    /// Most characters of a key.
    pub const CHARS_MAX: usize = 64;

    /// # Errors
    /// [`KeyError`] unless the text matches `[A-Za-z][A-Za-z0-9_]{0,63}`.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let is_key = text.len() <= Self::CHARS_MAX
            && text.starts_with(|letter: char| letter.is_ascii_alphabetic())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if is_key { Ok(Self(text.to_owned())) } else { Err(KeyError { text: text.chars().take(64).collect() }) }
    }

    /// The key as it was declared.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The one spelling of all keys that are the same key.
    pub fn folded(&self) -> String {
        self.0.to_ascii_lowercase()
    }

    fn folded_bytes(&self) -> impl Iterator<Item = u8> {
        self.0.bytes().map(|byte| byte.to_ascii_lowercase())
    }
}

impl PartialEq for AttributeKey {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl PartialOrd for AttributeKey {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for AttributeKey {
    fn cmp(&self, other: &Self) -> Ordering {
        self.folded_bytes().cmp(other.folded_bytes())
    }
}

impl Hash for AttributeKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for byte in self.folded_bytes() {
            state.write_u8(byte);
        }
        state.write_u8(0xff);
    }
}

impl fmt::Display for AttributeKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl FromStr for AttributeKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        Self::parse(text)
    }
}

impl<'de> Deserialize<'de> for AttributeKey {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

/// How careful one must be with an attribute's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PrivacyClass {
    /// Says nothing about a person that could harm them.
    Public,
    /// Identifies or describes a person.
    Personal,
    /// Special categories: health, belief, origin, and what else the law names.
    Sensitive,
}

/// One declared fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributeDefinition {
    /// Its id.
    pub id: AttributeId,
    /// Its key; never changes.
    pub key: AttributeKey,
    /// What people see; never empty.
    pub label: String,
    /// What it means and where it comes from; may be empty.
    pub description: String,
    /// The type of its values.
    pub value_type: ValueType,
    /// The narrower shape of its text, for text alone.
    pub format: Option<Format>,
    /// How careful one must be with it.
    pub privacy_class: PrivacyClass,
    /// Counts edits, from 1; an edit names the revision it was made from.
    pub revision: u32,
    /// When it was declared.
    pub created_at: Timestamp,
    /// When it was last edited.
    pub updated_at: Timestamp,
}

/// What someone wants a definition to be, before it is checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributeDraft {
    /// The key.
    pub key: AttributeKey,
    /// The label; when blank, made from the key.
    pub label: String,
    /// The description.
    pub description: String,
    /// The type.
    pub value_type: ValueType,
    /// The format.
    pub format: Option<Format>,
    /// The privacy class.
    pub privacy_class: PrivacyClass,
}

/// What is wrong with a draft.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DefinitionProblem {
    /// The label is too long.
    #[error("the label has {chars} characters; at most {} are kept", AttributeDraft::LABEL_CHARS_MAX)]
    LabelTooLong {
        /// Its length.
        chars: usize,
    },
    /// The description is too long.
    #[error("the description has {chars} characters; at most {} are kept", AttributeDraft::DESCRIPTION_CHARS_MAX)]
    DescriptionTooLong {
        /// Its length.
        chars: usize,
    },
    /// A format on a type that is not text.
    #[error("a format narrows text; this attribute is {value_type}")]
    FormatOnOtherType {
        /// The type.
        value_type: ValueType,
    },
    /// An enum without options, with too many, or with one twice.
    #[error("an enum needs 1 to {} options, each of them once", Format::OPTIONS_MAX)]
    BadOptions,
    /// An option that nobody could see or type.
    #[error(
        "an option has 1 to {} characters, not all of them blank, and none that is invisible",
        Format::OPTION_CHARS_MAX
    )]
    BadOption,
    /// A character of the label that people would not see.
    #[error("{0}")]
    HiddenInLabel(HiddenCharacter),
    /// A character of the description that people would not see.
    #[error("{0}")]
    HiddenInDescription(HiddenCharacter),
}

impl AttributeDraft {
    /// Most characters of a label.
    pub const LABEL_CHARS_MAX: usize = 120;
    /// Most characters of a description.
    pub const DESCRIPTION_CHARS_MAX: usize = 2_000;

    /// The draft with its label filled in and its texts trimmed.
    ///
    /// # Errors
    /// Every [`DefinitionProblem`] found.
    pub fn check(self) -> Result<Self, Vec<DefinitionProblem>> {
        let label = self.label.trim();
        let label = if label.is_empty() { label_from_key(&self.key) } else { label.to_owned() };
        let description = self.description.trim().to_owned();
        let mut problems = Vec::new();
        let chars = label.chars().count();
        if Self::LABEL_CHARS_MAX < chars {
            problems.push(DefinitionProblem::LabelTooLong { chars });
        }
        let chars = description.chars().count();
        if Self::DESCRIPTION_CHARS_MAX < chars {
            problems.push(DefinitionProblem::DescriptionTooLong { chars });
        }
        problems.extend(HiddenCharacter::find(&label).map(DefinitionProblem::HiddenInLabel));
        problems.extend(HiddenCharacter::find_in_lines(&description).map(DefinitionProblem::HiddenInDescription));
        if self.format.is_some() && self.value_type.scalar != ScalarType::Text {
            problems.push(DefinitionProblem::FormatOnOtherType { value_type: self.value_type });
        }
        if let Some(Format::Enum { options, .. }) = &self.format {
            problems.extend(problems_of_options(options));
        }
        if problems.is_empty() { Ok(Self { label, description, ..self }) } else { Err(problems) }
    }
}

fn problems_of_options(options: &[String]) -> Vec<DefinitionProblem> {
    let mut problems = Vec::new();
    let distinct: HashSet<&String> = options.iter().collect();
    if options.is_empty() || Format::OPTIONS_MAX < options.len() || distinct.len() != options.len() {
        problems.push(DefinitionProblem::BadOptions);
    }
    let is_bad = |option: &String| {
        option.trim().is_empty() || Format::OPTION_CHARS_MAX < option.chars().count() || option.contains(is_hidden)
    };
    if options.iter().any(is_bad) {
        problems.push(DefinitionProblem::BadOption);
    }
    problems
}

impl AttributeDefinition {
    /// A first revision from a checked draft.
    pub fn new(id: AttributeId, draft: AttributeDraft, now: Timestamp) -> Self {
        Self {
            id,
            key: draft.key,
            label: draft.label,
            description: draft.description,
            value_type: draft.value_type,
            format: draft.format,
            privacy_class: draft.privacy_class,
            revision: 1,
            created_at: now,
            updated_at: now,
        }
    }
}

/// `lifetime_value` reads "Lifetime value".
pub(crate) fn label_from_key(key: &AttributeKey) -> String {
    let words = key.as_str().replace('_', " ");
    let mut letters = words.trim().chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
