//! Comparisons with another attribute of the same profile.

use attrium_schema::{AttributeDefinition, AttributeKey, ScalarType, ValueType};

use super::{Checker, described, quoted};
use crate::ast::Span;
use crate::compiled::{OtherOperator, OtherTest, Test};
use crate::diagnostic::{DiagnosticCode, Part};

impl<'a> Checker<'a> {
    /// Whether an offset can be added to values of the other attribute.
    pub(super) fn check_offset(&mut self, other: &AttributeDefinition, offset: Option<Span>) -> Option<()> {
        let Some(span) = offset else { return Some(()) };
        let is_time = matches!(other.value_type.scalar, ScalarType::Date | ScalarType::Timestamp);
        if other.value_type.is_list || !is_time {
            let described = described(other.value_type);
            let message = format!("Time can be added to dates and timestamps; `{}` is {described}", other.key);
            self.error(Part::Offset, DiagnosticCode::WrongType, message);
            return None;
        }
        self.check_span(other, span, Part::Offset)
    }

    /// The other attribute, of a type that compares with this one's.
    pub(super) fn other(
        &mut self,
        definition: &AttributeDefinition,
        key: &AttributeKey,
    ) -> Option<&'a AttributeDefinition> {
        // `country = TR` names an attribute; a text was meant.
        let is_text = definition.value_type.scalar == ScalarType::Text;
        let other = self.definition(key, Part::Other, is_text.then(|| quoted(key.as_str())))?;
        if !are_comparable(definition.value_type, other.value_type) {
            let (left, right) = (described(definition.value_type), described(other.value_type));
            let message = format!("`{}` is {left} and `{key}` is {right}: they do not compare", definition.key);
            self.error(Part::Other, DiagnosticCode::WrongType, message);
            return None;
        }
        Some(other)
    }

    /// The test, noted as one that reads the other attribute.
    pub(super) fn other_test(
        &mut self,
        other: &AttributeDefinition,
        operator: OtherOperator,
        offset: Option<Span>,
    ) -> Test {
        self.reads.insert(other.key.clone());
        Test::Other(OtherTest { key: other.key.clone(), value_type: other.value_type, operator, offset })
    }
}

fn are_comparable(left: ValueType, right: ValueType) -> bool {
    let are_numbers = left.scalar.is_number() && right.scalar.is_number();
    left.is_list == right.is_list && (left.scalar == right.scalar || are_numbers)
}
