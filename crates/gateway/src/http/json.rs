//! JSON from strangers: bounded before anything is built from it, because a megabyte of small values takes
//! thirty times its size in memory.

use serde_json::Value;

/// Most values of one text: a rule of 10,000 values, or the largest profile, with room to spare.
const VALUES_MAX: usize = 50_000;
/// Most brackets inside each other: a rule of 32 levels takes 70.
const DEPTH_MAX: usize = 96;

/// Reads a JSON text.
///
/// # Errors
/// A sentence for the client.
pub(super) fn read(text: &[u8]) -> Result<Value, &'static str> {
    check(text)?;
    serde_json::from_slice(text).map_err(|_| "The body is not JSON.")
}

/// Counts without recursion. Text that is not JSON may be counted wrongly; it is refused right after.
fn check(text: &[u8]) -> Result<(), &'static str> {
    let (mut at, mut values, mut depth) = (0, 1_usize, 0_usize);
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' => at = end_of_string(text, at),
            b'[' | b'{' => {
                depth += 1;
                values += 1;
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            b',' => values += 1,
            _ => {}
        }
        if DEPTH_MAX < depth {
            return Err("The JSON is nested deeper than 96 levels.");
        }
        if VALUES_MAX < values {
            return Err("The JSON holds more than 50,000 values.");
        }
        at += 1;
    }
    Ok(())
}

/// The place of the quote that closes the string that opens here.
fn end_of_string(text: &[u8], opening: usize) -> usize {
    let mut at = opening + 1;
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' => return at,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_and_levels_are_bounded() {
        let list = |values: usize| format!("[{}0]", "0,".repeat(values - 2));
        assert!(read(list(VALUES_MAX).as_bytes()).is_ok());
        assert_eq!(read(list(VALUES_MAX + 1).as_bytes()), Err("The JSON holds more than 50,000 values."));
        let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert!(read(nested(DEPTH_MAX).as_bytes()).is_ok());
        assert_eq!(read(nested(DEPTH_MAX + 1).as_bytes()), Err("The JSON is nested deeper than 96 levels."));
    }

    #[test]
    fn what_stands_in_a_string_is_no_value() {
        let text = format!(r#"{{"query": "{}", "b": "\\"}}"#, r#"[{,\""#.repeat(VALUES_MAX));
        assert!(read(text.as_bytes()).is_ok());
        assert_eq!(read(b"\"no end \\"), Err("The body is not JSON."));
    }
}
