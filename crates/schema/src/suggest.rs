//! "Did you mean": the names nearest to a misspelled one, and how a message quotes what was sent.

/// Most names worth offering.
const SUGGESTIONS_MAX: usize = 3;
/// Longer words are not misspellings of a name, and edit distance is quadratic.
const CHARS_MAX: usize = 80;

/// The names near enough to a misspelled word, nearest first, ignoring case; at most three.
pub fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let chars = word.chars().count();
    if CHARS_MAX < chars {
        return Vec::new();
    }
    let word = word.to_lowercase();
    // One slip in a short word, one in three letters of a longer one.
    let slips_max = 1.max(chars / 3);
    let mut near: Vec<(usize, &str)> = names
        .into_iter()
        .map(|name| (strsim::osa_distance(&word, &name.to_lowercase()), name))
        .filter(|(slips, name)| *slips <= slips_max || is_part(&word, &name.to_lowercase()))
        .collect();
    near.sort_unstable();
    near.dedup();
    near.into_iter().take(SUGGESTIONS_MAX).map(|(_, name)| name.to_owned()).collect()
}

/// Whether a word of some length begins or ends a name: `value` for `lifetime_value`.
fn is_part(word: &str, name: &str) -> bool {
    4 <= word.len() && (name.starts_with(word) || name.ends_with(word))
}

/// `; did you mean …?` for a message, or nothing.
pub fn did_you_mean(suggestions: &[String]) -> String {
    match suggestions {
        [] => String::new(),
        [only] => format!("; did you mean `{only}`?"),
        [first @ .., last] => format!("; did you mean `{}` or `{last}`?", first.join("`, `")),
    }
}

/// The start of a text someone sent, for a message.
pub fn cut(text: &str) -> String {
    const CHARS_MAX: usize = 64;
    if text.chars().nth(CHARS_MAX).is_none() {
        return text.to_owned();
    }
    text.chars().take(CHARS_MAX).chain(['…']).collect()
}
