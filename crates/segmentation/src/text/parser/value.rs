//! What stands right of an operator: values, lists, spans, counts, other attributes.

use std::ops::Range;

use attrium_schema::parse_decimal;
use serde_json::Value as Json;

use super::super::is_reserved;
use super::super::lexer::Token;
use super::{Failed, Parser, Read};
use crate::ast::{CalendarPart, Count, Literal, Operand, Order, Span, SpanUnit, VALUES_MAX, When};
use crate::diagnostic::{DiagnosticCode, Part};

pub(super) type Parts = Vec<(Part, Range<usize>)>;

impl Parser<'_> {
    /// A value, a list of values being none.
    pub(super) fn literal(&mut self, part: Part, parts: &mut Parts) -> Read<Literal> {
        let span = self.span();
        let raw = &self.text[span.clone()];
        let literal = match self.token() {
            Token::Text(text) => Literal::Text(text.clone()),
            Token::Time(_) => Literal::Text(raw.to_owned()),
            Token::Word if raw.eq_ignore_ascii_case("true") => Literal::Boolean(true),
            Token::Word if raw.eq_ignore_ascii_case("false") => Literal::Boolean(false),
            Token::Number => match parse_decimal(raw) {
                Ok(value) => Literal::number(value),
                Err(error) => {
                    let message = format!("This number does not fit: {error}");
                    self.report(span, DiagnosticCode::OutOfRange, &message);
                    return Err(Failed);
                }
            },
            Token::Word if !is_reserved(raw) => {
                let quoted = Json::from(raw).to_string();
                let message = format!("Expected a value; write text in quotes: {quoted}");
                self.report(span, DiagnosticCode::Syntax, &message);
                self.suggest([quoted]);
                return Err(Failed);
            }
            Token::Word | Token::Key(_) | Token::Sign(_) | Token::Bad(..) | Token::End => {
                return self.fail("A value is missing here");
            }
        };
        self.at += 1;
        parts.push((part, span));
        Ok(literal)
    }

    /// `("a", "b")`; may be empty, which `compile` refuses.
    pub(super) fn literals(&mut self, parts: &mut Parts) -> Read<Vec<Literal>> {
        let start = self.span().start;
        if !self.eat_sign("(") {
            return self.fail(r#"Expected a list of values, as in ("a", "b")"#);
        }
        let mut values = Vec::new();
        while !(values.is_empty() && *self.token() == Token::Sign(")")) {
            let Ok(value) = self.literal(Part::Item(values.len()), parts) else {
                return self.abandon_list();
            };
            values.push(value);
            if !self.eat_sign(",") {
                break;
            }
        }
        if *self.token() != Token::Sign(")") {
            return self
                .fail("Values are separated by commas, and the list ends with `)`")
                .or_else(|Failed| self.abandon_list());
        }
        self.at += 1;
        let whole = start..self.end_of_last();
        if VALUES_MAX < values.len() {
            let message = format!("A list has at most {VALUES_MAX} values; this one has {}", values.len());
            self.report(whole, DiagnosticCode::TooManyValues, &message);
            return Err(Failed);
        }
        parts.push((Part::Value, whole));
        Ok(values)
    }

    /// Leaves a list with a mistake in it behind its closing bracket.
    fn abandon_list<T>(&mut self) -> Read<T> {
        while !matches!(self.token(), Token::End | Token::Sign(")")) {
            self.at += 1;
        }
        self.eat_sign(")");
        Err(Failed)
    }

    /// A value, or another attribute with what is added to it.
    pub(super) fn right_side(&mut self, parts: &mut Parts) -> Read<Operand> {
        if !self.is_other_key() {
            return self.literal(Part::Value, parts).map(Operand::Literal);
        }
        let start = self.span();
        let attribute = self.key()?;
        parts.push((Part::Other, start));
        let offset = self.offset(parts)?;
        Ok(Operand::Other { attribute, offset })
    }

    /// Whether the next token names an attribute where a value may stand too.
    pub(super) fn is_other_key(&self) -> bool {
        matches!(self.token(), Token::Key(_)) || self.word(0).is_some_and(|word| !is_reserved(word))
    }

    fn offset(&mut self, parts: &mut Parts) -> Read<Option<Span>> {
        let start = self.span().start;
        let is_glued = *self.token() == Token::Number && self.text[start..].starts_with('-');
        let sign = match self.token() {
            Token::Sign("+") => 1,
            Token::Sign("-") => -1,
            // `a < b -3 days`: the lexer took the sign for the number's.
            _ if is_glued => 1,
            _ => return Ok(None),
        };
        if !is_glued {
            self.at += 1;
        }
        let n_min = if is_glued { -Span::N_MAX } else { 0 };
        let span = self.span_from(n_min)?;
        parts.push((Part::Offset, start..self.end_of_last()));
        Ok(Some(Span { n: sign * span.n, unit: span.unit }))
    }

    /// `30 days`.
    pub(super) fn window(&mut self, parts: &mut Parts) -> Read<Span> {
        let start = self.span().start;
        let span = self.span_from(0)?;
        parts.push((Part::Value, start..self.end_of_last()));
        Ok(span)
    }

    fn span_from(&mut self, n_min: i64) -> Read<Span> {
        let place = self.span();
        let n = self.whole("Expected a span of time, such as 30 days")?;
        let unit = self.word(0).and_then(|word| {
            let is_named = |unit: &SpanUnit| {
                word.eq_ignore_ascii_case(unit.name()) || word.eq_ignore_ascii_case(unit.name().trim_end_matches('s'))
            };
            SpanUnit::ALL.into_iter().find(is_named)
        });
        let Some(unit) = unit else {
            return self.fail("Expected minutes, hours, days, weeks, months or years");
        };
        self.at += 1;
        if !(n_min..=Span::N_MAX).contains(&n) {
            let message = format!("A span here has {n_min} to {} {}", Span::N_MAX, unit.name());
            self.report(place, DiagnosticCode::OutOfRange, &message);
            return Err(Failed);
        }
        Ok(Span { n, unit })
    }

    /// A whole number.
    fn whole(&mut self, message: &str) -> Read<i64> {
        let raw = &self.text[self.span()];
        let literal = match self.token() {
            Token::Number => parse_decimal(raw).ok().map(Literal::number),
            _ => None,
        };
        let Some(Literal::Number(number)) = literal else {
            return self.fail(message);
        };
        let Some(whole) = number.whole() else {
            return self.fail("Expected a whole number");
        };
        self.at += 1;
        Ok(whole)
    }

    /// A date or a timestamp.
    pub(super) fn when(&mut self, parts: &mut Parts) -> Read<When> {
        let Token::Time(when) = *self.token() else {
            return self.fail("Expected a date such as 2026-05-01, or a time such as 2026-05-01T09:30:00Z");
        };
        parts.push((Part::Value, self.span()));
        self.at += 1;
        Ok(when)
    }

    /// `>= 3`, `between 2 and 4`; and whether it is negated.
    pub(super) fn count(&mut self, parts: &mut Parts) -> Read<(Count, bool)> {
        const NUMBER: &str = "Expected a whole number";
        if self.eat_words("between") {
            let start = self.span().start;
            let low = self.whole(NUMBER)?;
            self.expect_and()?;
            let high = self.whole(NUMBER)?;
            parts.push((Part::Value, start..self.end_of_last()));
            return Ok((Count::Between(low, high), false));
        }
        let Token::Sign(sign) = *self.token() else {
            return self.fail("A size is compared with a number, as in >= 3");
        };
        let order = Order::ALL.into_iter().find(|order| order.sign() == sign);
        let Some(order) = order.or_else(|| (sign == "!=").then_some(Order::Equal)) else {
            return self.fail("A size is compared with a number, as in >= 3");
        };
        self.at += 1;
        let start = self.span().start;
        let number = self.whole(NUMBER)?;
        parts.push((Part::Value, start..self.end_of_last()));
        Ok((Count::Compare(order, number), sign == "!="))
    }

    /// `in (1, 2)`, `not in (1, 2)`; and whether it is negated.
    pub(super) fn numbers(&mut self, part: CalendarPart, parts: &mut Parts) -> Read<(Vec<u8>, bool)> {
        let is_negated = self.eat_words("not in");
        if !is_negated && !self.eat_words("in") {
            return self.fail("Expected `in` and a list of numbers, as in (1, 2)");
        }
        let values = self.literals(parts)?;
        let number_of = |value: &Literal| match value {
            Literal::Number(number) => {
                u8::try_from(number.whole()?).ok().filter(|number| part.numbers().contains(number))
            }
            Literal::Text(_) | Literal::Boolean(_) => None,
        };
        let mut numbers = Vec::new();
        for (place, value) in values.iter().enumerate() {
            let Some(number) = number_of(value) else {
                let item = parts.iter().find(|(part, _)| *part == Part::Item(place)).map(|(_, span)| span.clone());
                let range = part.numbers();
                let message = format!("A {} is a number from {} to {}", part.name(), range.start(), range.end());
                self.report(item.unwrap_or_default(), DiagnosticCode::OutOfRange, &message);
                return Err(Failed);
            };
            numbers.push(number);
        }
        Ok((numbers, is_negated))
    }

    pub(super) fn expect_and(&mut self) -> Read<()> {
        if self.eat_words("and") { Ok(()) } else { self.fail("Expected `and`, as in between 3 and 10") }
    }
}
