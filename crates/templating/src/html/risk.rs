//! Why a value cannot stand in a place, and what helps.

use super::{Attribute, Place, Word};
use crate::diagnostic::DiagnosticCode;

/// What is known of a value as it is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Look {
    /// Nothing.
    #[default]
    Any,
    /// A number, `true` or `false`: harmless wherever names are not made.
    Number,
    /// A URL from its scheme on, or from a `/`, `?` or `#` at its beginning.
    Link,
    /// That, or nothing at all.
    LinkOrNothing,
    /// Percent-encoded: no scheme can be in it.
    Encoded,
    /// HTML that the template captured.
    Markup,
}

/// Why a value cannot stand in a place; what can do more harm comes later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Risk {
    /// At the beginning of a URL.
    Link,
    Comment,
    Unquoted,
    Name,
    Style,
    Document,
    Script,
    Lost,
}

impl Risk {
    pub(crate) const fn code(self) -> DiagnosticCode {
        match self {
            Self::Link => DiagnosticCode::OpenLink,
            Self::Comment | Self::Unquoted | Self::Name | Self::Style | Self::Document | Self::Script | Self::Lost => {
                DiagnosticCode::UnsafePlace
            }
        }
    }

    /// What it is, and the cure.
    pub(crate) const fn message(self) -> &'static str {
        match self {
            Self::Link => {
                "A link that begins with a value may lead anywhere, and `javascript:` runs a script; begin with \
                 `https://`, or use an attribute of format url"
            }
            Self::Comment => "A value in an HTML comment may end it; take it out, or use `{% comment %}`",
            Self::Unquoted => "A value without quotes may add attributes to the tag; put it in quotes: `=\"{{ … }}\"`",
            Self::Name => {
                "A value cannot be a part of a tag or the name of an attribute; write the name out, and put the value \
                 in quotes behind `=`"
            }
            Self::Style => {
                "A value in a style may change the page and load files; choose between styles of yours with \
                 `{% if %}`, or print a number"
            }
            Self::Document => "A value in `srcdoc` is read as HTML again; put it between tags",
            Self::Script => {
                "A value in a script may become a program; move it out of the script, as between tags or into a \
                 `data-…` attribute in quotes"
            }
            Self::Lost => {
                "Where this stands in the HTML cannot be told; close what a branch, a loop or a capture opens \
                 inside the same one"
            }
        }
    }
}

impl Place {
    /// Why an escaped value of this look cannot stand here; `None` where it can.
    pub(super) fn risk(self, look: Look) -> Option<Risk> {
        let risk = match self {
            Self::Text => return None,
            Self::Open { .. }
            | Self::TagName { .. }
            | Self::Tag { .. }
            | Self::AttributeName { .. }
            | Self::AfterName { .. }
            | Self::RawOpen(_)
            | Self::RawName { .. }
            | Self::Declaration(_) => return Some(Risk::Name),
            Self::Lost => return Some(Risk::Lost),
            Self::Comment(comment) if comment.is_inside() => return None,
            Self::Comment(_) | Self::Bogus | Self::CharacterData(_) => Risk::Comment,
            Self::BeforeValue { attribute, .. } => attribute.risk(look).unwrap_or(Risk::Unquoted).max(Risk::Unquoted),
            Self::Unquoted { .. } => Risk::Unquoted,
            Self::Quoted { attribute, .. } => attribute.risk(look)?,
            Self::Raw(raw) => raw_risk(raw.element)?,
        };
        (look != Look::Number).then_some(risk)
    }
}

impl Attribute {
    const fn risk(self, look: Look) -> Option<Risk> {
        match (self, look) {
            (Self::Script, _) => Some(Risk::Script),
            (Self::Style, _) => Some(Risk::Style),
            (Self::Document, _) => Some(Risk::Document),
            (Self::Link(_) | Self::CodedLink, Look::Any | Look::Markup) => Some(Risk::Link),
            (Self::Link(_) | Self::CodedLink, Look::Number | Look::Link | Look::LinkOrNothing | Look::Encoded)
            | (Self::Plain, _) => None,
        }
    }
}

fn raw_risk(element: Word) -> Option<Risk> {
    if element.is("script") {
        return Some(Risk::Script);
    }
    element.is("style").then_some(Risk::Style)
}
