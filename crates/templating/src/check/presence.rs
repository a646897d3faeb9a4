//! What a condition makes sure of: in `{% if country %}{{ country }}{% endif %}` nothing is missing.

use crate::data::PROFILE;
use crate::tree::{Comparison, Condition, Expression, Joint, Operator, Term};
use crate::value::Value;

/// The names that cannot be missing when a condition comes out as it does: attributes by their key, and
/// what the template named itself.
pub(super) fn implied(condition: &Condition, holds: bool) -> Vec<String> {
    // `a and b` holds only when both do, `a or b` fails only when both do; what is right of the other
    // joint may not have counted.
    let binding = if holds { Joint::And } else { Joint::Or };
    let mut names = Vec::new();
    let mut rest = condition.rest.iter();
    let mut comparison = &condition.first;
    loop {
        match rest.next() {
            Some((joint, next)) if *joint == binding => {
                names.extend(implied_by(comparison, holds));
                comparison = next;
            }
            Some(_) => return names,
            None => {
                names.extend(implied_by(comparison, holds));
                return names;
            }
        }
    }
}

fn implied_by(comparison: &Comparison, holds: bool) -> Option<String> {
    let name = name_of(&comparison.left)?;
    let is_sure = match (&comparison.test, holds) {
        (None, holds) => holds,
        (Some((operator, right)), holds) => {
            let is_nothing = matches!(right.term, Term::Literal(Value::Nil | Value::Blank));
            let is_something =
                matches!(right.term, Term::Literal(Value::Boolean(true) | Value::Number(_) | Value::Text(_)));
            match (operator, holds) {
                (Operator::Equal, true) | (Operator::NotEqual, false) => is_something,
                (Operator::Equal, false) | (Operator::NotEqual, true) => is_nothing,
                (
                    Operator::Less
                    | Operator::LessOrEqual
                    | Operator::Greater
                    | Operator::GreaterOrEqual
                    | Operator::Contains,
                    holds,
                ) => holds,
            }
        }
    };
    is_sure.then_some(name)
}

/// The attribute or the name of the template's own that an expression is.
fn name_of(expression: &Expression) -> Option<String> {
    let Term::Path(path) = &expression.term else { return None };
    let root = path.root_name()?;
    match path.segments.as_slice() {
        [] => Some(root.text.to_string()),
        [field] if &*root.text == PROFILE => field.name().map(|name| name.text.to_string()),
        _ => None,
    }
}
