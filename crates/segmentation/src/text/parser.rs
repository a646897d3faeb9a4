//! From tokens to a rule, by recursive descent with bounded depth: `or` of `and` of conditions.
//!
//! After a mistake reading goes on at the next `and`, `or` or closing bracket.

mod comparison;
mod cursor;
mod value;

use std::ops::Range;

use super::lexer::{Lexeme, Token, tokens};
use super::spans::{Mark, Spans};
use super::{Parsed, is_reserved};
use crate::ast::{LEVELS_MAX, NODES_MAX, Node, Rule};
use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::unsupported::Unsupported;

/// The mistake has been noted; nothing was read.
pub(super) struct Failed;

type Read<T> = Result<T, Failed>;

/// A node with where it stands.
struct Placed {
    node: Node,
    mark: Mark,
}

/// Reads one text.
pub(super) struct Parser<'t> {
    text: &'t str,
    lexemes: Vec<Lexeme>,
    at: usize,
    found: Vec<Diagnostic>,
    /// How many brackets and `not`s are open.
    level: usize,
    nodes: usize,
}

impl<'t> Parser<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, lexemes: tokens(text), at: 0, found: Vec::new(), level: 0, nodes: 0 }
    }

    pub(super) fn rule(mut self) -> Parsed {
        let read = self.any_of();
        if *self.token() != Token::End && self.found.is_empty() {
            // Only a bracket ends a rule before its text ends.
            self.report(self.span(), DiagnosticCode::Syntax, "This bracket was never opened");
        }
        match read {
            Ok(Placed { node, mark }) if self.found.is_empty() => {
                let spans = Spans::from(mark);
                let mut diagnostics = Vec::new();
                if let Some(deep) = spans.nodes().iter().find(|node| LEVELS_MAX <= node.path.len()) {
                    let mut found = Diagnostic::error(DiagnosticCode::TooDeep, too_deep());
                    found.span = Some(deep.whole.clone());
                    diagnostics.push(found);
                }
                Parsed { rule: diagnostics.is_empty().then_some(Rule { node }), spans, diagnostics }
            }
            Ok(_) | Err(Failed) => Parsed { rule: None, spans: Spans::default(), diagnostics: self.found },
        }
    }

    fn any_of(&mut self) -> Read<Placed> {
        self.joined("or", Self::all_of, Node::Or)
    }

    fn all_of(&mut self) -> Read<Placed> {
        self.joined("and", Self::operand, Node::And)
    }

    /// Conditions joined by one word; a single one stands for itself.
    fn joined(&mut self, word: &str, next: fn(&mut Self) -> Read<Placed>, join: fn(Vec<Node>) -> Node) -> Read<Placed> {
        let first = next(self);
        if !self.is_word(0, word) {
            return first;
        }
        let mut read = vec![first];
        while self.eat_words(word) {
            read.push(next(self));
        }
        let placed: Vec<Placed> = read.into_iter().collect::<Read<_>>()?;
        let (nodes, children): (Vec<Node>, Vec<Mark>) =
            placed.into_iter().map(|placed| (placed.node, placed.mark)).unzip();
        let start = children.first().map_or(0, |mark| mark.whole.start);
        let end = children.last().map_or(start, |mark| mark.whole.end);
        self.placed(join(nodes), start..end, children)
    }

    /// One condition up to where it must end; after a mistake, the rest of it is skipped.
    fn operand(&mut self) -> Read<Placed> {
        let read = self.condition();
        if read.is_err() {
            self.skip_condition();
        } else if !self.is_boundary(0) {
            let message = match self.token() {
                Token::Bad(reason, _) => reason.clone(),
                _ => "Expected `and` or `or` between two conditions".to_owned(),
            };
            self.report(self.span(), DiagnosticCode::Syntax, &message);
            self.skip_condition();
            return Err(Failed);
        }
        read
    }

    fn condition(&mut self) -> Read<Placed> {
        let start = self.span().start;
        if self.eat_words("not") {
            self.descend()?;
            let inner = self.condition();
            self.level -= 1;
            let Placed { node, mark } = inner?;
            let whole = start..mark.whole.end;
            return self.placed(Node::Not(Box::new(node)), whole, vec![mark]);
        }
        if *self.token() == Token::Sign("(") {
            return self.group();
        }
        if let Some(read) = self.special() {
            return read;
        }
        self.comparison()
    }

    /// `(…)`: what is inside, as wide as the brackets.
    fn group(&mut self) -> Read<Placed> {
        let open = self.span();
        self.at += 1;
        self.descend()?;
        let inner = self.any_of();
        self.level -= 1;
        let is_closed = self.eat_sign(")");
        if !is_closed && inner.is_ok() {
            self.report(open.clone(), DiagnosticCode::Syntax, "This bracket is never closed");
            return Err(Failed);
        }
        let Placed { node, mark } = inner?;
        let whole = open.start..self.end_of_last();
        Ok(Placed { node, mark: Mark { whole, ..mark } })
    }

    /// Conditions that do not start with an attribute, or `None` when one does.
    fn special(&mut self) -> Option<Read<Placed>> {
        let start = self.span().start;
        for (words, node) in [("everyone", Node::And(Vec::new())), ("no one", Node::Or(Vec::new()))] {
            if self.are_words(words) && self.is_boundary(words.split(' ').count()) {
                self.eat_words(words);
                return Some(self.placed(node, start..self.end_of_last(), Vec::new()));
            }
        }
        for (words, join) in [("all of", Node::And as fn(Vec<Node>) -> Node), ("any of", Node::Or)] {
            if self.are_words(words) && self.lexeme(2).token == Token::Sign("(") {
                self.eat_words(words);
                return Some(self.group_of_one(start, join));
            }
        }
        self.unsupported().map(|unsupported| {
            self.skip_condition();
            let whole = start..self.end_of_last();
            self.report(whole, DiagnosticCode::NotSupported, &unsupported.message());
            Err(Failed)
        })
    }

    /// `all of (…)`, `any of (…)`: an `and` or an `or` of exactly one condition.
    fn group_of_one(&mut self, start: usize, join: fn(Vec<Node>) -> Node) -> Read<Placed> {
        let Placed { node, mark } = self.group()?;
        let whole = start..mark.whole.end;
        self.placed(join(vec![node]), whole, vec![mark])
    }

    /// What the next words begin, when it is a part of the language that is not answered yet.
    fn unsupported(&self) -> Option<Unsupported> {
        let word = self.word(0)?.to_ascii_lowercase();
        let is_text = |ahead: usize| matches!(self.lexeme(ahead).token, Token::Text(_));
        let is_open = |ahead: usize| self.lexeme(ahead).token == Token::Sign("(");
        let found = match word.as_str() {
            "any" | "all" | "none" if self.word(1).is_some() && !self.is_word(1, "in") && is_open(2) => {
                Unsupported::Objects
            }
            "in" if self.is_word(1, "segment") => Unsupported::Segments,
            "in" if self.is_word(1, "list") => Unsupported::Lists,
            "in" if self.is_word(1, "random") => Unsupported::Samples,
            "account" if self.is_word(1, "in") && self.is_word(2, "segment") => Unsupported::AccountSegments,
            "at" if matches!(self.lexeme(1).token, Token::Time(_)) => Unsupported::PastTimes,
            "did" if is_text(1) || (self.is_word(1, "not") && is_text(2)) => Unsupported::Events,
            "first" | "last" if is_text(1) => Unsupported::Events,
            "sum" | "avg" | "min" | "max" | "distinct" if self.is_word(1, "of") => Unsupported::Events,
            "sequence" if is_open(1) => Unsupported::Sequences,
            _ => return None,
        };
        Some(found)
    }

    /// One more bracket or `not` is open.
    fn descend(&mut self) -> Read<()> {
        self.level += 1;
        if LEVELS_MAX < self.level {
            self.report(self.span(), DiagnosticCode::TooDeep, &too_deep());
            self.give_up();
            return Err(Failed);
        }
        Ok(())
    }

    /// A node that was read, counted.
    fn placed(&mut self, node: Node, whole: Range<usize>, children: Vec<Mark>) -> Read<Placed> {
        self.nodes += 1;
        if NODES_MAX < self.nodes {
            let message = format!("A rule has at most {NODES_MAX} nodes");
            self.report(whole, DiagnosticCode::TooManyNodes, &message);
            self.give_up();
            return Err(Failed);
        }
        Ok(Placed { node, mark: Mark { whole, parts: Vec::new(), children } })
    }
}

fn too_deep() -> String {
    format!("A rule has at most {LEVELS_MAX} levels")
}
