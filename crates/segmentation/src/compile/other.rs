//! Comparisons with another attribute of the same profile.

use attrium_schema::{AttributeDefinition, AttributeKey, ScalarType, ValueType};

use super::{Checker, described, quoted};
use crate::ast::{Order, Span};
use crate::compiled::{OtherOperator, OtherTest, Test};
use crate::diagnostic::{DiagnosticCode, Part};

impl<'a> Checker<'a> {
    pub(super) fn ordered_other(
        &mut self,
        definition: &AttributeDefinition,
        order: Order,
        key: &AttributeKey,
        offset: Option<Span>,
    ) -> Option<Test> {
        let other = self.other(definition, key)?;
        if let Some(span) = offset {
            let is_time = matches!(other.value_type.scalar, ScalarType::Date | ScalarType::Timestamp);
            if other.value_type.is_list || !is_time {
                let message = format!("Time can be added to dates and timestamps; `{key}` is {}", described(other.value_type));
                self.error(Part::Offset, DiagnosticCode::WrongType, message);
                return None;
            }
            self.check_span(other, span, Part::Offset)?;
        }
        Some(self.other_test(other, OtherOperator::Order(order), offset))
    }

    pub(super) fn contains_other(&mut self, definition: &AttributeDefinition, key: &AttributeKey) -> Option<Test> {
        let other = self.other(definition, key)?;
        Some(self.other_test(other, OtherOperator::Contains, None))
    }

    /// The other attribute, of a type that compares with this one's.
    fn other(&mut self, definition: &AttributeDefinition, key: &AttributeKey) -> Option<&'a AttributeDefinition> {
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

    fn other_test(&mut self, other: &AttributeDefinition, operator: OtherOperator, offset: Option<Span>) -> Test {
        self.reads.insert(other.key.clone());
        Test::Other(OtherTest { key: other.key.clone(), value_type: other.value_type, operator, offset })
    }
}

fn are_comparable(left: ValueType, right: ValueType) -> bool {
    let are_numbers = left.scalar.is_number() && right.scalar.is_number();
    left.is_list == right.is_list && (left.scalar == right.scalar || are_numbers)
}
