//! What declares and edits attributes.

use async_graphql::{ID, InputObject};
use attrium_engine::attributes::AttributeEdit;
use attrium_engine::{Error, sentence};
use attrium_schema::{AttributeDraft, AttributeKey, Format, ValueType};

use super::{AttributeType, PrivacyClass};
use crate::graphql::formats::FormatInput;
use crate::graphql::problems;

/// An attribute to declare.
#[derive(InputObject)]
pub(super) struct CreateAttributeInput {
    /// A letter, then up to 63 letters, digits or underscores; unique ignoring case.
    key: String,
    /// What people see, up to 120 characters; made from the key when absent.
    label: Option<String>,
    /// What it means and where it comes from, up to 2,000 characters.
    description: Option<String>,
    /// The type of its values, or of each item of a list.
    #[graphql(name = "type")]
    value_type: AttributeType,
    /// Whether it holds a list. False when absent.
    is_list: Option<bool>,
    /// The narrower shape of its text.
    format: Option<FormatInput>,
    /// How careful one must be with its values.
    privacy_class: PrivacyClass,
    /// Makes sending this again harmless.
    pub(super) idempotency_key: Option<String>,
}

impl CreateAttributeInput {
    /// # Errors
    /// [`Error::Invalid`] when the key is none, or the format cannot be.
    pub(super) fn into_draft(self) -> Result<AttributeDraft, Error> {
        let key = AttributeKey::parse(&self.key).map_err(|error| problems::invalid(&["key"], sentence(&error)))?;
        Ok(AttributeDraft {
            key,
            label: self.label.unwrap_or_default(),
            description: self.description.unwrap_or_default(),
            value_type: ValueType { scalar: self.value_type.into(), is_list: self.is_list.unwrap_or(false) },
            format: self.format.map(format_of).transpose()?,
            privacy_class: self.privacy_class.into(),
        })
    }
}

/// An edit of an attribute. What is absent stays as it is.
#[derive(InputObject)]
pub(super) struct UpdateAttributeInput {
    /// Which: `attr_…`.
    id: ID,
    /// The revision that was read: the edit is refused with `CONFLICT` when there is a later one.
    expected_revision: Option<u32>,
    /// What people see, up to 120 characters.
    label: Option<String>,
    /// What it means and where it comes from, up to 2,000 characters.
    description: Option<String>,
    /// The narrower shape of its text. Values already kept are not checked again.
    format: Option<FormatInput>,
    /// Whether to remove the format. False when absent.
    clear_format: Option<bool>,
    /// How careful one must be with its values.
    privacy_class: Option<PrivacyClass>,
    /// Makes sending this again harmless.
    pub(super) idempotency_key: Option<String>,
}

impl UpdateAttributeInput {
    /// # Errors
    /// [`Error::Invalid`] when the id is none of an attribute, or the format cannot be.
    pub(super) fn into_edit(self) -> Result<AttributeEdit, Error> {
        let format = match (self.format, self.clear_format.unwrap_or(false)) {
            (Some(_), true) => {
                return Err(problems::invalid(&["clearFormat"], "Send either `format` or `clearFormat: true`."));
            }
            (Some(format), false) => Some(Some(format_of(format)?)),
            (None, true) => Some(None),
            (None, false) => None,
        };
        Ok(AttributeEdit {
            id: problems::read_id(&self.id)?,
            expected_revision: self.expected_revision,
            label: self.label,
            description: self.description,
            format,
            privacy_class: self.privacy_class.map(PrivacyClass::into),
        })
    }
}

fn format_of(input: FormatInput) -> Result<Format, Error> {
    input
        .into_format()
        .map_err(|_| problems::invalid(&["format"], "Only the format `ENUM` takes `options` and `isOpen`."))
}
