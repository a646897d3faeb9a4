//! Formats: the narrower shapes of text, as clients see and send them.

use async_graphql::{Enum, InputObject, Object};
use attrium_schema as schema;

/// The narrower shapes a text may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "schema::FormatKind")]
pub(super) enum FormatKind {
    /// An e-mail address.
    Email,
    /// A phone number in E.164: `+905321234567`.
    Phone,
    /// An absolute http or https URL.
    Url,
    /// A country, ISO 3166-1 alpha-2: `TR`.
    Country,
    /// A language, BCP 47: `tr`, `en-GB`.
    Language,
    /// A currency, ISO 4217: `TRY`.
    Currency,
    /// A time zone, IANA: `Europe/Istanbul`.
    TimeZone,
    /// One of a list of options.
    Enum,
}

pub(super) struct Format(pub(super) schema::Format);

/// The narrower shape of an attribute's text.
#[Object]
impl Format {
    /// Which shape.
    async fn kind(&self) -> FormatKind {
        self.0.kind().into()
    }

    /// The options of an `ENUM`, in the order people see them; empty for every other kind.
    async fn options(&self) -> &[String] {
        match &self.0 {
            schema::Format::Enum { options, .. } => options,
            schema::Format::Email
            | schema::Format::Phone
            | schema::Format::Url
            | schema::Format::Country
            | schema::Format::Language
            | schema::Format::Currency
            | schema::Format::TimeZone => &[],
        }
    }

    /// Whether an `ENUM` takes texts outside its options all the same; false for every other kind.
    async fn is_open(&self) -> bool {
        matches!(self.0, schema::Format::Enum { is_open: true, .. })
    }
}

/// A format to give an attribute. Only attributes of type `TEXT` may have one.
#[derive(InputObject)]
pub(super) struct FormatInput {
    /// Which shape.
    kind: FormatKind,
    /// The options of an `ENUM`: 1 to 500, each once. Leave out for every other kind.
    options: Option<Vec<String>>,
    /// Whether an `ENUM` takes texts outside its options all the same. False when absent.
    is_open: Option<bool>,
}

/// Options were given to a format that has none.
pub(super) struct StrayOptions;

impl FormatInput {
    /// The format meant.
    ///
    /// # Errors
    /// [`StrayOptions`] when options or openness come with a kind other than `ENUM`.
    pub(super) fn into_format(self) -> Result<schema::Format, StrayOptions> {
        let has_options = self.options.is_some() || self.is_open.is_some();
        let format = match self.kind {
            FormatKind::Enum => {
                let options = self.options.unwrap_or_default();
                return Ok(schema::Format::Enum { options, is_open: self.is_open.unwrap_or(false) });
            }
            FormatKind::Email => schema::Format::Email,
            FormatKind::Phone => schema::Format::Phone,
            FormatKind::Url => schema::Format::Url,
            FormatKind::Country => schema::Format::Country,
            FormatKind::Language => schema::Format::Language,
            FormatKind::Currency => schema::Format::Currency,
            FormatKind::TimeZone => schema::Format::TimeZone,
        };
        if has_options { Err(StrayOptions) } else { Ok(format) }
    }
}
