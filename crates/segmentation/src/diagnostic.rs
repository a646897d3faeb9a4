//! What is wrong, or worth knowing, about a rule: said for the person who typed it, and placed.

use std::fmt;
use std::ops::Range;

/// One finding about a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Whether the rule can be used all the same.
    pub severity: Severity,
    /// What it is, for programs.
    pub code: DiagnosticCode,
    /// What it is, for people: a sentence.
    pub message: String,
    /// The bytes of the text it is about; `None` for a rule that came as JSON.
    pub span: Option<Range<usize>>,
    /// The node it is about: child numbers from the root; empty is the root.
    pub path: Vec<usize>,
    /// The part of that node.
    pub part: Part,
    /// The place in canonical JSON, from the root of the document: `rule`, `and`, `0`, `value`.
    pub json_path: Vec<String>,
    /// What may have been meant, best first; each can replace what stands at `span`.
    pub suggestions: Vec<String>,
}

impl Diagnostic {
    /// An error about a whole rule, not yet placed.
    pub(crate) fn error(code: DiagnosticCode, message: String) -> Self {
        Self {
            severity: Severity::Error,
            code,
            message,
            span: None,
            path: Vec::new(),
            part: Part::Whole,
            json_path: Vec::new(),
            suggestions: Vec::new(),
        }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The rule cannot be used.
    Error,
    /// The rule means something, but perhaps not what was meant.
    Warning,
}

/// The part of a node that a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// All of it.
    Whole,
    /// Its attribute.
    Attribute,
    /// Its operator.
    Operator,
    /// Its value, or its list of values.
    Value,
    /// One value of its list.
    Item(usize),
    /// The other attribute.
    Other,
    /// What is added to the other attribute.
    Offset,
    /// Its zone.
    Zone,
}

impl Part {
    /// Where this part stands below its node in canonical JSON.
    pub(crate) fn json_path(self) -> Vec<String> {
        let field = match self {
            Self::Whole => return Vec::new(),
            Self::Attribute => "attr",
            Self::Operator => "op",
            Self::Value => "value",
            Self::Item(place) => return vec!["value".to_owned(), place.to_string()],
            Self::Other => "other",
            Self::Offset => "offset",
            Self::Zone => "zone",
        };
        vec![field.to_owned()]
    }
}

/// The closed set of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DiagnosticCode {
    /// The text does not follow the grammar.
    Syntax,
    /// The JSON does not have the shape of a rule.
    Shape,
    /// Something the language has, but this version does not answer.
    NotSupported,
    /// More levels than allowed.
    TooDeep,
    /// More nodes than allowed.
    TooManyNodes,
    /// More values in one list than allowed.
    TooManyValues,
    /// More text than allowed.
    TooLong,
    /// No attribute has this key.
    UnknownAttribute,
    /// No operator has this name.
    UnknownOperator,
    /// The operator does not fit the attribute's type.
    WrongOperator,
    /// The value does not fit the attribute's type.
    WrongType,
    /// A list of values without values.
    EmptyList,
    /// A list of values of several types.
    MixedTypes,
    /// A number or span outside its range.
    OutOfRange,
    /// A pattern that does not read.
    BadPattern,
    /// No zone has this name.
    UnknownZone,
    /// Warning: not among the options of the attribute.
    NotAnOption,
    /// Warning: a negative form, which includes profiles without the attribute.
    IncludesMissing,
    /// Warning: the profile's zone is asked for, but no attribute holds it.
    NoZoneAttribute,
    /// Warning: no value can satisfy it.
    NeverTrue,
}

impl DiagnosticCode {
    /// Its name for programs: `unknown_attribute`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::Shape => "shape",
            Self::NotSupported => "not_supported",
            Self::TooDeep => "too_deep",
            Self::TooManyNodes => "too_many_nodes",
            Self::TooManyValues => "too_many_values",
            Self::TooLong => "too_long",
            Self::UnknownAttribute => "unknown_attribute",
            Self::UnknownOperator => "unknown_operator",
            Self::WrongOperator => "wrong_operator",
            Self::WrongType => "wrong_type",
            Self::EmptyList => "empty_list",
            Self::MixedTypes => "mixed_types",
            Self::OutOfRange => "out_of_range",
            Self::BadPattern => "bad_pattern",
            Self::UnknownZone => "unknown_zone",
            Self::NotAnOption => "not_an_option",
            Self::IncludesMissing => "includes_missing",
            Self::NoZoneAttribute => "no_zone_attribute",
            Self::NeverTrue => "never_true",
        }
    }
}

impl fmt::Display for DiagnosticCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

/// Where a byte of a text stands in UTF-16 units, as browsers count. An offset inside a character
/// means its start; one past the end means the end.
pub fn utf16_offset(text: &str, byte: usize) -> usize {
    text.char_indices()
        .take_while(|(at, letter)| at + letter.len_utf8() <= byte)
        .map(|(_, letter)| letter.len_utf16())
        .sum()
}

/// The byte at which a UTF-16 offset stands: the inverse of [`utf16_offset`].
pub fn byte_offset(text: &str, utf16: usize) -> usize {
    let mut units = 0;
    for (at, letter) in text.char_indices() {
        units += letter.len_utf16();
        if utf16 < units {
            return at;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests;
