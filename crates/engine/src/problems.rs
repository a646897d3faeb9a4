//! Problems gathered while an input is checked, so that one refusal tells all of them.

use crate::error::{Error, Problem};

/// What was found wrong with an input so far.
#[derive(Debug, Default)]
pub(crate) struct Problems(Vec<Problem>);

impl Problems {
    /// Takes note of a problem.
    pub(crate) fn push(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    /// A part of the input as it was checked; `None` when it has a problem, which is noted.
    pub(crate) fn keep<T>(&mut self, checked: Result<T, Problem>) -> Option<T> {
        checked.map_err(|problem| self.push(problem)).ok()
    }

    /// As [`Problems::keep`], of a part that may have several problems, and whose check may fail.
    ///
    /// # Errors
    /// Why the check failed, when it is not the input's fault.
    pub(crate) fn gather<T>(&mut self, checked: Result<T, Error>) -> Result<Option<T>, Error> {
        match checked {
            Ok(part) => Ok(Some(part)),
            Err(Error::Invalid(problems)) => {
                self.0.extend(problems);
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// The parts an input cannot be without, when nothing is wrong with it. What they lack has left its problem here.
    ///
    /// # Errors
    /// [`Error::Invalid`] with every problem found.
    pub(crate) fn or_parts<T>(self, parts: Option<T>) -> Result<T, Error> {
        match parts {
            Some(parts) if self.0.is_empty() => Ok(parts),
            Some(_) | None => Err(Error::Invalid(self.0)),
        }
    }

    /// Refuses an input with which anything is wrong.
    ///
    /// # Errors
    /// [`Error::Invalid`] with every problem found.
    pub(crate) fn refuse(self) -> Result<(), Error> {
        self.or_parts(Some(()))
    }
}
