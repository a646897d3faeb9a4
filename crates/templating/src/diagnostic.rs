//! What is wrong, or worth knowing, about a template: said for the person who writes it, and placed.

use std::fmt;
use std::ops::Range;

/// One finding about a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Whether the template can be used all the same.
    pub severity: Severity,
    /// What it is, for programs.
    pub code: DiagnosticCode,
    /// What it is, for people: a sentence without its full stop.
    pub message: String,
    /// The bytes of the source it is about.
    pub span: Range<usize>,
    /// Where `span` starts.
    pub position: Position,
    /// What may have been meant, best first; each can replace what stands at `span`.
    pub suggestions: Vec<String>,
}

impl Diagnostic {
    /// A finding, not yet placed in its source; see [`place`].
    pub(crate) fn new(code: DiagnosticCode, span: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            severity: code.severity(),
            code,
            message: message.into(),
            span,
            position: Position::START,
            suggestions: Vec::new(),
        }
    }

    pub(crate) fn suggesting(self, suggestions: Vec<String>) -> Self {
        Self { suggestions, ..self }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} ({})", self.message, self.position)
    }
}

/// Gives every finding its position, and puts them in the order of the source.
pub(crate) fn place(diagnostics: &mut [Diagnostic], source: &str) {
    diagnostics.sort_by_key(|found| (found.span.start, found.span.end));
    for found in diagnostics {
        found.position = Position::of(source, found.span.start);
    }
}

/// A place in a source, as people and editors count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The character within its line, from 1.
    pub column: usize,
    /// UTF-16 units from the start of the source, as browsers count.
    pub utf16: usize,
}

impl Position {
    /// Where a source begins.
    pub const START: Self = Self { line: 1, column: 1, utf16: 0 };

    /// Where a byte of a source stands. An offset inside a character means its start; one past the
    /// end means the end.
    pub fn of(source: &str, byte: usize) -> Self {
        let mut position = Self::START;
        for (at, letter) in source.char_indices() {
            if byte < at + letter.len_utf8() {
                break;
            }
            position.utf16 += letter.len_utf16();
            position.column += 1;
            if letter == '\n' {
                position.line += 1;
                position.column = 1;
            }
        }
        position
    }
}

impl fmt::Display for Position {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "line {}, column {}", self.line, self.column)
    }
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The template cannot be used.
    Error,
    /// The template means something, but perhaps not what was meant.
    Warning,
}

/// The closed set of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DiagnosticCode {
    /// The source does not follow the grammar.
    Syntax,
    /// Something Liquid has, but this version does not.
    NotSupported,
    /// No tag has this name.
    UnknownTag,
    /// A block, an output or a text that is never closed, or a closing tag that closes nothing.
    Unclosed,
    /// More source than allowed.
    TooLong,
    /// More levels than allowed.
    TooDeep,
    /// No filter has this name.
    UnknownFilter,
    /// A filter with too few or too many arguments.
    WrongArguments,
    /// No attribute has this key.
    UnknownAttribute,
    /// The value has no field of this name.
    UnknownField,
    /// A filter or a comparison that does not fit the type of the value.
    WrongType,
    /// A value in HTML where an escaped one is not safe.
    UnsafePlace,
    /// Warning: the attribute may be missing, and nothing stands in its place.
    NoDefault,
    /// Warning: a list is printed without anything between its items.
    BareList,
    /// Warning: a link in HTML begins with a value, which may be one that runs a script.
    OpenLink,
}

impl DiagnosticCode {
    /// Its name for programs: `unknown_attribute`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::NotSupported => "not_supported",
            Self::UnknownTag => "unknown_tag",
            Self::Unclosed => "unclosed",
            Self::TooLong => "too_long",
            Self::TooDeep => "too_deep",
            Self::UnknownFilter => "unknown_filter",
            Self::WrongArguments => "wrong_arguments",
            Self::UnknownAttribute => "unknown_attribute",
            Self::UnknownField => "unknown_field",
            Self::WrongType => "wrong_type",
            Self::UnsafePlace => "unsafe_place",
            Self::NoDefault => "no_default",
            Self::BareList => "bare_list",
            Self::OpenLink => "open_link",
        }
    }

    /// How much a finding of this kind weighs.
    pub const fn severity(self) -> Severity {
        match self {
            Self::NoDefault | Self::BareList | Self::OpenLink => Severity::Warning,
            Self::Syntax
            | Self::NotSupported
            | Self::UnknownTag
            | Self::Unclosed
            | Self::TooLong
            | Self::TooDeep
            | Self::UnknownFilter
            | Self::WrongArguments
            | Self::UnknownAttribute
            | Self::UnknownField
            | Self::WrongType
            | Self::UnsafePlace => Severity::Error,
        }
    }
}

impl fmt::Display for DiagnosticCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

#[cfg(test)]
mod tests;
