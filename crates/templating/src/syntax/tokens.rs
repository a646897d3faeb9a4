//! From the inside of an output or a tag to tokens. Never fails: what has no meaning becomes a
//! [`Token::Bad`] that says why.

use crate::tree::Span;
use crate::value::Number;

/// One piece of an expression.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Token {
    /// A name or a word of the language; may hold hyphens and end with a question mark.
    Word,
    /// A text in quotes; the span holds the quotes too.
    Text,
    Number(Number),
    /// One of the signs of the language.
    Sign(&'static str),
    /// Nothing of the language: why, and what may have been meant.
    Bad(String, Option<String>),
    /// The end.
    End,
}

/// A token and where it stands in the source.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Lexeme {
    pub(crate) token: Token,
    pub(crate) span: Span,
}

/// Longer signs stand before their beginnings.
const SIGNS: [&str; 17] = ["==", "!=", "<>", "<=", ">=", "..", "<", ">", "=", ".", "|", ":", ",", "[", "]", "(", ")"];
/// Signs of other languages, what to do instead, and what may replace them.
const FOREIGN_SIGNS: [(&str, &str, Option<&str>); 8] = [
    ("&&", "`&&` is written `and` here", Some("and")),
    ("||", "`||` is written `or` here", Some("or")),
    ("+", "There is no `+` here; write `| plus: …`", None),
    ("-", "There is no `-` here; write `| minus: …`", None),
    ("*", "There is no `*` here; write `| times: …`", None),
    ("/", "There is no `/` here; write `| divided_by: …`", None),
    ("%", "There is no `%` here; write `| modulo: …`", None),
    ("!", "There is no `!` here; write `unless`, or compare with `== false`", None),
];

/// Every token of a part of a source; the last is [`Token::End`].
pub(crate) fn tokens(source: &str, part: Span) -> Vec<Lexeme> {
    let mut lexemes = Vec::new();
    let mut at = part.start;
    let text = &source[..part.end];
    while let Some(letter) = text[at..].chars().next() {
        if letter.is_whitespace() {
            at += letter.len_utf8();
            continue;
        }
        let (token, length) = first_token(&text[at..], letter);
        lexemes.push(Lexeme { token, span: at..at + length });
        at += length;
    }
    lexemes.push(Lexeme { token: Token::End, span: part.end..part.end });
    lexemes
}

/// The token at the start of a text, and its length.
fn first_token(text: &str, first: char) -> (Token, usize) {
    match first {
        '"' | '\'' => quoted(text, first),
        '“' | '”' | '‘' | '’' | '«' | '»' => {
            let reason = "Text is written in straight quotes, \" or '".to_owned();
            (Token::Bad(reason, Some("\"".to_owned())), first.len_utf8())
        }
        '0'..='9' => number(text),
        '-' if text[1..].starts_with(|next: char| next.is_ascii_digit()) => number(text),
        letter if letter.is_alphabetic() || letter == '_' => (Token::Word, word_length(text)),
        _ => sign(text, first),
    }
}

fn word_length(text: &str) -> usize {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '-';
    let length = text.find(|letter| !is_part(letter)).unwrap_or(text.len());
    length + usize::from(text[length..].starts_with('?'))
}

fn quoted(text: &str, quote: char) -> (Token, usize) {
    match text[1..].find(quote) {
        Some(end) => (Token::Text, end + 2),
        None => (Token::Bad(format!("This text is never closed; end it with {quote}"), None), text.len()),
    }
}

fn number(text: &str) -> (Token, usize) {
    let digits_from = |at: usize| text[at..].find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len() - at);
    let sign = usize::from(text.starts_with('-'));
    let mut length = sign + digits_from(sign);
    // `(1..5)` holds two whole numbers; `1.5` is one decimal.
    if text[length..].starts_with('.') && 0 < digits_from(length + 1) {
        length += 1 + digits_from(length + 1);
    }
    match Number::parse(&text[..length]) {
        Some(number) => (Token::Number(number), length),
        None => (Token::Bad("A number has at most 28 digits".to_owned(), None), length),
    }
}

fn sign(text: &str, first: char) -> (Token, usize) {
    if let Some(sign) = SIGNS.iter().find(|sign| text.starts_with(**sign)) {
        return (Token::Sign(sign), sign.len());
    }
    if let Some((sign, reason, ours)) = FOREIGN_SIGNS.iter().find(|(sign, ..)| text.starts_with(sign)) {
        return (Token::Bad((*reason).to_owned(), ours.map(str::to_owned)), sign.len());
    }
    let reason = match first {
        '{' => "This is not closed before the next `{`".to_owned(),
        letter if letter.is_ascii_graphic() => format!("The character `{letter}` has no meaning here"),
        letter => format!("The character U+{:04X} has no meaning here", u32::from(letter)),
    };
    (Token::Bad(reason, None), first.len_utf8())
}
