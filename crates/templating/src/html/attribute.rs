//! What an attribute's value is read as.

use super::{Look, Word};

/// Attributes that are, or begin with, a URL.
const LINKS: [&str; 28] = [
    "action",
    "archive",
    "background",
    "by",
    "cite",
    "classid",
    "codebase",
    "data",
    "dynsrc",
    "formaction",
    "from",
    "href",
    "icon",
    "imagesrcset",
    "itemid",
    "longdesc",
    "lowsrc",
    "manifest",
    "ping",
    "poster",
    "profile",
    "src",
    "srcset",
    "to",
    "usemap",
    "values",
    "xlink:href",
    "xml:base",
];

/// What the value of an attribute is read as, from the place on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Attribute {
    /// Text, or a URL whose scheme is behind the place.
    Plain,
    /// A URL that may still get a scheme, and its letters so far.
    Link(Word),
    /// A URL with an entity before its scheme, which is not read here.
    CodedLink,
    /// A script: `onclick`, `javascript:`, or an attribute whose name is not known.
    Script,
    /// `style`
    Style,
    /// `srcdoc`, a document of its own.
    Document,
}

impl Attribute {
    pub(super) fn named(name: Word) -> Self {
        if name.starts_with("data-") || name.starts_with("aria-") {
            return Self::Plain;
        }
        if name.starts_with("on") || name.has_value() {
            return Self::Script;
        }
        if name.is("style") {
            return Self::Style;
        }
        if name.is("srcdoc") {
            return Self::Document;
        }
        if LINKS.iter().any(|link| name.is(link)) { Self::Link(Word::default()) } else { Self::Plain }
    }

    /// Behind one byte of the author's within the quotes.
    pub(super) fn behind(self, byte: u8) -> Self {
        let Self::Link(head) = self else { return self };
        match byte {
            b'&' => Self::CodedLink,
            b':' if head.is("javascript") || head.is("vbscript") => Self::Script,
            b':' if head.is("data") => Self::Link(head.with(byte)),
            b'/' if head.is("data:image") => Self::Plain,
            b'/' | b',' | b';' if head.starts_with("data:") => Self::Script,
            b':' | b'/' | b'\\' | b'?' | b'#' => Self::Plain,
            // White space is dropped from the head of a URL.
            0..=b' ' => self,
            _ => Self::Link(head.with(byte)),
        }
    }

    pub(super) const fn behind_value(self, look: Look) -> Self {
        match (self, look) {
            // A value that was warned of is warned of once.
            (Self::Link(_) | Self::CodedLink, Look::Any | Look::Markup | Look::Link) => Self::Plain,
            (
                Self::Link(_) | Self::CodedLink | Self::Plain | Self::Script | Self::Style | Self::Document,
                Look::Any | Look::Markup | Look::Link | Look::LinkOrNothing | Look::Encoded | Look::Number,
            ) => self,
        }
    }
}

/// Whether a text begins as a URL whose scheme no longer depends on what follows.
pub(crate) fn begins_link(text: &str) -> bool {
    text.bytes().fold(Attribute::Link(Word::default()), Attribute::behind) == Attribute::Plain
}
