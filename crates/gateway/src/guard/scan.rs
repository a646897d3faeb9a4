//! One pass over the bytes of a document, without recursion, that counts tokens and open brackets
//! exactly as the parser will meet them.

use super::{BRACKETS_MAX, Refusal, TOKENS_MAX};

/// Refuses text the parser must not see.
///
/// A string that does not end is refused here and not left to the parser: it would read the opening
/// of an unfinished block string as an empty string, go on behind it, and so meet brackets that this
/// pass took for text.
pub(super) fn scan(query: &str) -> Result<(), Refusal> {
    let bytes = query.as_bytes();
    let (mut at, mut open, mut tokens) = (0, 0_usize, 0_usize);
    while let Some(byte) = bytes.get(at) {
        let end = match byte {
            b' ' | b'\t' | b'\n' | b'\r' | b',' => {
                at += 1;
                continue;
            }
            b'#' => {
                at = end_of_line(bytes, at);
                continue;
            }
            b'"' => end_of_string(bytes, at)?,
            b'{' | b'[' | b'(' => {
                open += 1;
                at + 1
            }
            b'}' | b']' | b')' => {
                // Closing what was never opened is the parser's to report.
                open = open.saturating_sub(1);
                at + 1
            }
            byte if is_word(*byte) => end_of_word(bytes, at),
            b'.' if bytes[at..].starts_with(b"...") => at + 3,
            _ => at + 1,
        };
        at = end;
        tokens += 1;
        if BRACKETS_MAX < open {
            return Err(Refusal::TooNested);
        }
        if TOKENS_MAX < tokens {
            return Err(Refusal::TooManyTokens);
        }
    }
    Ok(())
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn end_of_word(bytes: &[u8], start: usize) -> usize {
    let rest = &bytes[start..];
    start + rest.iter().position(|byte| !is_word(*byte)).unwrap_or(rest.len())
}

fn end_of_line(bytes: &[u8], start: usize) -> usize {
    let rest = &bytes[start..];
    start + rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len())
}

fn end_of_string(bytes: &[u8], start: usize) -> Result<usize, Refusal> {
    if bytes[start..].starts_with(b"\"\"\"") {
        return end_of_block_string(bytes, start + 3);
    }
    let mut at = start + 1;
    loop {
        match bytes.get(at) {
            None | Some(b'\n' | b'\r') => return Err(Refusal::OpenString),
            Some(b'"') => return Ok(at + 1),
            Some(b'\\') => at += 2,
            Some(_) => at += 1,
        }
    }
}

fn end_of_block_string(bytes: &[u8], start: usize) -> Result<usize, Refusal> {
    let mut at = start;
    while at < bytes.len() {
        let rest = &bytes[at..];
        if rest.starts_with(b"\"\"\"") {
            return Ok(at + 3);
        }
        at += if rest.starts_with(b"\\\"\"\"") { 4 } else { 1 };
    }
    Err(Refusal::OpenString)
}
