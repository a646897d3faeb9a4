//! Headers of a file: the key and the label each of them gives an attribute.

use std::collections::HashSet;

use crate::definition::{AttributeDraft, AttributeKey, label_from_key};
use crate::hidden::is_hidden;

/// A key for each header of a file, in order, all distinct: `First Name` is `first_name`, `e-mail` is
/// `email`, `Doğum Tarihi` is `dogum_tarihi`; a second `email` is `email_2`. A header in camelCase that
/// is a key already keeps its spelling. What would begin with a digit or be empty begins with `column_`:
/// `2024 sales` is `column_2024_sales`, and a third header of `#` is `column_3`.
pub fn keys_from_headers<H: AsRef<str>>(headers: &[H]) -> Vec<AttributeKey> {
    let mut taken = HashSet::new();
    headers
        .iter()
        .enumerate()
        .map(|(place, header)| free_key(&key_text(header.as_ref(), place + 1), &mut taken))
        .collect()
}

/// The key of this text, or of the text with the first number that makes it another key than those taken.
fn free_key(base: &str, taken: &mut HashSet<String>) -> AttributeKey {
    let candidate = |count| if count == 1 { base.to_owned() } else { with_suffix(base, count) };
    // Every suffix gives another text, and the text itself may be one of those.
    let text = (1..=taken.len() + 2)
        .map(candidate)
        .find(|text| taken.insert(text.to_ascii_lowercase()))
        .expect("there is one candidate more than keys are taken");
    AttributeKey::parse(&text).expect("it was made of a letter, then letters, digits and underscores")
}

/// What people see for a header: the header itself, or the words of one that is a key.
pub(super) fn label_from_header(header: &str, key: &AttributeKey) -> String {
    let words: Vec<&str> = header
        .split(|letter: char| letter.is_whitespace() || is_hidden(letter))
        .filter(|word| !word.is_empty())
        .collect();
    match words.as_slice() {
        [] => label_from_key(key),
        [word] if AttributeKey::parse(word).is_ok() => label_from_key(key),
        words => words.join(" ").chars().take(AttributeDraft::LABEL_CHARS_MAX).collect(),
    }
}

fn key_text(header: &str, place: usize) -> String {
    let header = header.trim();
    if is_camel_case(header) && AttributeKey::parse(header).is_ok() {
        return header.to_owned();
    }
    let mut words = words_of(header);
    // `e-mail` and `e-posta` are one word however they are written.
    if let Some(at) = words.windows(2).position(|pair| pair[0] == "e" && matches!(pair[1].as_str(), "mail" | "posta")) {
        let tail = words.remove(at + 1);
        words[at].push_str(&tail);
    }
    let mut text = words.join("_");
    if text.is_empty() {
        text = format!("column_{place}");
    } else if text.starts_with(|first: char| first.is_ascii_digit()) {
        text.insert_str(0, "column_");
    }
    text.truncate(AttributeKey::CHARS_MAX);
    text.trim_end_matches('_').to_owned()
}

fn is_camel_case(header: &str) -> bool {
    header.as_bytes().windows(2).any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase())
}

fn with_suffix(base: &str, count: usize) -> String {
    let suffix = format!("_{count}");
    let kept = base.len().min(AttributeKey::CHARS_MAX - suffix.len());
    format!("{}{suffix}", &base[..kept])
}

/// The words of a header in lower-case ASCII letters and digits.
fn words_of(header: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for letter in header.chars() {
        match ascii_of(letter) {
            Some(ascii) => words.last_mut().expect("it begins with one word").push_str(&ascii),
            None => words.push(String::new()),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The ASCII spelling of a letter or digit, empty for marks that belong to their word, `None` for what parts words.
fn ascii_of(letter: char) -> Option<String> {
    let spelled = match letter {
        'a'..='z' | 'A'..='Z' | '0'..='9' => return Some(letter.to_ascii_lowercase().to_string()),
        // Apostrophes and combining accents.
        '\'' | '’' | '\u{300}'..='\u{36f}' => "",
        'ı' | 'İ' | 'ì'..='ï' | 'Ì'..='Ï' => "i",
        'ğ' | 'Ğ' => "g",
        'ş' | 'Ş' => "s",
        'ç' | 'Ç' => "c",
        'à'..='å' | 'À'..='Å' => "a",
        'è'..='ë' | 'È'..='Ë' => "e",
        'ò'..='ö' | 'ø' | 'Ò'..='Ö' | 'Ø' => "o",
        'ù'..='ü' | 'Ù'..='Ü' => "u",
        'ñ' | 'Ñ' => "n",
        'ý' | 'ÿ' | 'Ý' => "y",
        'ß' => "ss",
        'æ' | 'Æ' => "ae",
        _ => return None,
    };
    Some(spelled.to_owned())
}
