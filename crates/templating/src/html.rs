//! Places in an HTML document, as far as they decide whether an escaped value can stand there: a small
//! machine over the author's bytes, after the tokenizer of the HTML standard.
//!
//! Where two readers of HTML disagree a place becomes two: a conditional comment is a comment for browsers
//! and HTML for Outlook, `<noscript>` depends on scripts, and a `<title>` inside `<svg>` holds tags.

mod attribute;
mod comment;
mod places;
mod risk;
mod word;

use attribute::Attribute;
pub(crate) use attribute::begins_link;
use comment::Comment;
pub(crate) use places::{Machine, Places};
pub(crate) use risk::{Look, Risk};
use word::Word;

/// A place between two bytes of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    /// Between tags.
    Text,
    /// Behind `<`, or behind `</`.
    Open {
        is_end: bool,
    },
    TagName {
        name: Word,
        is_end: bool,
    },
    /// Inside a tag, where an attribute could begin. A closing tag is one of no element.
    Tag {
        element: Word,
    },
    AttributeName {
        element: Word,
        name: Word,
    },
    /// Behind the name of an attribute and white space.
    AfterName {
        element: Word,
        name: Word,
    },
    /// Behind `=`.
    BeforeValue {
        element: Word,
        attribute: Attribute,
    },
    Quoted {
        element: Word,
        attribute: Attribute,
        quote: u8,
    },
    Unquoted {
        element: Word,
    },
    /// Behind `<!`.
    Declaration(Word),
    Comment(Comment),
    /// `<!…>` or `<?…>`
    Bogus,
    /// `<![CDATA[…]]>` inside `<svg>` or `<math>`, and how many brackets stand before.
    CharacterData(u8),
    /// Inside an element that holds no tags.
    Raw(Raw),
    /// Behind a `<` in there.
    RawOpen(Raw),
    /// In what may be its closing tag, or another `<script` inside a script.
    RawName {
        raw: Raw,
        name: Word,
        is_end: bool,
    },
    /// Anywhere.
    Lost,
}

/// An element that holds no tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Raw {
    element: Word,
    /// Behind `<!--` and a second `<script`, where the next `</script>` closes only that one.
    is_nested: bool,
}

/// A place, and another one where readers disagree.
type Fork = (Place, Option<Place>);

const RAW_ELEMENTS: [&str; 10] =
    ["iframe", "noembed", "noframes", "noscript", "plaintext", "script", "style", "textarea", "title", "xmp"];

impl Place {
    /// The place behind one byte of the author's. `has_foreign` is whether the document may hold SVG or
    /// MathML, where other rules hold.
    fn behind(self, byte: u8, has_foreign: bool) -> Fork {
        let is_space = is_space(byte);
        let next = match self {
            Self::Text if byte == b'<' => Self::Open { is_end: false },
            Self::Text => Self::Text,
            Self::Open { is_end } => opened(byte, is_end),
            Self::TagName { name, is_end } => match byte {
                b'>' if is_end => Self::Text,
                b'>' => return entered(name, has_foreign),
                _ if byte == b'/' || is_space => Self::Tag { element: if is_end { Word::default() } else { name } },
                _ => Self::TagName { name: name.with(byte), is_end },
            },
            Self::Tag { element }
            | Self::AttributeName { element, .. }
            | Self::AfterName { element, .. }
            | Self::BeforeValue { element, .. }
            | Self::Unquoted { element }
                if byte == b'>' =>
            {
                return entered(element, has_foreign);
            }
            Self::Tag { .. } if is_space || byte == b'/' => self,
            Self::AttributeName { element, .. } | Self::AfterName { element, .. } if byte == b'/' => {
                Self::Tag { element }
            }
            Self::AttributeName { element, name } | Self::AfterName { element, name } if byte == b'=' => {
                Self::BeforeValue { element, attribute: Attribute::named(name) }
            }
            Self::AttributeName { element, name } | Self::AfterName { element, name } if is_space => {
                Self::AfterName { element, name }
            }
            Self::AttributeName { element, name } => Self::AttributeName { element, name: name.with(byte) },
            Self::Tag { element } | Self::AfterName { element, .. } => {
                Self::AttributeName { element, name: Word::default().with(byte) }
            }
            Self::BeforeValue { .. } if is_space => self,
            Self::BeforeValue { element, attribute } if matches!(byte, b'"' | b'\'') => {
                Self::Quoted { element, attribute, quote: byte }
            }
            Self::BeforeValue { element, .. } => Self::Unquoted { element },
            Self::Quoted { element, quote, .. } if byte == quote => Self::Tag { element },
            Self::Quoted { element, attribute, quote } => {
                Self::Quoted { element, attribute: attribute.behind(byte), quote }
            }
            Self::Unquoted { element } if is_space => Self::Tag { element },
            Self::Declaration(word) => return declared(word.with(byte), byte, has_foreign),
            Self::Comment(comment) => return comment.behind(byte),
            Self::Bogus if byte == b'>' => Self::Text,
            Self::CharacterData(brackets) => match byte {
                b']' => Self::CharacterData(2.min(brackets + 1)),
                b'>' if brackets == 2 => Self::Text,
                _ => Self::CharacterData(0),
            },
            Self::Raw(raw) => within(raw, byte),
            Self::RawOpen(raw) => raw_opened(raw, byte),
            Self::RawName { raw, name, is_end } => return raw_named(raw, name, is_end, byte),
            Self::Unquoted { .. } | Self::Bogus | Self::Lost => self,
        };
        (next, None)
    }

    /// The place behind a value, or behind what the author had printed as it is.
    fn behind_value(self, look: Look, output: usize) -> Self {
        match self {
            Self::Open { is_end } => Self::TagName { name: Word::default().with_value(), is_end },
            Self::TagName { name, is_end } => Self::TagName { name: name.with_value(), is_end },
            Self::Tag { element } | Self::AfterName { element, .. } => {
                Self::AttributeName { element, name: Word::default().with_value() }
            }
            Self::AttributeName { element, name } => Self::AttributeName { element, name: name.with_value() },
            Self::BeforeValue { element, .. } => Self::Unquoted { element },
            Self::Quoted { element, attribute, quote } => {
                Self::Quoted { element, attribute: attribute.behind_value(look), quote }
            }
            Self::Declaration(_) => Self::Bogus,
            Self::Comment(comment) => Self::Comment(comment.behind_value(look, output)),
            Self::RawOpen(raw) | Self::RawName { raw, .. } => Self::Raw(raw),
            Self::Text | Self::Unquoted { .. } | Self::Bogus | Self::CharacterData(_) | Self::Raw(_) | Self::Lost => {
                self
            }
        }
    }
}

/// Behind `<` or `</` and one byte more.
fn opened(byte: u8, is_end: bool) -> Place {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' => Place::TagName { name: Word::default().with(byte), is_end },
        b'>' if is_end => Place::Text,
        _ if is_end => Place::Bogus,
        b'/' => Place::Open { is_end: true },
        b'!' => Place::Declaration(Word::default()),
        b'?' => Place::Bogus,
        b'<' => Place::Open { is_end: false },
        _ => Place::Text,
    }
}

/// Behind the `>` of a tag.
fn entered(element: Word, has_foreign: bool) -> Fork {
    if !RAW_ELEMENTS.iter().any(|name| element.is(name)) {
        return (Place::Text, None);
    }
    let is_disputed = has_foreign || element.is("noscript");
    (Place::Raw(Raw { element, is_nested: false }), is_disputed.then_some(Place::Text))
}

/// Behind `<!` and what follows it so far.
fn declared(word: Word, byte: u8, has_foreign: bool) -> Fork {
    const CHARACTER_DATA: &str = "[cdata[";
    match byte {
        b'>' => (Place::Text, None),
        _ if word.is("--") => (Place::Comment(Comment::default()), None),
        _ if word.is(CHARACTER_DATA) => (Place::Bogus, has_foreign.then_some(Place::CharacterData(0))),
        _ if word.begins("--") || word.begins(CHARACTER_DATA) => (Place::Declaration(word), None),
        _ => (Place::Bogus, None),
    }
}

/// Behind a byte that closes nothing.
fn within(raw: Raw, byte: u8) -> Place {
    if byte == b'<' && !raw.element.is("plaintext") { Place::RawOpen(raw) } else { Place::Raw(raw) }
}

/// Behind `<` inside a raw element and one byte more.
fn raw_opened(raw: Raw, byte: u8) -> Place {
    match byte {
        b'/' => Place::RawName { raw, name: Word::default(), is_end: true },
        b'a'..=b'z' | b'A'..=b'Z' if raw.element.is("script") => {
            Place::RawName { raw, name: Word::default().with(byte), is_end: false }
        }
        _ => within(raw, byte),
    }
}

/// Behind one byte more of a name inside a raw element, which counts when it is that element's.
fn raw_named(raw: Raw, name: Word, is_end: bool, byte: u8) -> Fork {
    if byte.is_ascii_alphabetic() {
        return (Place::RawName { raw, name: name.with(byte), is_end }, None);
    }
    if name != raw.element || !(is_space(byte) || matches!(byte, b'>' | b'/')) {
        return (within(raw, byte), None);
    }
    let nested = |is_nested| Place::Raw(Raw { is_nested, ..raw });
    match (is_end, raw.is_nested) {
        (true, true) => (nested(false), None),
        (true, false) if byte == b'>' => (Place::Text, None),
        (true, false) => (Place::Tag { element: Word::default() }, None),
        // It counts only behind `<!--`, which is not followed here.
        (false, false) => (nested(false), Some(nested(true))),
        (false, true) => (nested(true), None),
    }
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0C)
}
