//! Comparisons: whether two values can be compared at all.

use super::kinds::Kind;
use super::{Checker, Meaning};
use crate::diagnostic::DiagnosticCode;
use crate::tree::{Comparison, Condition, Expression, Operator, Span, Term};

impl Checker<'_> {
    pub(super) fn condition(&mut self, condition: &Condition) {
        self.comparison(&condition.first);
        for (_, comparison) in &condition.rest {
            self.comparison(comparison);
        }
    }

    fn comparison(&mut self, comparison: &Comparison) {
        let left = self.operand(&comparison.left).kind;
        let Some((operator, right)) = &comparison.test else { return };
        let right = self.operand(right).kind;
        let span = comparison.span();
        match operator {
            Operator::Equal | Operator::NotEqual => self.check_equality(left, right, &span),
            Operator::Contains => {
                let holds_nothing = matches!(left, Kind::One(scalar) if scalar != attrium_schema::ScalarType::Text);
                if holds_nothing {
                    let message = format!("`contains` looks into text and lists; the left side is {left}");
                    self.find(DiagnosticCode::WrongType, &span, message);
                }
            }
            Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual => {
                if !left.orders_with(right) {
                    let message = format!("There is no order between {left} and {right}");
                    self.find(DiagnosticCode::WrongType, &span, message);
                }
            }
        }
    }

    pub(super) fn check_equality(&mut self, left: Kind, right: Kind, span: &Span) {
        if !left.can_equal(right) {
            let message = format!("These are never equal: one is {left}, the other {right}");
            self.find(DiagnosticCode::WrongType, span, message);
        }
    }

    /// A side of a comparison, where a literal has the type it is written in.
    pub(super) fn operand(&mut self, expression: &Expression) -> Meaning {
        match &expression.term {
            Term::Literal(value) => Meaning::of(Kind::of_literal(value)),
            Term::Path(_) | Term::Range(_) => self.expression(expression),
        }
    }
}
