//! How well a text fits what something is called.

use std::str::FromStr;

/// How well a text fits; the best is the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It is its id, its key or its name.
    Exact,
    /// Its key or its name begins with it.
    Prefix,
    /// A word of its key or its name begins with it.
    Word,
    /// Its key or its name holds it somewhere.
    Part,
    /// A profile's external id begins with it. There may be millions of those, so they come last.
    Beginning,
}

/// What is searched for.
pub(super) struct Wanted<'a> {
    text: &'a str,
    folded: String,
    first: usize,
}

impl<'a> Wanted<'a> {
    /// `None` when the text is blank.
    pub(super) fn new(text: &'a str, first: usize) -> Option<Self> {
        let text = text.trim();
        let folded = folded(text);
        if folded.is_empty() { None } else { Some(Self { text, folded, first }) }
    }

    /// The text, without blanks around it.
    pub(super) fn text(&self) -> &str {
        self.text
    }

    /// How many hits there may be.
    pub(super) fn first(&self) -> usize {
        self.first
    }

    /// How well it fits something with this id that is called so; `None` when it does not.
    pub(super) fn fit<I: FromStr + PartialEq, const N: usize>(&self, id: &I, names: [&str; N]) -> Option<Fit> {
        if self.text.parse().is_ok_and(|named: I| named == *id) {
            return Some(Fit::Exact);
        }
        names.into_iter().filter_map(|name| self.fit_of(&folded(name))).min()
    }

    fn fit_of(&self, name: &str) -> Option<Fit> {
        let wanted = self.folded.as_str();
        match name.find(wanted)? {
            0 if name.len() == wanted.len() => Some(Fit::Exact),
            0 => Some(Fit::Prefix),
            _ if name.match_indices(wanted).any(|(place, _)| begins_word(name, place)) => Some(Fit::Word),
            _ => Some(Fit::Part),
        }
    }

    /// Those that fit best, best first; those that fit alike stay in order.
    pub(super) fn best<T>(&self, all: impl IntoIterator<Item = T>, fit: impl Fn(&T) -> Option<Fit>) -> Vec<(Fit, T)> {
        let mut fitting: Vec<(Fit, T)> = all.into_iter().filter_map(|one| Some((fit(&one)?, one))).collect();
        fitting.sort_by_key(|(fit, _)| *fit);
        fitting.truncate(self.first);
        fitting
    }
}

fn begins_word(name: &str, place: usize) -> bool {
    name[..place].chars().next_back().is_none_or(|before| !before.is_alphanumeric())
}

/// Whether one of these names holds the text; any does when there is none to look for.
pub(crate) fn holds<const N: usize>(text: Option<&str>, names: [&str; N]) -> bool {
    text.is_none_or(|text| {
        let wanted = folded(text.trim());
        names.into_iter().any(|name| folded(name).contains(&wanted))
    })
}

/// A text as it is compared: letter by letter in lower case, and the Turkish İ and ı as plain i. Whoever types
/// `istanbul`, `ISTANBUL`, `İSTANBUL` or `ıstanbul` finds all four.
pub(super) fn folded(text: &str) -> String {
    let lower = text.chars().flat_map(char::to_lowercase);
    // The lower case of İ is an i with a dot above it, which is a character of its own.
    lower.filter(|letter| *letter != '\u{307}').map(|letter| if letter == 'ı' { 'i' } else { letter }).collect()
}

#[cfg(test)]
mod tests;
