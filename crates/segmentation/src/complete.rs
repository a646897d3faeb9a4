//! What could be typed at a place in a rule's text: attributes, the operators that fit one, its values.

mod expected;

use std::ops::Range;

use attrium_schema::{AttributeDefinition, Format, ScalarType, ValueType};

use crate::ast::SpanUnit;
use crate::compile::Catalogue;
use crate::text::{Token, key_text, tokens};
use expected::{Expected, Phrase, expected_at, phrases};

/// Most completions answered.
const COMPLETIONS_MAX: usize = 100;

/// One thing that could be typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What people see in the list.
    pub label: String,
    /// What is put in the text.
    pub insert: String,
    /// What it is.
    pub kind: CompletionKind,
    /// More about it: an attribute's label and type. May be empty.
    pub detail: String,
    /// The bytes of the text it replaces.
    pub span: Range<usize>,
}

/// What a completion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CompletionKind {
    /// An attribute.
    Attribute,
    /// An operator that fits the attribute's type.
    Operator,
    /// A value.
    Value,
    /// A word of the language.
    Keyword,
}

/// What could be typed at a byte of a text, best first; of what is half typed only what fits it.
/// An offset past the end, or inside a character, counts as the nearest place before it.
pub fn complete(text: &str, byte_offset: usize, catalogue: &Catalogue<'_>) -> Vec<Completion> {
    let offset = (0..=byte_offset.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    let typed = &text[..offset];
    let mut before = tokens(typed);
    before.pop();
    // What touches the cursor is still being typed.
    let is_word = |token: &Token| matches!(token, Token::Word | Token::Text(_) | Token::Number | Token::Bad(..));
    let current = before.pop_if(|last| last.span.end == offset && is_word(&last.token));
    let start = current.map_or(offset, |current| current.span.start);
    let expected = expected_at(start, typed, &before);
    let found = Finder { typed, start, catalogue };
    let mut completions = found.completions(&expected);
    completions.truncate(COMPLETIONS_MAX);
    completions
}

struct Finder<'a> {
    typed: &'a str,
    /// Where the word at the cursor starts.
    start: usize,
    catalogue: &'a Catalogue<'a>,
}

impl Finder<'_> {
    fn completions(&self, expected: &Expected) -> Vec<Completion> {
        match expected {
            Expected::Condition => self.conditions(),
            Expected::Attribute => self.attributes(|_| true),
            Expected::Operator { key, start } => self.operators(key, *start),
            Expected::Value { key, takes_other } => self.values(key, *takes_other),
            Expected::Words(words) => self.words(words),
            Expected::Unit => self.words(&SpanUnit::ALL.map(SpanUnit::name)),
            Expected::Nothing => Vec::new(),
        }
    }

    fn conditions(&self) -> Vec<Completion> {
        const WORDS: [&str; 8] = ["not", "size of", "weekday of", "month of", "hour of", "everyone", "no one", "("];
        let mut found = self.attributes(|_| true);
        found.extend(self.words(&WORDS));
        found
    }

    fn attributes(&self, fits: impl Fn(ValueType) -> bool) -> Vec<Completion> {
        let prefix = self.prefix(self.start);
        let mut found: Vec<&AttributeDefinition> = self
            .catalogue
            .attributes
            .iter()
            .map(AsRef::as_ref)
            .filter(|definition| fits(definition.value_type))
            .filter(|definition| contains(definition.key.as_str(), &prefix) || contains(&definition.label, &prefix))
            .collect();
        // Keys that begin with what is typed come first; the sort keeps the order within.
        found.sort_by_key(|definition| !starts(definition.key.as_str(), &prefix));
        found.into_iter().map(|definition| self.attribute(definition)).collect()
    }

    fn attribute(&self, definition: &AttributeDefinition) -> Completion {
        Completion {
            label: definition.key.to_string(),
            insert: key_text(&definition.key),
            kind: CompletionKind::Attribute,
            detail: format!("{} · {}", definition.label, definition.value_type),
            span: self.start..self.typed.len(),
        }
    }

    fn operators(&self, key: &str, start: usize) -> Vec<Completion> {
        let Some(definition) = self.catalogue.attributes.find(key) else { return Vec::new() };
        let prefix = self.prefix(start);
        phrases()
            .filter(|Phrase { operator, words, .. }| operator.fits(definition.value_type) && starts(words, &prefix))
            .map(|phrase| Completion {
                label: phrase.words.to_owned(),
                insert: phrase.words.to_owned(),
                kind: CompletionKind::Operator,
                detail: phrase.example.to_owned(),
                span: start..self.typed.len(),
            })
            .collect()
    }

    fn values(&self, key: &str, takes_other: bool) -> Vec<Completion> {
        let Some(definition) = self.catalogue.attributes.find(key) else { return Vec::new() };
        let options = match (&definition.format, definition.value_type.scalar) {
            (Some(Format::Enum { options, .. }), _) => {
                options.iter().map(|option| serde_json::Value::from(option.as_str()).to_string()).collect()
            }
            (_, ScalarType::Boolean) => vec!["true".to_owned(), "false".to_owned()],
            _ => Vec::new(),
        };
        let prefix = self.prefix(self.start);
        let bare = prefix.trim_start_matches('"');
        let mut found: Vec<Completion> = options
            .into_iter()
            .filter(|option| starts(option.trim_start_matches('"'), bare))
            .map(|option| Completion {
                label: option.clone(),
                insert: option,
                kind: CompletionKind::Value,
                detail: String::new(),
                span: self.start..self.typed.len(),
            })
            .collect();
        if takes_other && !prefix.starts_with('"') {
            let own = &definition.key;
            let others = self.attributes(|other| compares(definition.value_type, other));
            found.extend(others.into_iter().filter(|other| !other.label.eq_ignore_ascii_case(own.as_str())));
        }
        found
    }

    fn words(&self, words: &[&str]) -> Vec<Completion> {
        let prefix = self.prefix(self.start);
        let word = |word: &&str| Completion {
            label: (*word).to_owned(),
            insert: (*word).to_owned(),
            kind: CompletionKind::Keyword,
            detail: String::new(),
            span: self.start..self.typed.len(),
        };
        words.iter().filter(|word| starts(word, &prefix)).map(word).collect()
    }

    /// What is typed from a place to the cursor, in lower case, spaces single.
    fn prefix(&self, start: usize) -> String {
        let words: Vec<&str> = self.typed[start..].split_whitespace().collect();
        words.join(" ").to_lowercase()
    }
}

fn compares(left: ValueType, right: ValueType) -> bool {
    left.is_list == right.is_list
        && (left.scalar == right.scalar || (left.scalar.is_number() && right.scalar.is_number()))
}

fn starts(word: &str, prefix: &str) -> bool {
    word.to_lowercase().starts_with(prefix)
}

fn contains(word: &str, part: &str) -> bool {
    word.to_lowercase().contains(part)
}

#[cfg(test)]
mod tests;
