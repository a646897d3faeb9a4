//! The second pass: puts pieces together to blocks. Recursion is as deep as blocks stand inside one
//! another, which is bounded.

mod choices;
mod loops;

use std::sync::Arc;

use attrium_schema::suggest::{cut, did_you_mean, nearest};

use super::Parsed;
use super::cursor::{Cursor, Read};
use super::pieces::{Piece, Tag};
use super::tags::{TAGS, UNSUPPORTED_TAGS};
use super::tokens::Token;
use crate::diagnostic::{Diagnostic, DiagnosticCode, Position, place};
use crate::tree::{Body, Expression, Name, Node, Span, Term};
use crate::value::{Number, Value};

/// Parsing says no more than so many findings.
const FINDINGS_MAX: usize = 100;

pub(super) struct Parser<'s> {
    source: &'s str,
    pieces: std::iter::Peekable<std::vec::IntoIter<Piece>>,
    diagnostics: Vec<Diagnostic>,
    /// The blocks around the place.
    open: Vec<OpenBlock>,
    nesting_max: usize,
}

#[derive(Clone)]
struct OpenBlock {
    kind: BlockKind,
    span: Span,
}

/// The blocks, and the tags that go on with them or end them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum BlockKind {
    If,
    Unless,
    Case,
    For,
    Capture,
}

impl BlockKind {
    const fn name(self) -> &'static str {
        match self {
            Self::If => "if",
            Self::Unless => "unless",
            Self::Case => "case",
            Self::For => "for",
            Self::Capture => "capture",
        }
    }

    const fn end(self) -> &'static str {
        match self {
            Self::If => "endif",
            Self::Unless => "endunless",
            Self::Case => "endcase",
            Self::For => "endfor",
            Self::Capture => "endcapture",
        }
    }

    /// Whether a tag goes on with a block of this kind, or ends it.
    fn takes(self, tag: &str) -> bool {
        let is_part = match self {
            Self::If | Self::Unless => matches!(tag, "elsif" | "else"),
            Self::Case => matches!(tag, "when" | "else"),
            Self::For => tag == "else",
            Self::Capture => false,
        };
        is_part || tag == self.end()
    }
}

impl<'s> Parser<'s> {
    pub(super) fn new(source: &'s str, pieces: Vec<Piece>, diagnostics: Vec<Diagnostic>, nesting_max: usize) -> Self {
        Self { source, pieces: pieces.into_iter().peekable(), diagnostics, open: Vec::new(), nesting_max }
    }

    pub(super) fn parse(mut self) -> Parsed {
        let body = self.body();
        self.diagnostics.truncate(FINDINGS_MAX);
        place(&mut self.diagnostics, self.source);
        Parsed { body, diagnostics: self.diagnostics }
    }

    /// Everything up to a tag that an open block takes, which is left in place, or to the end.
    fn body(&mut self) -> Body {
        let mut nodes = Vec::new();
        while let Some(piece) =
            self.pieces.next_if(|piece| !self.open.iter().any(|block| block.takes_piece(piece, self.source)))
        {
            match piece {
                Piece::Text(span) => nodes.push(Node::Text(span)),
                Piece::Raw(span) => nodes.push(Node::Raw(span)),
                Piece::Output { inside, whole } => nodes.extend(self.output(inside, whole)),
                Piece::Tag(tag) => nodes.extend(self.tag(&tag)),
            }
            if FINDINGS_MAX <= self.diagnostics.len() {
                self.give_up();
            }
        }
        Body::new(nodes, self.source)
    }

    /// Reads nothing more.
    fn give_up(&mut self) {
        self.pieces.by_ref().for_each(drop);
        self.open.clear();
    }

    fn output(&mut self, inside: Span, whole: Span) -> Option<Node> {
        if self.source[inside.clone()].trim().is_empty() {
            self.find(DiagnosticCode::Syntax, whole, "Nothing is named between these braces");
            return None;
        }
        let pipeline = self.cursor(inside).pipeline();
        self.noted(pipeline).map(Node::Output)
    }

    fn tag(&mut self, tag: &Tag) -> Option<Node> {
        let name = &self.source[tag.name.clone()];
        let node = match name {
            "assign" => self.assign(tag),
            "if" => self.block(BlockKind::If, tag, |parser| Some(parser.choice(BlockKind::If, tag))),
            "unless" => self.block(BlockKind::Unless, tag, |parser| Some(parser.choice(BlockKind::Unless, tag))),
            "case" => self.block(BlockKind::Case, tag, |parser| Some(parser.case(tag))),
            "for" => self.block(BlockKind::For, tag, |parser| parser.repeated(tag)),
            "capture" => self.block(BlockKind::Capture, tag, |parser| parser.capture(tag)),
            "break" => self.within_loop(tag, Node::Break),
            "continue" => self.within_loop(tag, Node::Continue),
            _ => {
                self.unknown_tag(tag);
                None
            }
        };
        node.map(|node| node.closed_up(self.source))
    }

    /// A block: its opening tag was taken; what stands in it is read with the block open.
    fn block(&mut self, kind: BlockKind, tag: &Tag, read: impl FnOnce(&mut Self) -> Option<Node>) -> Option<Node> {
        if self.nesting_max <= self.open.len() {
            let message = format!("At most {} blocks stand inside one another", self.nesting_max);
            self.find(DiagnosticCode::TooDeep, tag.whole.clone(), message);
            // Nothing behind it can be said to belong anywhere.
            self.give_up();
            return None;
        }
        self.open.push(OpenBlock { kind, span: tag.whole.clone() });
        let node = read(self);
        self.open.pop();
        node
    }

    /// The next tag of the innermost block, taken; `None` when it ends, or is never closed.
    fn next_part(&mut self) -> Option<Tag> {
        let block = self.open.last()?.clone();
        let takes = |piece: &Piece| block.takes_piece(piece, self.source);
        match self.pieces.next_if(takes) {
            Some(Piece::Tag(tag)) if &self.source[tag.name.clone()] == block.kind.end() => None,
            Some(Piece::Tag(tag)) => Some(tag),
            Some(Piece::Text(_) | Piece::Raw(_) | Piece::Output { .. }) | None => {
                let (name, end) = (block.kind.name(), block.kind.end());
                let message = format!("This `{name}` is never closed; end it with {{% {end} %}}");
                self.find(DiagnosticCode::Unclosed, block.span, message);
                None
            }
        }
    }

    fn capture(&mut self, tag: &Tag) -> Option<Node> {
        let mut cursor = self.cursor(tag.rest.clone());
        let name = given_name(&mut cursor).and_then(|name| {
            cursor.expect_end("Only one name can stand here")?;
            Ok(name)
        });
        let name = self.noted(name);
        let body = self.body();
        self.next_part();
        Some(Node::Capture { name: name?, body })
    }

    fn assign(&mut self, tag: &Tag) -> Option<Node> {
        let mut cursor = self.cursor(tag.rest.clone());
        let read = given_name(&mut cursor).and_then(|name| {
            cursor.expect_sign("=", "A value is given as in: assign name = value")?;
            Ok(Node::Assign { name, value: cursor.pipeline()? })
        });
        self.noted(read)
    }

    fn within_loop(&mut self, tag: &Tag, node: Node) -> Option<Node> {
        if self.open.iter().any(|block| block.kind == BlockKind::For) {
            return Some(node);
        }
        let message = format!("`{}` stands outside of any loop", &self.source[tag.name.clone()]);
        self.find(DiagnosticCode::Syntax, tag.whole.clone(), message);
        None
    }

    fn unknown_tag(&mut self, tag: &Tag) {
        let name = &self.source[tag.name.clone()];
        let ends = [BlockKind::If, BlockKind::Unless, BlockKind::Case, BlockKind::For, BlockKind::Capture];
        if UNSUPPORTED_TAGS.contains(&name) {
            let message = format!("The tag `{name}` is not supported yet");
            self.find(DiagnosticCode::NotSupported, tag.whole.clone(), message);
        } else if ends.iter().any(|kind| kind.takes(name)) || matches!(name, "endcomment" | "endraw") {
            let message = match self.open.last() {
                Some(block) => {
                    let line = Position::of(self.source, block.span.start).line;
                    let (open, end) = (block.kind.name(), block.kind.end());
                    format!("`{name}` closes nothing here; the `{open}` of line {line} ends with {{% {end} %}}")
                }
                None => format!("`{name}` belongs to no block here"),
            };
            self.find(DiagnosticCode::Unclosed, tag.whole.clone(), message);
        } else if name.is_empty() {
            self.find(DiagnosticCode::Syntax, tag.whole.clone(), "The name of a tag is missing here");
        } else {
            let near = nearest(name, TAGS.iter().map(|(name, ..)| *name));
            let message = format!("There is no tag `{}`{}", cut(name), did_you_mean(&near));
            self.diagnostics
                .push(Diagnostic::new(DiagnosticCode::UnknownTag, tag.name.clone(), message).suggesting(near));
        }
    }

    fn cursor(&self, part: Span) -> Cursor<'s> {
        Cursor::new(self.source, part, self.nesting_max)
    }

    fn find(&mut self, code: DiagnosticCode, span: Span, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(code, span, message));
    }

    /// What was read; a mistake is noted.
    fn noted<T>(&mut self, read: Read<T>) -> Option<T> {
        read.map_err(|found| self.diagnostics.push(*found)).ok()
    }

    /// What was read; in place of a mistake, which is noted, nothing: the block goes on being read.
    fn noted_or_nothing(&mut self, read: Read<Expression>, span: &Span) -> Expression {
        let nothing = || Expression { term: Term::Literal(Value::Nil), span: span.clone() };
        self.noted(read).unwrap_or_else(nothing)
    }
}

impl OpenBlock {
    fn takes_piece(&self, piece: &Piece, source: &str) -> bool {
        matches!(piece, Piece::Tag(tag) if self.kind.takes(&source[tag.name.clone()]))
    }
}

/// The name that `assign` or `capture` gives: a word without a question mark, a text, or digits.
fn given_name(cursor: &mut Cursor<'_>) -> Read<Name> {
    const WANTED: &str = "A name is missing here";
    let span = cursor.peek().span.clone();
    let text = match &cursor.peek().token {
        Token::Word if !cursor.text(&span).ends_with('?') => cursor.text(&span),
        Token::Text => cursor.text(&(span.start + 1..span.end - 1)),
        Token::Number(Number::Integer(0..)) => cursor.text(&span),
        Token::Word | Token::Number(_) | Token::Sign(_) | Token::Bad(..) | Token::End => {
            return Err(cursor.unexpected(WANTED).into());
        }
    };
    let name = Name { text: Arc::from(text), span };
    cursor.next();
    Ok(name)
}
