//! What could be typed at a place in a template: attributes, fields, filters that fit, tags.

use std::ops::Range;

use attrium_schema::AttributeSchema;

use crate::check::kinds::Kind;
use crate::data::{FORLOOP, PROFILE, WORKSPACE, Workspace};
use crate::filters::{FILTERS, Filter};
use crate::syntax::{Lexeme, Outline, TAGS, Token, outline, tokens};
use crate::value::Loop;

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
    /// More about it: an attribute's label and type, what a filter does. May be empty.
    pub detail: String,
    /// The bytes of the source it replaces.
    pub span: Range<usize>,
}

/// What a completion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CompletionKind {
    /// An attribute.
    Attribute,
    /// A root other than an attribute: `profile`, `workspace`, `forloop`.
    Root,
    /// A field of what stands before the dot.
    Field,
    /// A name that the template gave a value.
    Name,
    /// A filter.
    Filter,
    /// A tag.
    Tag,
    /// Another word of the language.
    Keyword,
}

/// What could be typed at a byte of a source, best first; of what is half typed only what fits it. Nothing
/// outside of braces. An offset past the end, or inside a character, counts as the nearest place before it.
pub fn complete(source: &str, byte_offset: usize, schema: &AttributeSchema) -> Vec<Completion> {
    let offset = (0..=byte_offset.min(source.len())).rev().find(|at| source.is_char_boundary(*at)).unwrap_or_default();
    let typed = &source[..offset];
    let Some((open, is_tag)) = open_braces(typed) else { return Vec::new() };
    let inside = &typed[open + 2..];
    let start = offset - inside.strip_prefix('-').unwrap_or(inside).len();
    let mut before = tokens(typed, start..offset);
    before.pop();
    // What touches the cursor is still being typed.
    let current = before.pop_if(|last| last.span.end == offset && last.token == Token::Word);
    let finder = Finder {
        typed,
        span: current.map_or(offset, |current| current.span.start)..offset,
        outline: outline(&typed[..open]),
        schema,
    };
    let mut found = finder.completions(&before, is_tag);
    let prefix = typed[finder.span.clone()].to_lowercase();
    found.retain(|completion| completion.label.to_lowercase().contains(&prefix));
    // What begins with what is typed comes first; the sort keeps the order within.
    found.sort_by_key(|completion| !completion.label.to_lowercase().starts_with(&prefix));
    found.truncate(COMPLETIONS_MAX);
    found
}

/// The braces that a text leaves open, and whether they are a tag's.
fn open_braces(typed: &str) -> Option<(usize, bool)> {
    let output = typed.rfind("{{").map(|at| (at, false));
    let tag = typed.rfind("{%").map(|at| (at, true));
    let (open, is_tag) = output.max(tag)?;
    let closing = if is_tag { "%}" } else { "}}" };
    (!typed[open..].contains(closing)).then_some((open, is_tag))
}

struct Finder<'a> {
    typed: &'a str,
    /// The word at the cursor.
    span: Range<usize>,
    outline: Outline<'a>,
    schema: &'a AttributeSchema,
}

impl Finder<'_> {
    fn completions(&self, before: &[Lexeme], is_tag: bool) -> Vec<Completion> {
        let Some(last) = before.last() else {
            return if is_tag { self.tags() } else { self.values() };
        };
        let is_first_word = is_tag && before.len() == 1;
        match (&last.token, before) {
            (Token::Sign("|"), before) => self.filters(before),
            (Token::Sign("."), [.., owner, _]) => self.fields(self.text(owner)),
            (Token::Word, _) if is_first_word => self.after_tag(self.text(last)),
            (Token::Word, _) if ["in", "and", "or", "contains", "when"].contains(&self.text(last)) => self.values(),
            (Token::Word | Token::Text | Token::Number(_) | Token::Sign(")" | "]"), _) if is_tag => {
                self.keywords(self.text(&before[0]), before)
            }
            (Token::Sign(sign), _) if !matches!(*sign, ")" | "]") => self.values(),
            (Token::Word | Token::Text | Token::Number(_) | Token::Sign(_) | Token::Bad(..) | Token::End, _) => {
                Vec::new()
            }
        }
    }

    fn text(&self, lexeme: &Lexeme) -> &str {
        &self.typed[lexeme.span.clone()]
    }

    fn completion(&self, label: &str, kind: CompletionKind, detail: &str) -> Completion {
        let (label, detail) = (label.to_owned(), detail.to_owned());
        Completion { insert: label.clone(), label, kind, detail, span: self.span.clone() }
    }

    fn tags(&self) -> Vec<Completion> {
        let parts = self.outline.parts.iter().map(|part| self.completion(part, CompletionKind::Tag, ""));
        let tags = TAGS.iter().map(|(name, _, doc)| self.completion(name, CompletionKind::Tag, doc));
        parts.chain(tags).collect()
    }

    /// What follows the name of a tag.
    fn after_tag(&self, tag: &str) -> Vec<Completion> {
        match tag {
            "if" | "elsif" | "unless" | "case" | "when" => self.values(),
            _ => Vec::new(),
        }
    }

    /// The words that can follow a value in a tag.
    fn keywords(&self, tag: &str, before: &[Lexeme]) -> Vec<Completion> {
        let words: &[&str] = match (tag, before.len()) {
            ("if" | "elsif" | "unless", _) => &["and", "or", "contains", "==", "!=", "<", "<=", ">", ">="],
            ("for", 2) => &["in"],
            ("for", _) => &["limit:", "offset:", "reversed"],
            ("when", _) => &["or"],
            _ => &[],
        };
        words.iter().map(|word| self.completion(word, CompletionKind::Keyword, "")).collect()
    }

    /// What a value can begin with.
    fn values(&self) -> Vec<Completion> {
        let names = self.outline.names.iter().map(|name| self.completion(name, CompletionKind::Name, ""));
        let mut roots = vec![
            self.completion(PROFILE, CompletionKind::Root, "The customer's attributes"),
            self.completion(WORKSPACE, CompletionKind::Root, "The workspace"),
        ];
        if self.outline.is_in_loop {
            roots.push(self.completion(FORLOOP, CompletionKind::Root, "The loop around this place"));
        }
        names.chain(self.attributes()).chain(roots).collect()
    }

    fn attributes(&self) -> impl Iterator<Item = Completion> {
        self.schema.iter().map(|definition| {
            let detail = format!("{} · {}", definition.label, definition.value_type);
            self.completion(definition.key.as_str(), CompletionKind::Attribute, &detail)
        })
    }

    fn fields(&self, owner: &str) -> Vec<Completion> {
        let fields: &[(&str, &str)] = match owner {
            PROFILE => return self.attributes().collect(),
            WORKSPACE => &Workspace::FIELDS,
            FORLOOP | "parentloop" => &Loop::FIELDS,
            _ => match self.kind_of(owner) {
                Kind::List(_) => &[("first", "The first item"), ("last", "The last item"), ("size", "How many items")],
                Kind::One(attrium_schema::ScalarType::GeoPoint) => &[("lat", "Degrees north"), ("lon", "Degrees east")],
                Kind::Unknown | Kind::One(_) => &[],
            },
        };
        fields.iter().map(|(name, doc)| self.completion(name, CompletionKind::Field, doc)).collect()
    }

    /// The filters, those first that fit what stands before them.
    fn filters(&self, before: &[Lexeme]) -> Vec<Completion> {
        let is_pipe = |lexeme: &&Lexeme| lexeme.token == Token::Sign("|");
        let is_first = before.iter().filter(is_pipe).count() == 1;
        let head = before.iter().take_while(|lexeme| lexeme.token != Token::Sign("|")).last();
        let kind = match head {
            Some(head) if is_first && head.token == Token::Word => self.kind_of(self.text(head)),
            Some(_) | None => Kind::Unknown,
        };
        let mut filters: Vec<&Filter> = FILTERS.iter().collect();
        filters.sort_by_key(|filter| !kind.fits(filter.input));
        let completion = |filter: &Filter| {
            let mut completion = self.completion(filter.name, CompletionKind::Filter, filter.doc);
            if 0 < filter.arguments.0 || filter.name == crate::filters::DEFAULT {
                completion.insert.push_str(": ");
            }
            completion
        };
        filters.into_iter().map(completion).collect()
    }

    /// What is known of an attribute, by its key.
    fn kind_of(&self, key: &str) -> Kind {
        self.schema.find(key).map_or(Kind::Unknown, |definition| Kind::of(definition.value_type))
    }
}

#[cfg(test)]
mod tests;
