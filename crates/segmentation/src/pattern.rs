//! Tests of text: prefixes, suffixes, parts, the same ignoring case, globs and regular expressions.

use std::fmt::Write as _;

use regex::{Regex, RegexBuilder};

use crate::ast::TextOperator;

/// Most bytes one built pattern may take, and as many again for what it remembers while it runs;
/// larger ones do not compile.
const PATTERN_BYTES_MAX: usize = 256 << 10;
/// Most patterns one rule may hold: each is built, and kept as long as the rule is.
pub(crate) const PATTERNS_MAX: usize = 20;

/// A test of one text.
#[derive(Clone, Debug)]
pub struct TextTest {
    operator: TextOperator,
    /// What is looked for; folded where case is ignored.
    wanted: String,
    /// Built for globs and regular expressions alone.
    regex: Option<Regex>,
}

impl TextTest {
    /// Builds a test.
    ///
    /// # Errors
    /// What is wrong with a glob or a regular expression, as a clause: `the bracket is never closed`.
    pub(crate) fn new(operator: TextOperator, wanted: &str) -> Result<Self, String> {
        let (wanted, regex) = match operator {
            TextOperator::StartsWith | TextOperator::EndsWith | TextOperator::Contains => (wanted.to_owned(), None),
            TextOperator::EqualsFolded
            | TextOperator::StartsWithFolded
            | TextOperator::EndsWithFolded
            | TextOperator::ContainsFolded => (fold(wanted), None),
            TextOperator::Glob => (wanted.to_owned(), Some(build(&glob_to_regex(wanted)?)?)),
            TextOperator::Matches => (wanted.to_owned(), Some(build(wanted)?)),
        };
        Ok(Self { operator, wanted, regex })
    }

    /// Whether a text satisfies the test.
    pub fn holds(&self, text: &str) -> bool {
        let wanted = self.wanted.as_str();
        match self.operator {
            TextOperator::StartsWith => text.starts_with(wanted),
            TextOperator::EndsWith => text.ends_with(wanted),
            TextOperator::Contains => text.contains(wanted),
            TextOperator::EqualsFolded => text.chars().map(fold_char).eq(wanted.chars()),
            TextOperator::StartsWithFolded => fold(text).starts_with(wanted),
            TextOperator::EndsWithFolded => fold(text).ends_with(wanted),
            TextOperator::ContainsFolded => fold(text).contains(wanted),
            TextOperator::Glob | TextOperator::Matches => self.regex.as_ref().is_some_and(|regex| regex.is_match(text)),
        }
    }
}

/// A text with every letter folded by Unicode's simple case folding: one letter stays one letter.
pub(crate) fn fold(text: &str) -> String {
    text.chars().map(fold_char).collect()
}

fn fold_char(letter: char) -> char {
    unicode_case_mapping::case_folded(letter).and_then(|folded| char::from_u32(folded.get())).unwrap_or(letter)
}

fn build(pattern: &str) -> Result<Regex, String> {
    RegexBuilder::new(pattern).size_limit(PATTERN_BYTES_MAX).dfa_size_limit(PATTERN_BYTES_MAX).build().map_err(
        |error| match error {
            regex::Error::CompiledTooBig(_) => "the pattern grows too large".to_owned(),
            // The last line of the parser's drawing is the reason; the drawing needs a fixed-width font.
            other => other.to_string().lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned(),
        },
    )
}

/// A glob as a regular expression over the whole text.
fn glob_to_regex(glob: &str) -> Result<String, String> {
    let mut pattern = String::from(r"(?s)\A");
    let mut letters = glob.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '*' => pattern.push_str(".*"),
            '?' => pattern.push('.'),
            '[' => pattern.push_str(&class(&mut letters)?),
            literal => pattern.push_str(&regex::escape(literal.encode_utf8(&mut [0; 4]))),
        }
    }
    pattern.push_str(r"\z");
    Ok(pattern)
}

/// The rest of a `[…]`; its `[` is read. `!` or `^` in front negates; a `]` in front is itself.
fn class(letters: &mut std::str::Chars<'_>) -> Result<String, String> {
    const UNCLOSED: &str = "a bracket is never closed";
    let mut members: Vec<char> = Vec::new();
    loop {
        match letters.next().ok_or(UNCLOSED)? {
            ']' if !members.is_empty() && members != ['!'] && members != ['^'] => break,
            letter => members.push(letter),
        }
    }
    let is_negated = 1 < members.len() && matches!(members[0], '!' | '^');
    let members = if is_negated { &members[1..] } else { &members[..] };
    let mut class = String::from(if is_negated { "[^" } else { "[" });
    let mut place = 0;
    while place < members.len() {
        let first = members[place];
        let is_range = members.get(place + 1) == Some(&'-') && place + 2 < members.len();
        let last = if is_range { members[place + 2] } else { first };
        if last < first {
            return Err(format!("the range `{first}-{last}` runs backwards"));
        }
        write!(class, r"\x{{{:x}}}-\x{{{:x}}}", u32::from(first), u32::from(last))
            .expect("a String takes whatever is written");
        place += if is_range { 3 } else { 1 };
    }
    class.push(']');
    Ok(class)
}
