//! Characters that have no business in a name: those nobody sees, and those that show the text around them
//! in another order than it is kept. Joiners and direction marks stay: Persian, Hebrew and emoji need them.

/// The first character of a text that people would not see, or that alters how they read the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("character {place} (U+{:04X}) is invisible or changes the direction of the text; leave it out", u32::from(*letter))]
pub struct HiddenCharacter {
    /// The character.
    pub letter: char,
    /// Which one it is, counted from 1.
    pub place: usize,
}

impl HiddenCharacter {
    /// The first of a text of one line, or `None` when people see all of it as it is.
    pub fn find(text: &str) -> Option<Self> {
        let found = text.chars().zip(1..).find(|(letter, _)| is_hidden(*letter));
        found.map(|(letter, place)| Self { letter, place })
    }

    /// The same for a text that may have several lines.
    pub fn find_in_lines(text: &str) -> Option<Self> {
        let is_layout = |letter| matches!(letter, '\n' | '\t');
        let found = text.chars().zip(1..).find(|(letter, _)| is_hidden(*letter) && !is_layout(*letter));
        found.map(|(letter, place)| Self { letter, place })
    }
}

/// Whether people do not see a character, or read others differently because of it.
pub(crate) fn is_hidden(letter: char) -> bool {
    let is_invisible = matches!(letter, '\u{ad}' | '\u{200b}' | '\u{2028}' | '\u{2029}' | '\u{2060}' | '\u{feff}');
    let turns_direction = matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    letter.is_control() || is_invisible || turns_direction
}

#[cfg(test)]
mod tests;
