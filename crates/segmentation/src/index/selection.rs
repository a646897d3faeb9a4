//! A set of profiles of one index.

use roaring::RoaringBitmap;

/// Some of the profiles of one [`AudienceIndex`](super::AudienceIndex), which alone can name them.
///
/// It is a picture of one moment: it does not follow later changes, but stays safe to use after them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection(pub(super) RoaringBitmap);

impl Selection {
    /// How many profiles it holds.
    pub fn len(&self) -> u64 {
        self.0.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// At most `count` of them, whichever come first.
    #[must_use]
    pub fn first(&self, count: usize) -> Self {
        Self(self.0.iter().take(count).collect())
    }

    /// Those here that are not there.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Self {
        Self(&self.0 - &other.0)
    }

    /// Those both here and there.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        Self(&self.0 & &other.0)
    }

    /// Those here or there.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self(&self.0 | &other.0)
    }
}
