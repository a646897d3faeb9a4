//! Why a rendering stopped. No error repeats a value: what a customer's profile holds stays out of logs.

use std::fmt;
use std::ops::Range;

use crate::diagnostic::Position;

/// A rendering that stopped, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{fault} ({position})")]
pub struct RenderError {
    /// Why.
    pub fault: Fault,
    /// The bytes of the source it is about.
    pub span: Range<usize>,
    /// Where `span` starts.
    pub position: Position,
}

/// Why a rendering stopped.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// More work than allowed.
    #[error("the template does more than {limit} units of work")]
    TooMuchWork {
        /// See [`crate::Limits::fuel`].
        limit: u64,
    },
    /// More bytes of values than allowed.
    #[error("the template makes values of more than {limit_bytes} bytes")]
    TooMuchMemory {
        /// See [`crate::Limits::value_bytes_max`].
        limit_bytes: usize,
    },
    /// More output than allowed.
    #[error("the template gives more than {limit_bytes} bytes")]
    TooMuchOutput {
        /// See [`crate::Limits::output_bytes_max`].
        limit_bytes: usize,
    },
    /// A loop over more items than allowed.
    #[error("the loop would run {items} times; at most {limit} are allowed")]
    TooManyIterations {
        /// How many there would be.
        items: u64,
        /// See [`crate::Limits::iterations_max`].
        limit: usize,
    },
    /// A value that is missing, asked for under [`crate::WhenMissing::Refuse`].
    #[error("`{name}` is missing, and the template says nothing for it")]
    Missing {
        /// The attribute, or the expression that came to nothing.
        name: String,
    },
    /// A filter that cannot do its work.
    #[error("`{filter}` {problem}")]
    Filter {
        /// Its name.
        filter: &'static str,
        /// What is wrong; reads after the name.
        problem: FilterProblem,
    },
    /// An order between values that have none.
    #[error("{left} and {right} have no order; compare like with like")]
    NoOrder {
        /// The kind of the left one: `a text`.
        left: &'static str,
        /// The kind of the right one.
        right: &'static str,
    },
    /// A `limit` or an `offset` that is no whole number.
    #[error("the {parameter} of a loop must be a whole number, not {given}")]
    LoopParameter {
        /// `limit` or `offset`.
        parameter: &'static str,
        /// The kind of what was given.
        given: &'static str,
    },
    /// A header with a line break or another control character in it.
    #[error("a header must not hold line breaks or other control characters")]
    ControlCharacter,
    /// A JSON body that does not read as JSON.
    #[error("the text is not JSON: {reason}")]
    NotJson {
        /// Where and why, without any of the text.
        reason: String,
    },
}

impl Fault {
    /// Its name for programs: `missing`, `too_much_work`, …
    pub const fn name(&self) -> &'static str {
        match self {
            Self::TooMuchWork { .. } => "too_much_work",
            Self::TooMuchMemory { .. } => "too_much_memory",
            Self::TooMuchOutput { .. } => "too_much_output",
            Self::TooManyIterations { .. } => "too_many_iterations",
            Self::Missing { .. } => "missing",
            Self::Filter { .. } => "filter",
            Self::NoOrder { .. } => "no_order",
            Self::LoopParameter { .. } => "loop_parameter",
            Self::ControlCharacter => "control_character",
            Self::NotJson { .. } => "not_json",
        }
    }
}

/// Why a filter cannot do its work. Reads after the filter's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilterProblem {
    /// An argument that is no whole number.
    NeedsWholeNumber,
    /// An argument that is no list.
    NeedsList,
    /// Items that have no such property.
    NoProperty,
    /// Items without an order.
    NoOrder,
    /// A division by zero.
    DivisionByZero,
    /// A number of more than 28 digits.
    OutOfRange,
    /// A text that is no Base64.
    NotBase64,
    /// Bytes that are no text.
    NotUtf8,
    /// A width above 20 in a date format.
    TooWide,
}

impl fmt::Display for FilterProblem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::NeedsWholeNumber => "needs a whole number",
            Self::NeedsList => "needs a list",
            Self::NoProperty => "is given items that have no such property",
            Self::NoOrder => "is given items that cannot be put in order",
            Self::DivisionByZero => "divides by zero",
            Self::OutOfRange => "gives a number outside the range of 28 digits",
            Self::NotBase64 => "is given a text that is not Base64",
            Self::NotUtf8 => "gives bytes that are not text",
            Self::TooWide => "takes widths up to 20",
        })
    }
}
