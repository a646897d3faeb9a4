//! Walks over the tokens of one output or tag.

use super::tokens::{Lexeme, Token, tokens};
use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::tree::{Name, Span};

/// What was read, or what is wrong; the rest of an output or tag with a mistake is not read.
pub(super) type Read<T> = Result<T, Box<Diagnostic>>;

pub(super) struct Cursor<'s> {
    source: &'s str,
    lexemes: Vec<Lexeme>,
    at: usize,
    /// Brackets open around the place.
    depth: usize,
    depth_max: usize,
}

impl<'s> Cursor<'s> {
    pub(super) fn new(source: &'s str, part: Span, depth_max: usize) -> Self {
        Self { source, lexemes: tokens(source, part), at: 0, depth: 0, depth_max }
    }

    pub(super) fn peek(&self) -> &Lexeme {
        &self.lexemes[self.at]
    }

    /// The token behind the next one.
    pub(super) fn peek_second(&self) -> &Token {
        let last = self.lexemes.len() - 1;
        &self.lexemes[(self.at + 1).min(last)].token
    }

    /// Takes the next token; the end stays.
    pub(super) fn next(&mut self) -> Lexeme {
        let lexeme = self.peek().clone();
        if lexeme.token != Token::End {
            self.at += 1;
        }
        lexeme
    }

    /// Where the last token that was taken ends.
    pub(super) fn end_of_last(&self) -> usize {
        self.at.checked_sub(1).map_or(self.peek().span.start, |last| self.lexemes[last].span.end)
    }

    pub(super) fn text(&self, span: &Span) -> &'s str {
        &self.source[span.clone()]
    }

    pub(super) fn is_end(&self) -> bool {
        self.peek().token == Token::End
    }

    pub(super) fn is_sign(&self, sign: &str) -> bool {
        matches!(self.peek().token, Token::Sign(next) if next == sign)
    }

    pub(super) fn eat_sign(&mut self, sign: &str) -> bool {
        let is_next = self.is_sign(sign);
        self.at += usize::from(is_next);
        is_next
    }

    pub(super) fn is_word(&self, word: &str) -> bool {
        let lexeme = self.peek();
        lexeme.token == Token::Word && self.text(&lexeme.span) == word
    }

    pub(super) fn eat_word(&mut self, word: &str) -> bool {
        let is_next = self.is_word(word);
        self.at += usize::from(is_next);
        is_next
    }

    pub(super) fn expect_sign(&mut self, sign: &str, wanted: &str) -> Read<()> {
        if self.eat_sign(sign) { Ok(()) } else { Err(self.unexpected(wanted).into()) }
    }

    pub(super) fn expect_end(&self, wanted: &str) -> Read<()> {
        if self.is_end() { Ok(()) } else { Err(self.unexpected(wanted).into()) }
    }

    /// A name that the template gives or asks for.
    pub(super) fn name(&mut self, wanted: &str) -> Read<Name> {
        if self.peek().token != Token::Word {
            return Err(self.unexpected(wanted).into());
        }
        let span = self.next().span;
        Ok(Name { text: self.text(&span).into(), span })
    }

    /// What is wrong with the next token: its own fault, or that something else was wanted.
    pub(super) fn unexpected(&self, wanted: &str) -> Diagnostic {
        let Lexeme { token, span } = self.peek();
        let (message, suggestion) = match token {
            Token::Bad(reason, suggestion) => (reason.clone(), suggestion.clone()),
            Token::Word | Token::Text | Token::Number(_) | Token::Sign(_) | Token::End => (wanted.to_owned(), None),
        };
        let found = Diagnostic::new(DiagnosticCode::Syntax, span.clone(), message);
        found.suggesting(suggestion.into_iter().collect())
    }

    /// Reads something inside brackets, of which there are only so many inside one another.
    pub(super) fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        if self.depth_max <= self.depth {
            let message = format!("At most {} brackets stand inside one another", self.depth_max);
            return Err(Box::new(Diagnostic::new(DiagnosticCode::TooDeep, self.peek().span.clone(), message)));
        }
        self.depth += 1;
        let read = read(self);
        self.depth -= 1;
        read
    }
}
