//! Renders: Liquid templates over a customer's attributes, read once, checked against the attribute
//! schema, and rendered under a bound of work, memory and output.
//!
//! Deliberately absent: I/O, clocks, storage of templates, and sending what was rendered.
#![doc = ""]
#![doc = include_str!("../README.md")]

mod limits;
mod diagnostic;
mod error;
mod fuel;
mod moment;
mod value;
mod dates;
mod data;
mod escape;
mod html;
mod filters;
mod tree;
mod syntax;
mod template;
mod evaluate;
mod check;
mod complete;
mod answer;
#[cfg(test)]
mod fixtures;

pub use answer::answer;
pub use check::{Analysis, check};
pub use complete::{Completion, CompletionKind, complete};
pub use data::{Attributes, Data, ProfileData, Workspace};
pub use diagnostic::{Diagnostic, DiagnosticCode, Position, Severity};
pub use error::{Fault, FilterProblem, RenderError};
pub use escape::{Context, ContextError};
pub use limits::Limits;
pub use moment::Moment;
pub use template::{Rendered, Rendering, Template, WhenMissing};
pub use value::{IntegerRange, Loop, Number, Object, Value};
