//! The text form that people type: read by [`parse`], written by [`Rule::to_text`], inverse both ways.

mod lexer;
mod parser;
mod print;
mod spans;

pub use spans::{NodeSpans, Spans};

pub(crate) use lexer::{Lexeme, Token, tokens};
pub(crate) use print::{key_text, literal_text, span_text};

use crate::ast::{Rule, TEXT_BYTES_MAX};
use crate::diagnostic::{Diagnostic, DiagnosticCode};

/// What reading a text gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// The rule; `None` when anything was found wrong.
    pub rule: Option<Rule>,
    /// Where each node of the rule stands.
    pub spans: Spans,
    /// Everything found wrong, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the text form. Reading goes on after a mistake where it can, so that several are found at once.
pub fn parse(text: &str) -> Parsed {
    if TEXT_BYTES_MAX < text.len() {
        let message = format!("A rule has at most {TEXT_BYTES_MAX} bytes of text; this one has {}", text.len());
        let mut found = Diagnostic::error(DiagnosticCode::TooLong, message);
        // The first letter beyond what is read.
        let start = (0..=TEXT_BYTES_MAX).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
        found.span = Some(start..text.len());
        return Parsed { rule: None, spans: Spans::default(), diagnostics: vec![found] };
    }
    parse_unbounded(text)
}

/// Reads a text of any length: the canonical text of a rule that came as JSON may be longer.
pub(crate) fn parse_unbounded(text: &str) -> Parsed {
    parser::Parser::new(text).rule()
}

impl Rule {
    /// The rule in its canonical text.
    pub fn to_text(&self) -> String {
        print::node_text(&self.node)
    }
}

/// Words that never name an attribute unless they stand in backquotes.
pub(crate) const RESERVED: [&str; 6] = ["and", "or", "not", "in", "true", "false"];

pub(crate) fn is_reserved(word: &str) -> bool {
    RESERVED.iter().any(|reserved| reserved.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests;
