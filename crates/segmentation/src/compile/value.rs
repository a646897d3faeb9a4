//! From a value as it is spelled to a value of the attribute's type.

use std::cmp::Ordering;
use std::ops::Bound;

use attrium_schema::suggest::{cut, did_you_mean, nearest};
use attrium_schema::{
    AttributeDefinition, Date, Decimal, DecimalError, Scalar, ScalarType, Timestamp, decimal_to_text, parse_decimal,
};

use super::{Checker, described, quoted};
use crate::ast::{Literal, Order};
use crate::compiled::{ScalarRange, Test};
use crate::diagnostic::{DiagnosticCode, Part};
use crate::ordering::{compare, sort_distinct};
use crate::text::literal_text;

impl Checker<'_> {
    /// The value in the attribute's type; numbers as decimals, even of an integer attribute.
    fn value(&mut self, definition: &AttributeDefinition, literal: &Literal, part: Part) -> Option<Scalar> {
        let scalar = definition.value_type.scalar;
        let value = match (scalar, literal) {
            (ScalarType::Text, Literal::Text(text)) => Some(Scalar::Text(text.clone())),
            (ScalarType::Boolean, Literal::Boolean(flag)) => Some(Scalar::Boolean(*flag)),
            (ScalarType::Integer | ScalarType::Decimal, Literal::Number(number)) => {
                Some(Scalar::Decimal(number.value()))
            }
            (ScalarType::Integer | ScalarType::Decimal, Literal::Text(text)) => match parse_decimal(text) {
                Ok(value) => Some(Scalar::Decimal(value)),
                Err(DecimalError::TooPrecise | DecimalError::OutOfRange) => {
                    let message = format!("{} does not fit into 28 significant digits", shown(literal));
                    self.error(part, DiagnosticCode::OutOfRange, message);
                    return None;
                }
                Err(DecimalError::NotANumber | DecimalError::Comma) => None,
            },
            (ScalarType::Date | ScalarType::Timestamp, Literal::Text(text)) => Scalar::from_text(scalar, text).ok(),
            _ => None,
        };
        match &value {
            Some(value) => self.warn_of_format(definition, value, part),
            None => self.refuse_value(definition, literal, part),
        }
        value
    }

    fn refuse_value(&mut self, definition: &AttributeDefinition, literal: &Literal, part: Part) {
        let raw = literal_text(literal);
        let day = match literal {
            Literal::Text(text) => text.parse::<Date>().ok().filter(|_| text.len() == 10),
            Literal::Number(_) | Literal::Boolean(_) => None,
        };
        let (expected, meant) = match definition.value_type.scalar {
            ScalarType::Text => (format!("; write it in quotes: {}", quoted(&raw)), vec![quoted(&raw)]),
            ScalarType::Boolean => ("; write true or false".to_owned(), vec!["true".to_owned(), "false".to_owned()]),
            ScalarType::Date => ("; write it as 2026-05-01".to_owned(), first_day(literal)),
            ScalarType::Timestamp if day.is_some() => {
                let hint = "; write the time too, or compare with the day by before, after or on";
                (hint.to_owned(), vec![format!("{raw}T00:00:00Z")])
            }
            ScalarType::Timestamp => ("; write it as 2026-05-01T09:30:00Z".to_owned(), Vec::new()),
            ScalarType::Integer | ScalarType::Decimal => ("; write a number, without quotes".to_owned(), Vec::new()),
            ScalarType::GeoPoint => (String::new(), Vec::new()),
        };
        let message = format!(
            "`{}` is {}, and {} is not{expected}",
            definition.key,
            described(definition.value_type),
            shown(literal)
        );
        self.error(part, DiagnosticCode::WrongType, message);
        self.suggest(meant);
    }

    /// A text that no profile can hold, because the attribute's format refuses or respells it.
    fn warn_of_format(&mut self, definition: &AttributeDefinition, value: &Scalar, part: Part) {
        let (Some(format), Scalar::Text(text)) = (&definition.format, value) else { return };
        let key = &definition.key;
        let (message, meant) = match format.check(text) {
            Ok(stored) if stored == *text => return,
            Ok(stored) => {
                (format!("`{key}` never holds this spelling; did you mean {}?", quoted(&stored)), vec![stored])
            }
            Err(_) => match format {
                attrium_schema::Format::Enum { options, .. } => {
                    let near = nearest(text, options.iter().map(String::as_str));
                    let shown = shown(&Literal::Text(text.clone()));
                    (format!("{shown} is not among the options of `{key}`{}", did_you_mean(&near)), near)
                }
                other => (format!("`{key}` holds the format {}, and this is not one", other.kind()), Vec::new()),
            },
        };
        self.warn(part, DiagnosticCode::NotAnOption, message);
        if let Some(last) = self.warnings.last_mut() {
            last.suggestions = meant.iter().map(|text| quoted(text)).collect();
        }
    }

    /// A test for at least one of these values.
    pub(super) fn any_of(&mut self, definition: &AttributeDefinition, literals: &[Literal]) -> Option<Vec<Scalar>> {
        let mut wanted: Vec<Scalar> = self.values(definition, literals)?.into_iter().flatten().collect();
        if wanted.is_empty() {
            self.warn_never(definition, Part::Value);
        }
        sort_distinct(&mut wanted);
        Some(wanted)
    }

    /// A test for all of these values; nothing passes it when the attribute cannot hold one of them.
    pub(super) fn all_of(
        &mut self,
        definition: &AttributeDefinition,
        literals: &[Literal],
        test: fn(Vec<Scalar>) -> Test,
    ) -> Option<Test> {
        let wanted: Option<Vec<Scalar>> = self.values(definition, literals)?.into_iter().collect();
        let Some(mut wanted) = wanted else {
            self.warn_never(definition, Part::Value);
            return Some(Test::AnyOf(Vec::new()));
        };
        sort_distinct(&mut wanted);
        Some(test(wanted))
    }

    /// Values of a list: at least one, all of one type. Those that the attribute cannot hold are `None`.
    fn values(&mut self, definition: &AttributeDefinition, literals: &[Literal]) -> Option<Vec<Option<Scalar>>> {
        if literals.is_empty() {
            self.error(Part::Value, DiagnosticCode::EmptyList, "This list has no values".to_owned());
            return None;
        }
        let is_number = definition.value_type.scalar.is_number();
        let mut kinds: Vec<&str> = literals.iter().map(|literal| kind(literal, is_number)).collect();
        kinds.sort_unstable();
        kinds.dedup();
        if let [first, second, ..] = kinds.as_slice() {
            let message = format!("This list mixes {first} and {second}; its values are all of one type");
            self.error(Part::Value, DiagnosticCode::MixedTypes, message);
            return None;
        }
        let values: Vec<Option<Scalar>> = literals
            .iter()
            .enumerate()
            .map(|(place, literal)| self.value(definition, literal, Part::Item(place)))
            .collect();
        let values: Vec<Scalar> = values.into_iter().collect::<Option<_>>()?;
        Some(values.into_iter().map(|value| stored(definition, value)).collect())
    }

    /// `=`: one value among one.
    pub(super) fn one_value(&mut self, definition: &AttributeDefinition, literal: &Literal) -> Option<Vec<Scalar>> {
        let value = stored(definition, self.value(definition, literal, Part::Value)?);
        if value.is_none() {
            self.warn_never(definition, Part::Value);
        }
        Some(Vec::from_iter(value))
    }

    /// `<`, `<=`, `>`, `>=`.
    pub(super) fn ordered(
        &mut self,
        definition: &AttributeDefinition,
        order: Order,
        literal: &Literal,
    ) -> Option<Test> {
        let value = self.value(definition, literal, Part::Value)?;
        let (low, high) = match order {
            Order::Less => (Bound::Unbounded, Bound::Excluded(value)),
            Order::LessOrEqual => (Bound::Unbounded, Bound::Included(value)),
            Order::Greater => (Bound::Excluded(value), Bound::Unbounded),
            Order::GreaterOrEqual => (Bound::Included(value), Bound::Unbounded),
            Order::Equal => (Bound::Included(value.clone()), Bound::Included(value)),
        };
        Some(self.range(definition, low, high))
    }

    pub(super) fn between(&mut self, definition: &AttributeDefinition, low: &Literal, high: &Literal) -> Option<Test> {
        let (low, high) = (self.value(definition, low, Part::Item(0)), self.value(definition, high, Part::Item(1)));
        let (low, high) = (low?, high?);
        if compare(&high, &low).is_some_and(Ordering::is_lt) {
            let message = "No value lies between these; the lower end comes first".to_owned();
            self.warn(Part::Whole, DiagnosticCode::NeverTrue, message);
        }
        Some(self.range(definition, Bound::Included(low), Bound::Included(high)))
    }

    /// A range of the attribute's own type; a test that nothing passes when no value of it lies inside.
    fn range(&mut self, definition: &AttributeDefinition, low: Bound<Scalar>, high: Bound<Scalar>) -> Test {
        if definition.value_type.scalar != ScalarType::Integer {
            return Test::Range(ScalarRange { low, high });
        }
        if let (Some(low), Some(high)) = (integer_low(&low), integer_high(&high)) {
            return Test::Range(ScalarRange { low, high });
        }
        self.warn_never(definition, Part::Value);
        Test::AnyOf(Vec::new())
    }

    fn warn_never(&mut self, definition: &AttributeDefinition, part: Part) {
        let message = format!("`{}` is {}: no value of it can be so", definition.key, described(definition.value_type));
        self.warn(part, DiagnosticCode::NeverTrue, message);
    }
}

/// A value as the attribute stores it; `None` for a number that no integer equals.
fn stored(definition: &AttributeDefinition, value: Scalar) -> Option<Scalar> {
    match value {
        Scalar::Decimal(number) if definition.value_type.scalar == ScalarType::Integer => {
            let is_whole = number.is_integer();
            is_whole.then(|| i64::try_from(number).ok()).flatten().map(Scalar::Integer)
        }
        other => Some(other),
    }
}

/// The lower end of a range of integers that holds the same integers; `None` when it holds none.
fn integer_low(low: &Bound<Scalar>) -> Option<Bound<Scalar>> {
    let (number, is_included) = match low {
        Bound::Included(Scalar::Decimal(number)) => (number.ceil(), true),
        Bound::Excluded(Scalar::Decimal(number)) => (number.floor(), false),
        Bound::Included(_) | Bound::Excluded(_) | Bound::Unbounded => return Some(Bound::Unbounded),
    };
    match i64::try_from(number) {
        Ok(whole) if is_included => Some(Bound::Included(Scalar::Integer(whole))),
        Ok(whole) => Some(Bound::Excluded(Scalar::Integer(whole))),
        Err(_) if number < Decimal::ZERO => Some(Bound::Unbounded),
        Err(_) => None,
    }
}

/// The upper end, likewise.
fn integer_high(high: &Bound<Scalar>) -> Option<Bound<Scalar>> {
    let (number, is_included) = match high {
        Bound::Included(Scalar::Decimal(number)) => (number.floor(), true),
        Bound::Excluded(Scalar::Decimal(number)) => (number.ceil(), false),
        Bound::Included(_) | Bound::Excluded(_) | Bound::Unbounded => return Some(Bound::Unbounded),
    };
    match i64::try_from(number) {
        Ok(whole) if is_included => Some(Bound::Included(Scalar::Integer(whole))),
        Ok(whole) => Some(Bound::Excluded(Scalar::Integer(whole))),
        Err(_) if Decimal::ZERO < number => Some(Bound::Unbounded),
        Err(_) => None,
    }
}

/// What a value is called; among numbers, a text may be a number that JSON cannot carry.
fn kind(literal: &Literal, is_number: bool) -> &'static str {
    match literal {
        Literal::Text(text) if is_number && parse_decimal(text) != Err(DecimalError::NotANumber) => "numbers",
        Literal::Text(_) => "text",
        Literal::Number(_) => "numbers",
        Literal::Boolean(_) => "true or false",
    }
}

/// The day of a timestamp that was written where a date must stand.
fn first_day(literal: &Literal) -> Vec<String> {
    match literal {
        Literal::Text(text) => {
            text.parse::<Timestamp>().ok().and_then(|_| text.get(..10)).map(str::to_owned).into_iter().collect()
        }
        Literal::Number(_) | Literal::Boolean(_) => Vec::new(),
    }
}

/// A value for a message.
fn shown(literal: &Literal) -> String {
    match literal {
        Literal::Text(text) => cut(&quoted(text)),
        Literal::Number(number) => decimal_to_text(number.value()),
        Literal::Boolean(flag) => flag.to_string(),
    }
}
