//! From source to tree. Parsing never stops at the first mistake: what does not read is left out, and
//! said; the rest is parsed, so that an editor can underline all of it at once.

mod blocks;
mod cursor;
mod expressions;
mod outline;
mod pieces;
mod tags;
mod tokens;

use crate::diagnostic::Diagnostic;
use crate::limits::Limits;
use crate::tree::Body;

pub(crate) use outline::{Outline, outline};
pub(crate) use tags::TAGS;
pub(crate) use tokens::{Lexeme, Token, tokens};

/// What was read, and what is wrong with it.
#[derive(Debug)]
pub(crate) struct Parsed {
    pub(crate) body: Body,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Parses a source.
pub(crate) fn parse(source: &str, limits: &Limits) -> Parsed {
    let (pieces, diagnostics) = match pieces::pieces(source, limits.source_bytes_max) {
        Ok(pieces) => pieces,
        Err(too_long) => return Parsed { body: Body::default(), diagnostics: vec![too_long] },
    };
    blocks::Parser::new(source, pieces, diagnostics, limits.nesting_max).parse()
}

#[cfg(test)]
mod tests;
