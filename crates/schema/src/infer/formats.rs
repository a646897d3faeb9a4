//! Which formats every text of a column has.

use crate::format::{Format, FormatKind};

use super::words::KeyWords;

/// The formats that every text seen so far has, but enum.
#[derive(Clone, Debug)]
pub(super) struct PossibleFormats {
    formats: Vec<Format>,
    /// `Europe/Istanbul` is a time zone by its look; `EST` is one only when the key says so.
    have_slash: bool,
}

impl Default for PossibleFormats {
    fn default() -> Self {
        let formats = vec![
            Format::Email,
            Format::Phone,
            Format::Url,
            Format::TimeZone,
            Format::Country,
            Format::Currency,
            Format::Language,
        ];
        Self { formats, have_slash: true }
    }
}

impl PossibleFormats {
    pub(super) fn see(&mut self, text: &str) {
        self.formats.retain(|format| format.check(text).is_ok());
        self.have_slash &= text.contains('/');
    }

    /// The format whose shape is proof enough, or that the key speaks for.
    pub(super) fn best(&self, words: &KeyWords) -> Option<Format> {
        let is_believed = |format: &&Format| match format.kind() {
            FormatKind::Email | FormatKind::Phone | FormatKind::Url => true,
            FormatKind::TimeZone => self.have_slash || words.speak_for(FormatKind::TimeZone),
            kind @ (FormatKind::Country | FormatKind::Language | FormatKind::Currency) => words.speak_for(kind),
            FormatKind::Enum => false,
        };
        self.formats.iter().find(is_believed).cloned()
    }
}
