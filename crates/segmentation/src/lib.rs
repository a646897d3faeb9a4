//! Selects: the rule language, the evaluator of one profile, and the audience index.
//!
//! Deliberately absent: I/O, clocks, storage of segments, and whatever happens to those who are selected.
#![doc = ""]
#![doc = include_str!("../README.md")]

mod ast;
mod diagnostic;
mod operator;
mod unsupported;
mod json;
mod text;
mod calendar;
pub mod ordering;
mod pattern;
mod compiled;
mod compile;
mod fit;
mod evaluate;
mod index;
pub mod trial;
mod sentence;
mod spelling;
mod complete;
mod analysis;
#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod tests;

pub use analysis::Analysis;
pub use ast::{
    CalendarPart, Comparison, Condition, Count, DayOperator, LEVELS_MAX, Literal, NODES_MAX, Node, Number, Operand,
    Order, Rule, Span, SpanUnit, TEXT_BYTES_MAX, TextOperator, VALUES_MAX, When, WindowOperator, Zone,
};
pub use attrium_schema::suggest::nearest;
pub use compile::{Catalogue, ZONE_ATTRIBUTE, compile};
pub use compiled::{
    ClockTest, Compiled, CompiledNode, DayTest, Leaf, LeafZone, OtherOperator, OtherTest, Predicate, Question,
    ScalarRange, Test, TextTest, profile_zone,
};
pub use complete::{Completion, CompletionKind, complete};
pub use diagnostic::{Diagnostic, DiagnosticCode, Part, Severity, byte_offset, utf16_offset};
pub use evaluate::{Facts, Moment};
pub use index::{AudienceIndex, NodeCount, Selection};
pub use text::{NodeSpans, Parsed, Spans, parse};
