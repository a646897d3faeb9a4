//! What is said of a document that is not GraphQL: where it stops being so, and what was expected there.
//! The document itself is not repeated: it may hold a secret, and answers end up in logs.

use std::fmt;

use async_graphql::Pos;
use async_graphql::parser;

/// Most characters of the reason.
const REASON_CHARS_MAX: usize = 120;

/// Why a document does not parse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// The lines and columns it is about, the first being where to look.
    pub places: Vec<Pos>,
    reason: String,
}

impl From<parser::Error> for SyntaxError {
    fn from(error: parser::Error) -> Self {
        Self { places: error.positions().collect(), reason: reason(&error) }
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the document does not parse")?;
        if let Some(place) = self.places.first() {
            write!(out, " at line {}, column {}", place.line, place.column)?;
        }
        write!(out, ": {}", self.reason)
    }
}

fn reason(error: &parser::Error) -> String {
    match error {
        parser::Error::Syntax { message, .. } => expected(message),
        parser::Error::OperationDuplicated { .. } => "two operations have this name".to_owned(),
        parser::Error::FragmentDuplicated { .. } => "two fragments have this name".to_owned(),
        parser::Error::MultipleOperations { .. } => "beside others, each operation needs a name".to_owned(),
        parser::Error::MissingOperation => "it has no operation".to_owned(),
        _ => "it is not a document that can be executed".to_owned(),
    }
}

/// The parser shows the text, and under it `= expected …`, which names pieces of the grammar alone.
fn expected(message: &str) -> String {
    let told = message.lines().rev().find_map(|line| line.trim_start().strip_prefix("= "));
    let told = told.filter(|told| told.starts_with("expected ") || told.starts_with("unexpected "));
    let told = told.unwrap_or("it is not GraphQL").replace('_', " ");
    told.chars().take(REASON_CHARS_MAX).collect()
}
