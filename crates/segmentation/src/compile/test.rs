//! From a condition that fits its attribute to the test that answers it.

use std::ops::Bound;

use attrium_schema::{AttributeDefinition, Scalar, ScalarType};

use super::Checker;
use crate::ast::{CalendarPart, Condition, DayOperator, Literal, Operand, Order, Span, SpanUnit, TextOperator, When};
use crate::compiled::{ClockTest, DayTest, OtherOperator, ScalarRange, Test, TextTest};
use crate::diagnostic::{DiagnosticCode, Part};
use crate::pattern::PATTERNS_MAX;

impl Checker<'_> {
    /// The test; `None` when an error was noted.
    pub(super) fn test(&mut self, definition: &AttributeDefinition, condition: &Condition) -> Option<Test> {
        match condition {
            Condition::Exists => Some(Test::Exists),
            Condition::Missing => Some(Test::Missing),
            Condition::Compare(order, Operand::Literal(value)) => self.compared(definition, *order, value),
            Condition::Compare(order, Operand::Other { attribute, offset }) => {
                let other = self.other(definition, attribute)?;
                self.check_offset(other, *offset)?;
                Some(self.other_test(other, OtherOperator::Order(*order), *offset))
            }
            Condition::ContainsOther(attribute) => {
                let other = self.other(definition, attribute)?;
                Some(self.other_test(other, OtherOperator::Contains, None))
            }
            Condition::SetEquals(values) => self.set_equals(definition, values),
            Condition::In(values) | Condition::HasAny(values) => self.any_of(definition, values).map(Test::AnyOf),
            Condition::HasAll(values) => self.all_of(definition, values, Test::AllOf),
            Condition::Has(value) => self.one_value(definition, value).map(Test::AnyOf),
            Condition::Between(low, high) => self.between(definition, low, high),
            Condition::Text(operator, text) => self.text(*operator, text),
            Condition::Size(count) => Some(Test::Size(*count)),
            Condition::Day(operator, when) => self.day(definition, *operator, *when),
            Condition::Window(operator, span) => {
                self.check_span(definition, *span, Part::Value)?;
                Some(Test::Clock(ClockTest::Window(*operator, *span)))
            }
            Condition::AnniversaryInNext(days) => Some(Test::Clock(ClockTest::AnniversaryInNext(*days))),
            Condition::Calendar(part, numbers) => self.calendar(*part, numbers),
        }
    }

    fn compared(&mut self, definition: &AttributeDefinition, order: Order, value: &Literal) -> Option<Test> {
        if definition.value_type.is_list {
            let message =
                format!("`{}` is a list; ask what it has, or compare it with a list of values", definition.key);
            self.error(Part::Operator, DiagnosticCode::WrongOperator, message);
            self.suggest(["has".to_owned()]);
            return None;
        }
        match order {
            Order::Equal => self.one_value(definition, value).map(Test::AnyOf),
            Order::Less | Order::LessOrEqual | Order::Greater | Order::GreaterOrEqual => {
                self.ordered(definition, order, value)
            }
        }
    }

    fn set_equals(&mut self, definition: &AttributeDefinition, values: &[Literal]) -> Option<Test> {
        if !definition.value_type.is_list {
            let message = format!("`{}` holds one value; with a list of values, ask by `in`", definition.key);
            self.error(Part::Operator, DiagnosticCode::WrongOperator, message);
            self.suggest(["in".to_owned()]);
            return None;
        }
        self.all_of(definition, values, Test::SetEquals)
    }

    fn text(&mut self, operator: TextOperator, text: &str) -> Option<Test> {
        if matches!(operator, TextOperator::Glob | TextOperator::Matches) {
            self.patterns += 1;
            if PATTERNS_MAX < self.patterns {
                let message = format!("A rule holds at most {PATTERNS_MAX} patterns; join some of them by `|`");
                self.error(Part::Operator, DiagnosticCode::BadPattern, message);
                return None;
            }
        }
        match TextTest::new(operator, text) {
            Ok(built) => Some(Test::Text(built)),
            Err(reason) => {
                self.error(Part::Value, DiagnosticCode::BadPattern, format!("This pattern does not read: {reason}"));
                None
            }
        }
    }

    fn day(&mut self, definition: &AttributeDefinition, operator: DayOperator, when: When) -> Option<Test> {
        let is_date = definition.value_type.scalar == ScalarType::Date;
        match when {
            When::Day(day) if is_date => Some(Test::Range(range_of(operator, Scalar::Date(day)))),
            When::Day(day) => Some(Test::Day(DayTest { operator, day })),
            When::Instant(_) if is_date || operator == DayOperator::On => {
                let subject =
                    if is_date { format!("`{}` is a date", definition.key) } else { "`on` asks for a day".to_owned() };
                self.error(Part::Value, DiagnosticCode::WrongType, format!("{subject}; write it as 2026-05-01"));
                None
            }
            When::Instant(instant) => Some(Test::Range(range_of(operator, Scalar::Timestamp(instant)))),
        }
    }

    /// Whether a span can be added to values of this attribute.
    pub(super) fn check_span(&mut self, definition: &AttributeDefinition, span: Span, part: Part) -> Option<()> {
        let is_short = matches!(span.unit, SpanUnit::Minutes | SpanUnit::Hours);
        if is_short && definition.value_type.scalar == ScalarType::Date {
            let message = format!("`{}` is a date: its spans are in days, weeks, months or years", definition.key);
            self.error(part, DiagnosticCode::WrongType, message);
            return None;
        }
        Some(())
    }

    fn calendar(&mut self, part: CalendarPart, numbers: &[u8]) -> Option<Test> {
        if numbers.is_empty() {
            self.error(Part::Value, DiagnosticCode::EmptyList, "This list has no values".to_owned());
            return None;
        }
        if let Some(number) = numbers.iter().find(|number| !part.numbers().contains(number)) {
            self.error(Part::Value, DiagnosticCode::OutOfRange, format!("{number} is not a {}", part.name()));
            return None;
        }
        let bits = numbers.iter().fold(0, |bits, number| bits | 1_u32 << number);
        Some(Test::Calendar { part, numbers: bits })
    }
}

/// Values before, after or on one value.
fn range_of(operator: DayOperator, value: Scalar) -> ScalarRange {
    let (low, high) = match operator {
        DayOperator::Before => (Bound::Unbounded, Bound::Excluded(value)),
        DayOperator::After => (Bound::Excluded(value), Bound::Unbounded),
        DayOperator::On => (Bound::Included(value.clone()), Bound::Included(value)),
    };
    ScalarRange { low, high }
}
