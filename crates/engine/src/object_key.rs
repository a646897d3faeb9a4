//! The key of a segment or a template: what rules and programs call it. Made from the name when no one chose it.

use std::collections::HashSet;

use attrium_storage::Heading;

use crate::error::{Problem, ProblemCode};

/// Most characters of a key.
const KEY_CHARS_MAX: usize = 64;
/// Most characters of a key made from a name: room is left for a number behind it.
const MADE_CHARS_MAX: usize = 56;

/// A key someone chose: a lower-case letter, then letters, digits, `_` or `-`.
///
/// # Errors
/// A [`Problem`] at `key` that says what a key is.
pub(crate) fn check(key: &str) -> Result<String, Problem> {
    let is_key = key.len() <= KEY_CHARS_MAX
        && key.starts_with(|letter: char| letter.is_ascii_lowercase())
        && key.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-'));
    let message = "A key is a lower-case letter, then up to 63 letters, digits, `_` or `-`.";
    if is_key { Ok(key.to_owned()) } else { Err(Problem::new(ProblemCode::Invalid, &["key"], message)) }
}

/// The key of a name, with the first number behind it that makes it another than these have.
pub(crate) fn free<I>(name: &str, noun: &str, taken: &[Heading<I>]) -> String {
    let taken: HashSet<&str> = taken.iter().map(|heading| heading.key.as_str()).collect();
    let plain = from_name(name, noun);
    let mut key = plain.clone();
    let mut number = 1;
    while taken.contains(key.as_str()) {
        number += 1;
        key = numbered(&plain, number);
    }
    key
}

/// A key from a name: `İyi Müşteriler 2026` is `iyi_musteriler_2026`. A name without a letter that
/// ASCII can spell is what the thing is called, such as `segment`.
fn from_name(name: &str, noun: &str) -> String {
    let mut key = String::new();
    for letter in name.to_lowercase().chars() {
        push_plain(&mut key, letter);
    }
    let mut key: String = key.trim_start_matches('_').chars().take(MADE_CHARS_MAX).collect();
    key.truncate(key.trim_end_matches('_').len());
    match key.chars().next() {
        None => noun.to_owned(),
        Some(first) if first.is_ascii_digit() => format!("{noun}_{key}"),
        Some(_) => key,
    }
}

/// The same key with a number, for names that make a key already taken.
fn numbered(key: &str, number: usize) -> String {
    format!("{key}_{number}")
}

fn push_plain(key: &mut String, letter: char) {
    match letter {
        'a'..='z' | '0'..='9' => key.push(letter),
        'â' | 'á' | 'à' | 'ä' | 'ã' | 'å' => key.push('a'),
        'ç' | 'ć' | 'č' => key.push('c'),
        'é' | 'è' | 'ê' | 'ë' => key.push('e'),
        'ğ' => key.push('g'),
        'ı' | 'î' | 'í' | 'ì' | 'ï' => key.push('i'),
        'ñ' => key.push('n'),
        'ö' | 'ô' | 'ó' | 'ò' | 'õ' | 'ø' => key.push('o'),
        'ş' | 'š' => key.push('s'),
        'ü' | 'û' | 'ú' | 'ù' => key.push('u'),
        'ž' => key.push('z'),
        'ß' => key.push_str("ss"),
        // The dot that `İ` leaves behind in lower case, and other marks upon the letter before.
        '\u{300}'..='\u{36f}' => {}
        _ if key.ends_with('_') => {}
        _ => key.push('_'),
    }
}

#[cfg(test)]
mod tests;
