//! Every place where a template may be at a point, whichever branches it took.

use super::{Look, Place, Risk};

/// More places at once than this are as good as anywhere.
const PLACES_MAX: usize = 16;
/// Most steps of one check, a step being one byte in one place.
const STEPS_MAX: usize = 2_000_000;

/// Every place where a template may be at a point, in order; none where it never comes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Places(Vec<Place>);

impl Places {
    /// Between tags, where a document begins.
    pub(crate) fn text() -> Self {
        Self(vec![Place::Text])
    }

    pub(crate) fn lost() -> Self {
        Self(vec![Place::Lost])
    }

    fn of(places: impl Iterator<Item = Place>) -> Self {
        let mut places: Vec<Place> = places.collect();
        places.sort_unstable();
        places.dedup();
        if PLACES_MAX < places.len() || places.contains(&Place::Lost) { Self::lost() } else { Self(places) }
    }

    /// These and others.
    pub(crate) fn or(self, others: Self) -> Self {
        if self == others { self } else { Self::of(self.0.into_iter().chain(others.0)) }
    }

    /// These but not the others.
    pub(crate) fn without(&self, others: &Self) -> Self {
        Self(self.0.iter().copied().filter(|place| !others.0.contains(place)).collect())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Why a value of this look cannot stand in one of them: the greatest risk.
    pub(crate) fn risk(&self, look: Look) -> Option<Risk> {
        self.0.iter().filter_map(|place| place.risk(look)).max()
    }
}

/// Moves places forward, for as many steps as it may.
#[derive(Debug)]
pub(crate) struct Machine {
    steps_left: usize,
    /// See [`Place::behind`].
    has_foreign: bool,
}

impl Machine {
    /// For one source.
    pub(crate) fn new(source: &str) -> Self {
        let small = source.to_ascii_lowercase();
        Self { steps_left: STEPS_MAX, has_foreign: small.contains("<svg") || small.contains("<math") }
    }

    /// Takes so many steps; answers whether they were there.
    pub(crate) fn pay(&mut self, steps: usize) -> bool {
        let left = self.steps_left.checked_sub(steps);
        self.steps_left = left.unwrap_or_default();
        left.is_some()
    }

    /// Whether no step is left.
    pub(crate) const fn is_spent(&self) -> bool {
        self.steps_left == 0
    }

    /// Where the author's text leads; tells of each output whose value could end a comment with it.
    pub(crate) fn literal(&mut self, places: Places, text: &str, mut ends: impl FnMut(usize)) -> Places {
        if !self.pay(text.len() * places.0.len()) {
            return Places::lost();
        }
        let mut places = places.0;
        for byte in text.bytes() {
            for place in &places {
                if let Place::Comment(comment) = place {
                    comment.ended_with(byte).into_iter().for_each(&mut ends);
                }
            }
            if let [place] = &mut *places {
                let (next, other) = place.behind(byte, self.has_foreign);
                *place = next;
                places.extend(other);
                continue;
            }
            let step = |place: Place| {
                let (next, other) = place.behind(byte, self.has_foreign);
                [Some(next), other]
            };
            places = Places::of(places.into_iter().flat_map(step).flatten()).0;
        }
        Places::of(places.into_iter())
    }

    /// Where a printed value leads. `output` is where it is printed, in bytes of the source.
    pub(crate) fn value(&mut self, places: &Places, look: Look, output: usize) -> Places {
        if !self.pay(places.0.len()) {
            return Places::lost();
        }
        Places::of(places.0.iter().map(|place| place.behind_value(look, output)))
    }
}
