//! Where a text goes, and what that does to the values in it. What the author wrote stands as it is; a
//! value can never become another header, another field, or a template, nor markup where
//! [`check`](crate::check()) finds no unsafe place.

mod output;

use std::str::FromStr;

use crate::error::Fault;
use crate::fuel::TextBuilder;
pub(crate) use output::Output;

/// Where a text goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Context {
    /// Plain text, as in a text message: values stand as they are.
    Text,
    /// HTML: the five characters with a meaning are escaped, so that a value can stand between tags and
    /// inside a quoted attribute. Elsewhere it cannot, and [`check`](crate::check()) says so.
    Html,
    /// A JSON document. Inside quotes a value is written as the inside of a JSON text, elsewhere as a
    /// whole JSON value with its own quotes; the document is refused unless it reads as JSON.
    Json,
    /// A header of a message, or another single line: refused when it holds a control character.
    Header,
    /// A part of a URL: all but unreserved characters are percent-encoded.
    Url,
}

/// The text names no context.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no context; use {}", Context::ALL.map(Context::name).join(", "))]
pub struct ContextError;

impl FromStr for Context {
    type Err = ContextError;

    fn from_str(text: &str) -> Result<Self, ContextError> {
        Self::ALL.into_iter().find(|context| context.name() == text).ok_or(ContextError)
    }
}

impl Context {
    /// Every context.
    pub const ALL: [Self; 5] = [Self::Text, Self::Html, Self::Json, Self::Header, Self::Url];

    /// Its name as stored: `html`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Html => "html",
            Self::Json => "json",
            Self::Header => "header",
            Self::Url => "url",
        }
    }

    /// What a captured text is made for: in HTML for HTML, so that it is not escaped twice; elsewhere it
    /// is text, and escaped where it is printed.
    pub(crate) const fn of_capture(self) -> Self {
        match self {
            Self::Html => Self::Html,
            Self::Text | Self::Json | Self::Header | Self::Url => Self::Text,
        }
    }
}

/// A text escaped for HTML.
pub(crate) fn escape_html(text: &str, out: &mut TextBuilder<'_>) -> Result<(), Fault> {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        out.push(&rest[..at])?;
        out.push(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        })?;
        rest = &rest[at + 1..];
    }
    out.push(rest)
}

/// A text percent-encoded, with something of its own for a space.
pub(crate) fn escape_url(text: &str, space: &str, out: &mut TextBuilder<'_>) -> Result<(), Fault> {
    let mut rest = text;
    let is_unreserved = |letter: char| letter.is_ascii_alphanumeric() || "-._~".contains(letter);
    while let Some(at) = rest.find(|letter| !is_unreserved(letter)) {
        let (kept, after) = rest.split_at(at);
        out.push(kept)?;
        let letter = after.chars().next().map_or(0, char::len_utf8);
        match &after[..letter] {
            " " => out.push(space)?,
            encoded => encoded.bytes().try_for_each(|byte| out.push(&format!("%{byte:02X}")))?,
        }
        rest = &after[letter..];
    }
    out.push(rest)
}

#[cfg(test)]
mod tests;
