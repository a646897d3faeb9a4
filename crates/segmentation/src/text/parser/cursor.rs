//! Looking ahead, eating words and signs, noting mistakes, and finding the next place to go on.

use std::ops::Range;

use super::super::lexer::{Lexeme, Token};
use super::{Failed, Parser, Read, is_reserved};
use crate::diagnostic::{Diagnostic, DiagnosticCode};

/// Reading stops gathering after so many mistakes.
const PROBLEMS_MAX: usize = 100;

impl<'t> Parser<'t> {
    /// The token `ahead` places on; past the end, the end.
    pub(super) fn lexeme(&self, ahead: usize) -> &Lexeme {
        let last = self.lexemes.len() - 1;
        &self.lexemes[(self.at + ahead).min(last)]
    }

    pub(super) fn token(&self) -> &Token {
        &self.lexeme(0).token
    }

    pub(super) fn span(&self) -> Range<usize> {
        self.lexeme(0).span.clone()
    }

    /// Where the last eaten token ends.
    pub(super) fn end_of_last(&self) -> usize {
        self.at.checked_sub(1).map_or(0, |last| self.lexemes[last].span.end)
    }

    /// The word `ahead` places on, or `None` when there stands something else.
    pub(super) fn word(&self, ahead: usize) -> Option<&'t str> {
        let lexeme = self.lexeme(ahead);
        (lexeme.token == Token::Word).then(|| &self.text[lexeme.span.clone()])
    }

    pub(super) fn is_word(&self, ahead: usize, word: &str) -> bool {
        self.word(ahead).is_some_and(|found| found.eq_ignore_ascii_case(word))
    }

    /// Whether these words, separated by spaces, stand next.
    pub(super) fn are_words(&self, words: &str) -> bool {
        words.split(' ').enumerate().all(|(ahead, word)| self.is_word(ahead, word))
    }

    /// Eats these words when all of them stand next.
    pub(super) fn eat_words(&mut self, words: &str) -> bool {
        let are_next = self.are_words(words);
        if are_next {
            self.at += words.split(' ').count();
        }
        are_next
    }

    pub(super) fn eat_sign(&mut self, sign: &'static str) -> bool {
        let is_next = *self.token() == Token::Sign(sign);
        if is_next {
            self.at += 1;
        }
        is_next
    }

    /// Whether a condition ends before the token `ahead` places on.
    pub(super) fn is_boundary(&self, ahead: usize) -> bool {
        matches!(self.lexeme(ahead).token, Token::End | Token::Sign(")"))
            || self.is_word(ahead, "and")
            || self.is_word(ahead, "or")
    }

    /// Notes a mistake.
    pub(super) fn report(&mut self, span: Range<usize>, code: DiagnosticCode, message: &str) {
        if self.found.len() < PROBLEMS_MAX {
            let mut found = Diagnostic::error(code, message.to_owned());
            found.span = Some(span);
            self.found.push(found);
        }
    }

    /// Notes that the next token is not what must stand here.
    pub(super) fn fail<T>(&mut self, message: &str) -> Read<T> {
        match self.token().clone() {
            Token::Bad(reason, meant) => {
                self.report(self.span(), DiagnosticCode::Syntax, &reason);
                self.suggest(meant);
            }
            Token::End => {
                // An empty place cannot be underlined: what stands before it can.
                let last = self.at.checked_sub(1).map_or(0..0, |last| self.lexemes[last].span.clone());
                self.report(last, DiagnosticCode::Syntax, message);
            }
            Token::Word | Token::Key(_) | Token::Text(_) | Token::Number | Token::Time(_) | Token::Sign(_) => {
                self.report(self.span(), DiagnosticCode::Syntax, message);
            }
        }
        Err(Failed)
    }

    /// Adds to the last mistake what may have been meant.
    pub(super) fn suggest(&mut self, meant: impl IntoIterator<Item = String>) {
        if let Some(last) = self.found.last_mut() {
            last.suggestions.extend(meant);
        }
    }

    /// Goes on at the next `and`, `or` or closing bracket outside of brackets that open here.
    pub(super) fn skip_condition(&mut self) {
        let mut open = 0_usize;
        let mut betweens = 0_usize;
        loop {
            match self.token() {
                Token::End => return,
                Token::Sign("(") => open += 1,
                Token::Sign(")") if open == 0 => return,
                Token::Sign(")") => open -= 1,
                Token::Word if open == 0 && self.is_word(0, "between") => betweens += 1,
                // The `and` of `between 2 and 4` joins no conditions.
                Token::Word if open == 0 && 0 < betweens && self.is_word(0, "and") => betweens -= 1,
                Token::Word if open == 0 && self.is_boundary(0) => return,
                Token::Word
                | Token::Key(_)
                | Token::Text(_)
                | Token::Number
                | Token::Time(_)
                | Token::Sign(_)
                | Token::Bad(..) => {}
            }
            self.at += 1;
        }
    }

    /// Reads no further: one mistake that outgrows every limit is told once.
    pub(super) fn give_up(&mut self) {
        self.at = self.lexemes.len() - 1;
    }

    /// The attribute key that stands next.
    pub(super) fn key(&mut self) -> Read<attrium_schema::AttributeKey> {
        let span = self.span();
        let text = match self.token() {
            Token::Key(key) => key.clone(),
            Token::Word => self.text[span.clone()].to_owned(),
            _ => return self.fail("Expected the key of an attribute"),
        };
        if *self.token() == Token::Word && is_reserved(&text) {
            let message = format!("`{text}` is a word of the language; put an attribute of this name in backquotes");
            return self.fail(&message);
        }
        match attrium_schema::AttributeKey::parse(&text) {
            Ok(key) => {
                self.at += 1;
                Ok(key)
            }
            Err(_) if text.contains('.') => {
                self.report(span, DiagnosticCode::NotSupported, &crate::unsupported::Unsupported::Objects.message());
                Err(Failed)
            }
            Err(error) => {
                let message = format!("No attribute has the key `{}`", error.text);
                self.report(span, DiagnosticCode::UnknownAttribute, &message);
                Err(Failed)
            }
        }
    }
}
