//! What a parsed document asks for once its fragments are expanded, computed without expanding
//! them: each fragment is costed once and remembered.

use std::collections::HashMap;

use async_graphql::parser::types::{ExecutableDocument, OperationDefinition, Selection, SelectionSet};

use super::{ALIASES_MAX, BRACKETS_MAX, DEPTH_MAX, DIRECTIVES_MAX, INTROSPECTION_DEPTH_MAX, Refusal, SELECTIONS_MAX};

/// How much of a name a refusal repeats.
const NAME_CHARS_SHOWN: usize = 64;

/// Sums saturate: a document of 2,000 tokens can name more selections than a `u64` counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Cost {
    selections: u64,
    depth: u64,
    aliases: u64,
    directives: u64,
}

impl Cost {
    /// The cost of both, side by side.
    fn beside(self, other: Self) -> Self {
        Self {
            selections: self.selections.saturating_add(other.selections),
            depth: self.depth.max(other.depth),
            aliases: self.aliases.saturating_add(other.aliases),
            directives: self.directives.saturating_add(other.directives),
        }
    }
}

enum Costed {
    /// Being computed: to meet it again is a cycle.
    Open,
    Done(Cost),
}

struct Coster<'a> {
    document: &'a ExecutableDocument,
    fragments: HashMap<&'a str, Costed>,
}

/// Refuses a document whose operations, taken together, ask for too much. Fragments that no
/// operation spreads are held to the same limits, because validation walks them too.
pub(super) fn check(document: &ExecutableDocument) -> Result<(), Refusal> {
    let mut coster = Coster { document, fragments: HashMap::new() };
    let mut total = Cost::default();
    for (_, operation) in document.operations.iter() {
        total = total.beside(coster.operation(&operation.node)?);
    }
    let depth_max = if is_introspection(document) { INTROSPECTION_DEPTH_MAX } else { DEPTH_MAX };
    within_limits(total, depth_max)?;
    for name in document.fragments.keys() {
        within_limits(coster.fragment(name, 0)?, depth_max)?;
    }
    Ok(())
}

fn within_limits(cost: Cost, depth_max: u64) -> Result<(), Refusal> {
    if SELECTIONS_MAX < cost.selections {
        return Err(Refusal::TooManySelections);
    }
    if depth_max < cost.depth {
        return Err(Refusal::TooDeep { depth_max });
    }
    if ALIASES_MAX < cost.aliases {
        return Err(Refusal::TooManyAliases);
    }
    if DIRECTIVES_MAX < cost.directives {
        return Err(Refusal::TooManyDirectives);
    }
    Ok(())
}

/// Whether every root field asks about the API itself.
fn is_introspection(document: &ExecutableDocument) -> bool {
    document.operations.iter().flat_map(|(_, operation)| &operation.node.selection_set.node.items).all(|item| {
        match &item.node {
            Selection::Field(field) => matches!(field.node.name.node.as_str(), "__schema" | "__type" | "__typename"),
            Selection::FragmentSpread(_) | Selection::InlineFragment(_) => false,
        }
    })
}

impl<'a> Coster<'a> {
    fn operation(&mut self, operation: &'a OperationDefinition) -> Result<Cost, Refusal> {
        let on_variables: usize =
            operation.variable_definitions.iter().map(|variable| variable.node.directives.len()).sum();
        let own = Cost { directives: count(operation.directives.len() + on_variables), ..Cost::default() };
        Ok(own.beside(self.selections(&operation.selection_set.node, 0)?))
    }

    /// `fragments_open` bounds this recursion: inside one fragment the brackets are bounded already.
    fn selections(&mut self, set: &'a SelectionSet, fragments_open: usize) -> Result<Cost, Refusal> {
        let mut total = Cost::default();
        for item in &set.items {
            let (inner, directives) = match &item.node {
                Selection::Field(field) => {
                    let field = &field.node;
                    let inner = self.selections(&field.selection_set.node, fragments_open)?;
                    let inner = Cost {
                        depth: inner.depth + 1,
                        aliases: inner.aliases.saturating_add(u64::from(field.alias.is_some())),
                        ..inner
                    };
                    (inner, field.directives.len())
                }
                Selection::InlineFragment(fragment) => {
                    let inner = self.selections(&fragment.node.selection_set.node, fragments_open)?;
                    (inner, fragment.node.directives.len())
                }
                Selection::FragmentSpread(spread) => {
                    let inner = self.fragment(spread.node.fragment_name.node.as_str(), fragments_open)?;
                    (inner, spread.node.directives.len())
                }
            };
            let own = Cost { selections: 1, directives: count(directives), ..Cost::default() };
            total = total.beside(own).beside(inner);
        }
        Ok(total)
    }

    fn fragment(&mut self, name: &'a str, fragments_open: usize) -> Result<Cost, Refusal> {
        match self.fragments.get(name) {
            Some(Costed::Done(cost)) => return Ok(*cost),
            Some(Costed::Open) => {
                return Err(Refusal::FragmentCycle { fragment: name.chars().take(NAME_CHARS_SHOWN).collect() });
            }
            None => {}
        }
        // Validation says which fragment is unknown.
        let Some(fragment) = self.document.fragments.get(name) else { return Ok(Cost::default()) };
        if BRACKETS_MAX <= fragments_open {
            return Err(Refusal::FragmentsTooNested);
        }
        self.fragments.insert(name, Costed::Open);
        let own = Cost { directives: count(fragment.node.directives.len()), ..Cost::default() };
        let cost = own.beside(self.selections(&fragment.node.selection_set.node, fragments_open + 1)?);
        self.fragments.insert(name, Costed::Done(cost));
        Ok(cost)
    }
}

fn count(items: usize) -> u64 {
    u64::try_from(items).unwrap_or(u64::MAX)
}
