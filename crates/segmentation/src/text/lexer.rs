//! From text to tokens. Never fails: what has no meaning becomes a [`Token::Bad`] that says why.

use std::ops::Range;

use crate::ast::When;

/// One piece of a rule's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    /// A word: a keyword or a key, dots and all.
    Word,
    /// A key in backquotes, for keys that would read as a keyword; without the quotes.
    Key(String),
    /// A text, its escapes read.
    Text(String),
    /// A number as JSON writes it.
    Number,
    /// A date or a timestamp.
    Time(When),
    /// One of the signs of the language.
    Sign(&'static str),
    /// Nothing of the language: why, and what may have been meant.
    Bad(String, Option<String>),
    /// The end of the text.
    End,
}

/// A token and its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lexeme {
    pub(crate) token: Token,
    pub(crate) span: Range<usize>,
}

/// Longer signs stand before their beginnings.
const SIGNS: [&str; 14] = ["!=", "<=", ">=", "~=", "=", "<", ">", "~", "(", ")", ",", "+", "-", "%"];
/// Signs of other languages, and ours for the same.
const FOREIGN_SIGNS: [(&str, &str); 6] =
    [("==", "="), ("<>", "!="), ("=>", ">="), ("=<", "<="), ("&&", "and"), ("||", "or")];

/// Every token of a text; the last is [`Token::End`].
pub(crate) fn tokens(text: &str) -> Vec<Lexeme> {
    let mut lexemes = Vec::new();
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        if letter.is_whitespace() {
            at += letter.len_utf8();
            continue;
        }
        let (token, length) = first_token(&text[at..], letter);
        lexemes.push(Lexeme { token, span: at..at + length });
        at += length;
    }
    lexemes.push(Lexeme { token: Token::End, span: text.len()..text.len() });
    lexemes
}

/// The token at the start of a text, and its length.
fn first_token(text: &str, first: char) -> (Token, usize) {
    match first {
        '"' => quoted(text),
        '`' => backquoted(text),
        '\'' | '“' | '”' | '‘' | '’' | '«' => foreign_quotes(text, first),
        '0'..='9' => number_or_time(text),
        '-' if text[1..].starts_with(|next: char| next.is_ascii_digit()) => number(text),
        letter if letter.is_alphabetic() || letter == '_' => (Token::Word, word_length(text)),
        _ => sign(text, first),
    }
}

fn word_length(text: &str) -> usize {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut length = length_while(text, is_part);
    // A dot joins only what a word follows: it may also end a sentence.
    while text[length..].starts_with('.') && text[length + 1..].starts_with(is_part) {
        length += 1 + length_while(&text[length + 1..], is_part);
    }
    length
}

fn length_while(text: &str, keeps: impl Fn(char) -> bool) -> usize {
    text.find(|letter| !keeps(letter)).unwrap_or(text.len())
}

fn quoted(text: &str) -> (Token, usize) {
    let mut is_escaped = false;
    let end = text[1..].find(|letter| {
        let closes = letter == '"' && !is_escaped;
        is_escaped = letter == '\\' && !is_escaped;
        closes
    });
    let Some(end) = end else {
        return (Token::Bad("This text is never closed; end it with \"".to_owned(), None), text.len());
    };
    let length = end + 2;
    if let Ok(value) = serde_json::from_str(&text[..length]) {
        return (Token::Text(value), length);
    }
    let reason = r"This is not a JSON string; write a line break as \n and a backslash as \\";
    (Token::Bad(reason.to_owned(), None), length)
}

fn backquoted(text: &str) -> (Token, usize) {
    match text[1..].find('`') {
        Some(end) => (Token::Key(text[1..=end].to_owned()), end + 2),
        None => (Token::Bad("This key is never closed; end it with `".to_owned(), None), text.len()),
    }
}

fn foreign_quotes(text: &str, first: char) -> (Token, usize) {
    let closing = match first {
        '“' | '”' => ['”', '“', '"'],
        '«' => ['»', '»', '"'],
        _ => ['\'', '’', '‘'],
    };
    let inside = &text[first.len_utf8()..];
    let reason = "Text is written in straight double quotes".to_owned();
    match inside.char_indices().find(|(_, letter)| closing.contains(letter)) {
        Some((end, closing)) => {
            let meant = serde_json::Value::from(&inside[..end]).to_string();
            (Token::Bad(reason, Some(meant)), first.len_utf8() + end + closing.len_utf8())
        }
        None => (Token::Bad(reason, None), first.len_utf8()),
    }
}

fn number_or_time(text: &str) -> (Token, usize) {
    let digits = length_while(text, |letter| letter.is_ascii_digit());
    let is_time = text[digits..].starts_with('-') && text[digits + 1..].starts_with(|next: char| next.is_ascii_digit());
    if !is_time {
        return number(text);
    }
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || "-:.+".contains(letter);
    // A point or sign at the very end belongs to what follows.
    let length = text[..length_while(text, is_part)].trim_end_matches(['-', ':', '.', '+']).len();
    if let Some(when) = When::parse(&text[..length]) {
        return (Token::Time(when), length);
    }
    let reason = "This is not a date; write it as 2026-05-01, or a time as 2026-05-01T09:30:00Z";
    (Token::Bad(reason.to_owned(), None), length)
}

/// A number as JSON writes it: no leading zeros, digits on both sides of the point.
fn number(text: &str) -> (Token, usize) {
    let digits_from = |at: usize| length_while(&text[at..], |letter| letter.is_ascii_digit());
    let sign = usize::from(text.starts_with('-'));
    let whole = digits_from(sign);
    let mut length = sign + whole;
    if text[length..].starts_with('.') && 0 < digits_from(length + 1) {
        length += 1 + digits_from(length + 1);
    }
    if text[length..].starts_with(['e', 'E']) {
        let signed = usize::from(text[length + 1..].starts_with(['+', '-']));
        let exponent = digits_from(length + 1 + signed);
        if 0 < exponent {
            length += 1 + signed + exponent;
        }
    }
    if 1 < whole && text[sign..].starts_with('0') {
        let meant = format!("\"{}\"", &text[..length]);
        return (Token::Bad("Numbers have no leading zeros; write text in quotes".to_owned(), Some(meant)), length);
    }
    (Token::Number, length)
}

fn sign(text: &str, first: char) -> (Token, usize) {
    let foreign = |(foreign, ours): (&str, &str)| {
        (Token::Bad(format!("`{foreign}` is written `{ours}` here"), Some(ours.to_owned())), foreign.len())
    };
    if let Some(pair) = FOREIGN_SIGNS.into_iter().find(|(foreign, _)| text.starts_with(foreign)) {
        return foreign(pair);
    }
    match SIGNS.iter().find(|sign| text.starts_with(**sign)) {
        Some(sign) => (Token::Sign(sign), sign.len()),
        None if first == '!' => foreign(("!", "not")),
        None => (Token::Bad(format!("The character {} has no meaning here", shown(first)), None), first.len_utf8()),
    }
}

/// A character for a message; its number when it could not be seen.
fn shown(letter: char) -> String {
    if letter.is_alphanumeric() || letter.is_ascii_graphic() {
        format!("`{letter}`")
    } else {
        format!("U+{:04X}", u32::from(letter))
    }
}
