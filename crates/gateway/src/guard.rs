//! The guard in front of the GraphQL library: refuses a document that would cost too much before
//! anything recursive or expanding sees it. Authorisation and the cost of resolvers are not its
//! business.
//!
//! The library's parser recurses once per bracket, and its own limit checks expand every fragment
//! spread; either lets a few hundred bytes end or stall the process. So the text is first scanned
//! without recursion ([`scan`]), parsed once, and then each fragment is costed once ([`cost`]).

mod cost;
mod scan;
mod syntax;

#[cfg(test)]
mod tests;

use async_graphql::parser::{parse_query, types::ExecutableDocument};

pub use syntax::SyntaxError;

/// Most bytes of a document.
pub const QUERY_BYTES_MAX: usize = 16 * 1024;
/// Most brackets of any kind open at once.
pub const BRACKETS_MAX: usize = 32;
/// Most lexical tokens.
pub const TOKENS_MAX: usize = 2_000;
/// Most fields and fragments selected, once every spread is expanded.
pub const SELECTIONS_MAX: u64 = 1_000;
/// Deepest nesting of fields.
pub const DEPTH_MAX: u64 = 12;
/// The same for a document that only asks about the API itself: the standard introspection query
/// has 15.
pub const INTROSPECTION_DEPTH_MAX: u64 = 20;
/// Most aliases, expanded.
pub const ALIASES_MAX: u64 = 30;
/// Most directives, expanded.
pub const DIRECTIVES_MAX: u64 = 20;

/// Why a document is not executed.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Too many bytes.
    #[error("the document is longer than {QUERY_BYTES_MAX} bytes")]
    TooLong,
    /// Too many brackets inside each other.
    #[error("the document nests brackets deeper than {BRACKETS_MAX}")]
    TooNested,
    /// Too many tokens.
    #[error("the document has more than {TOKENS_MAX} tokens")]
    TooManyTokens,
    /// A string that never ends.
    #[error("the document has a string that does not end")]
    OpenString,
    /// It is not GraphQL.
    #[error("{0}")]
    Syntax(SyntaxError),
    /// A fragment that contains itself.
    #[error("the fragment `{fragment}` contains itself")]
    FragmentCycle {
        /// Its name, cut to 64 characters.
        fragment: String,
    },
    /// Fragments inside fragments, too many.
    #[error("the document nests fragments deeper than {BRACKETS_MAX}")]
    FragmentsTooNested,
    /// Too many selections.
    #[error("the document selects more than {SELECTIONS_MAX} fields once its fragments are expanded")]
    TooManySelections,
    /// Too deep.
    #[error("the document nests fields deeper than {depth_max}")]
    TooDeep {
        /// The limit that holds for it.
        depth_max: u64,
    },
    /// Too many aliases.
    #[error("the document has more than {ALIASES_MAX} aliases once its fragments are expanded")]
    TooManyAliases,
    /// Too many directives.
    #[error("the document has more than {DIRECTIVES_MAX} directives once its fragments are expanded")]
    TooManyDirectives,
}

impl Refusal {
    /// Whether the document is malformed, rather than well formed and too costly.
    pub fn is_syntax(&self) -> bool {
        match self {
            Self::OpenString | Self::Syntax(_) | Self::FragmentCycle { .. } => true,
            Self::TooLong
            | Self::TooNested
            | Self::TooManyTokens
            | Self::FragmentsTooNested
            | Self::TooManySelections
            | Self::TooDeep { .. }
            | Self::TooManyAliases
            | Self::TooManyDirectives => false,
        }
    }
}

/// Parses a document that is safe to execute.
///
/// # Errors
/// [`Refusal`], found in time linear in the text.
pub fn check(query: &str) -> Result<ExecutableDocument, Refusal> {
    if QUERY_BYTES_MAX < query.len() {
        return Err(Refusal::TooLong);
    }
    scan::scan(query)?;
    let document = parse_query(query).map_err(|error| Refusal::Syntax(error.into()))?;
    cost::check(&document)?;
    Ok(document)
}
