//! What is known of values as they are printed, which decides where in HTML they can stand.

use std::collections::HashSet;

use attrium_schema::{AttributeDefinition, FormatKind, ScalarType};

use super::kinds::Kind;
use super::{Checker, collect_assigned};
use crate::filters::{DEFAULT, Filter, Gives};
use crate::html::{Look, begins_link};
use crate::tree::Body;
use crate::value::Value;

/// The filters that leave what was made for HTML ready to be printed, with less or more in it.
const CUTS: [&str; 5] = ["lstrip", "newline_to_br", "rstrip", "strip", "strip_newlines"];

/// Whether markup, or a list of it, may still be markup behind a filter.
pub(super) fn keeps_markup(filter: &Filter) -> bool {
    let is_picked = matches!(filter.gives, Gives::Items | Gives::Item | Gives::List | Gives::Same);
    is_picked || keeps_raw(filter)
}

/// Whether what `raw` gave is surely printed as it is behind a filter.
pub(super) fn keeps_raw(filter: &Filter) -> bool {
    matches!(filter.name, DEFAULT | "raw") || is_cut(filter)
}

/// Whether a filter takes something from markup, or puts something in.
pub(super) fn is_cut(filter: &Filter) -> bool {
    CUTS.contains(&filter.name)
}

pub(super) fn of_attribute(definition: &AttributeDefinition) -> Look {
    let is_link = definition.format.as_ref().is_some_and(|format| format.kind() == FormatKind::Url);
    if is_link { Look::Link } else { of_scalar(definition.value_type.scalar) }
}

const fn of_scalar(scalar: ScalarType) -> Look {
    match scalar {
        ScalarType::Integer | ScalarType::Decimal | ScalarType::Boolean => Look::Number,
        ScalarType::Text | ScalarType::Date | ScalarType::Timestamp | ScalarType::GeoPoint => Look::Any,
    }
}

pub(super) fn of_literal(value: &Value) -> Look {
    match value {
        Value::Number(_) | Value::Boolean(_) => Look::Number,
        Value::Text(text) if text.is_empty() => Look::LinkOrNothing,
        Value::Text(text) if begins_link(text) => Look::Link,
        Value::Text(_)
        | Value::Markup(_)
        | Value::Date(_)
        | Value::Timestamp(_)
        | Value::List(_)
        | Value::Range(_)
        | Value::Nil
        | Value::Object(_)
        | Value::Loop(_)
        | Value::Blank
        | Value::Empty => Look::Any,
    }
}

/// Behind a field or an index of what looks so.
pub(super) fn of_field(owner: Kind, look: Look, field: Kind) -> Look {
    match (owner, field) {
        (Kind::List(_), Kind::One(ScalarType::Text)) => look,
        (_, Kind::One(scalar)) => of_scalar(scalar),
        (Kind::Unknown | Kind::One(_) | Kind::List(_), Kind::Unknown | Kind::List(_)) => Look::Any,
    }
}

/// What is known where it may be one or the other.
pub(super) fn either(one: Look, other: Look) -> Look {
    match (one, other) {
        _ if one == other => one,
        (Look::Link, Look::LinkOrNothing) | (Look::LinkOrNothing, Look::Link) => Look::LinkOrNothing,
        (
            Look::Any | Look::Number | Look::Link | Look::LinkOrNothing | Look::Encoded | Look::Markup,
            Look::Any | Look::Number | Look::Link | Look::LinkOrNothing | Look::Encoded | Look::Markup,
        ) => Look::Any,
    }
}

/// Behind a filter other than `default`.
pub(super) fn through(look: Look, filter: &Filter, argument: Look) -> Look {
    match (filter.name, filter.gives) {
        (_, Gives::Number | Gives::Boolean) => Look::Number,
        ("url_encode", _) => Look::Encoded,
        ("append", _) if look == Look::Link => Look::Link,
        ("prepend", _) if argument == Look::Link => Look::Link,
        ("downcase" | "escape" | "escape_once" | "upcase", _) if look != Look::Markup => look,
        (_, _) if is_cut(filter) => look,
        (_, Gives::Text | Gives::Items | Gives::Item | Gives::List | Gives::Same | Gives::Markup) => Look::Any,
    }
}

impl Checker<'_> {
    /// The names that a body may give another value, or not, look like anything.
    pub(super) fn forget_looks(&mut self, body: &Body) {
        let mut names = HashSet::new();
        collect_assigned(body, &mut names);
        for (_, meaning) in self.locals.iter_mut().filter(|(name, _)| names.contains(name)) {
            meaning.look = Look::Any;
        }
    }
}
