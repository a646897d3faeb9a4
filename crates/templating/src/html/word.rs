//! The first letters of a name.

/// More than any name has that matters here, so that what is cut off makes no difference.
const LETTERS_MAX: usize = 12;
/// Stands in a word for a value.
const VALUE: u8 = b'{';

/// The first letters of a name, small.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Word {
    letters: [u8; LETTERS_MAX],
    length: usize,
}

impl Word {
    pub(super) const fn with(mut self, byte: u8) -> Self {
        if self.length < LETTERS_MAX {
            self.letters[self.length] = byte.to_ascii_lowercase();
            self.length += 1;
        }
        self
    }

    /// The word, with something in it that only the customer's data knows.
    pub(super) const fn with_value(self) -> Self {
        self.with(VALUE)
    }

    pub(super) fn has_value(&self) -> bool {
        self.as_bytes().contains(&VALUE)
    }

    pub(super) fn is(&self, name: &str) -> bool {
        self.as_bytes() == name.as_bytes()
    }

    pub(super) fn starts_with(&self, prefix: &str) -> bool {
        self.as_bytes().starts_with(prefix.as_bytes())
    }

    /// Whether a name could still become of it.
    pub(super) fn begins(&self, name: &str) -> bool {
        name.as_bytes().starts_with(self.as_bytes())
    }

    fn as_bytes(&self) -> &[u8] {
        &self.letters[..self.length]
    }
}
