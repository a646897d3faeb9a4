//! What is kept of an answer: an excerpt that is harmless to look at.

/// Most bytes of an excerpt.
pub const EXCERPT_BYTES_MAX: usize = 1_024;
/// A run of digits this long may be a phone or card number.
const DIGITS_MIN: usize = 7;
const HIDDEN: &str = "•••";

/// The beginning of a body as text that may be shown and stored: no control characters, nothing that
/// turns the direction of writing, and no addresses, long numbers or secrets, which receivers tend to echo.
pub fn excerpt(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    let inert: String =
        text.chars().take(EXCERPT_BYTES_MAX).map(|letter| if is_inert(letter) { letter } else { '\u{fffd}' }).collect();
    let mut excerpt: String = inert.split_inclusive(is_boundary).map(hide).collect();
    excerpt.truncate(excerpt.floor_char_boundary(EXCERPT_BYTES_MAX));
    excerpt
}

/// Line breaks and tabs stay; escapes, zero bytes, and marks that reorder or hide text do not.
fn is_inert(letter: char) -> bool {
    let is_format = matches!(letter, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}');
    matches!(letter, '\n' | '\t') || (!letter.is_control() && !is_format)
}

/// What words of JSON, HTML and forms end with.
fn is_boundary(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '"' | '\'' | ',' | ';' | '<' | '>' | '&' | '=' | '{' | '}' | '[' | ']')
}

/// One word and the letter that ends it.
fn hide(word: &str) -> String {
    let end = word.strip_suffix(is_boundary).map_or(word.len(), str::len);
    let (word, ending) = word.split_at(end);
    let is_private = word.contains('@') || word.contains("whsec_") || has_long_number(word);
    if is_private { format!("{HIDDEN}{ending}") } else { format!("{word}{ending}") }
}

fn has_long_number(word: &str) -> bool {
    let is_part = |letter: char| letter.is_ascii_digit() || matches!(letter, '+' | '-' | '.' | '(' | ')' | '/');
    word.split(|letter| !is_part(letter)).any(|run| DIGITS_MIN <= run.chars().filter(char::is_ascii_digit).count())
}

#[cfg(test)]
mod tests;
