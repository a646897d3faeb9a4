//! The names and descriptions people give to things.

use attrium_schema::HiddenCharacter;

use crate::error::{Problem, ProblemCode, sentence};

/// Most characters of the name of an API key, an endpoint, a segment, a template or a workspace.
pub(crate) const NAME_CHARS_MAX: usize = 80;
const DESCRIPTION_CHARS_MAX: usize = 2_000;

/// A name as it is kept: trimmed, 1 to `chars_max` characters, all of them visible.
///
/// # Errors
/// A [`Problem`] at `name`.
pub(crate) fn check_name(text: &str, chars_max: usize) -> Result<String, Problem> {
    let (name, field) = (text.trim(), "name");
    if !(1..=chars_max).contains(&name.chars().count()) {
        let message = format!("A name has 1 to {chars_max} characters.");
        return Err(Problem::new(ProblemCode::Invalid, &[field], message));
    }
    visible(name, field, HiddenCharacter::find(name))
}

/// A description as it is kept: trimmed, at most 2,000 characters, on as many lines as it takes.
///
/// # Errors
/// A [`Problem`] at `description`.
pub(crate) fn check_description(text: &str) -> Result<String, Problem> {
    let (description, field) = (text.trim(), "description");
    if DESCRIPTION_CHARS_MAX < description.chars().count() {
        let message = format!("A description has at most {DESCRIPTION_CHARS_MAX} characters.");
        return Err(Problem::new(ProblemCode::Invalid, &[field], message));
    }
    visible(description, field, HiddenCharacter::find_in_lines(description))
}

fn visible(text: &str, field: &str, hidden: Option<HiddenCharacter>) -> Result<String, Problem> {
    match hidden {
        None => Ok(text.to_owned()),
        Some(hidden) => Err(Problem::new(ProblemCode::Invalid, &[field], sentence(&hidden))),
    }
}
