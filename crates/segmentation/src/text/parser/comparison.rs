//! One comparison: an attribute, an operator, what stands right of it, and a zone.

use std::ops::Range;

use attrium_schema::suggest::{did_you_mean, nearest};

use super::super::lexer::Token;
use super::super::spans::Mark;
use super::value::Parts;
use super::{Failed, Parser, Placed, Read};
use crate::ast::{
    CalendarPart, Comparison, Condition, DayOperator, Node, Order, SpanUnit, TextOperator, WindowOperator, Zone,
};
use crate::diagnostic::{DiagnosticCode, Part};
use crate::operator::Operator;
use crate::unsupported::Unsupported;

/// Words that other languages use for an operator of ours.
const FOREIGN_WORDS: [(&str, &str); 6] = [
    ("is", "="),
    ("equals", "="),
    ("eq", "="),
    ("startswith", "starts with"),
    ("endswith", "ends with"),
    ("null", "missing"),
];

/// A condition, and whether it was typed in a negative form.
type Signed = (Condition, bool);

impl Parser<'_> {
    pub(super) fn comparison(&mut self) -> Read<Placed> {
        let start = self.span().start;
        let mut parts = Parts::new();
        let leading = self.leading_operator();
        if leading.is_some() {
            self.at += 2;
            parts.push((Part::Operator, start..self.end_of_last()));
        }
        let key_span = self.span();
        if !matches!(self.token(), Token::Word | Token::Key(_)) {
            return self.fail("A condition starts with the key of an attribute");
        }
        let attribute = self.key()?;
        parts.push((Part::Attribute, key_span));
        let (condition, is_negated) = match leading {
            Some(Leading::Size) => {
                self.count(&mut parts).map(|(count, is_negated)| (Condition::Size(count), is_negated))?
            }
            Some(Leading::Calendar(part)) => self
                .numbers(part, &mut parts)
                .map(|(numbers, is_negated)| (Condition::Calendar(part, numbers), is_negated))?,
            None => self.operator(&mut parts)?,
        };
        let zone = self.zone(&mut parts)?;
        let whole = start..self.end_of_last();
        let mut placed =
            self.placed(Node::Compare(Comparison { attribute, condition, zone }), whole.clone(), Vec::new())?;
        placed.mark.parts = parts;
        if is_negated {
            let mark: Mark = placed.mark;
            return self.placed(Node::Not(Box::new(placed.node)), whole, vec![mark]);
        }
        Ok(placed)
    }

    /// `size of`, `weekday of`, `month of`, `hour of`.
    fn leading_operator(&self) -> Option<Leading> {
        if !self.is_word(1, "of") {
            return None;
        }
        if self.is_word(0, "size") {
            return Some(Leading::Size);
        }
        CalendarPart::ALL.into_iter().find(|part| self.is_word(0, part.name())).map(Leading::Calendar)
    }

    fn operator(&mut self, parts: &mut Parts) -> Read<Signed> {
        let start = self.span();
        match *self.token() {
            Token::Sign("~") => return self.folded_text(parts),
            Token::Sign("~=") => return self.text_after(TextOperator::EqualsFolded, 1, parts).map(positive),
            Token::Sign(sign) => {
                let order = Order::ALL.into_iter().find(|order| order.sign() == sign);
                if let Some(order) = order.or_else(|| (sign == "!=").then_some(Order::Equal)) {
                    self.at += 1;
                    parts.push((Part::Operator, start));
                    return self.order(order, parts).map(|condition| (condition, sign == "!="));
                }
            }
            Token::Word
            | Token::Key(_)
            | Token::Text(_)
            | Token::Number
            | Token::Time(_)
            | Token::Bad(..)
            | Token::End => {}
        }
        if self.eat_words("does not contain") {
            parts.push((Part::Operator, start.start..self.end_of_last()));
            return self.contains(parts).map(|condition| (condition, true));
        }
        // `not in` is the printed form; any other word may follow as well.
        let is_negated = self.is_word(0, "not") && self.word(1).is_some();
        self.at += usize::from(is_negated);
        let (condition, is_inner_negated) = self.word_operator(start, parts)?;
        Ok((condition, is_negated != is_inner_negated))
    }

    fn word_operator(&mut self, start: Range<usize>, parts: &mut Parts) -> Read<Signed> {
        if let Some(unsupported) = self.unsupported_operator() {
            self.skip_condition();
            self.report(start.start..self.end_of_last(), DiagnosticCode::NotSupported, &unsupported.message());
            return Err(Failed);
        }
        let plain = TextOperator::ALL.into_iter().filter(|operator| !operator.words().starts_with('~'));
        if let Some(operator) = plain.into_iter().find(|operator| self.are_words(operator.words())) {
            if operator == TextOperator::Contains {
                self.eat_operator("contains", &start, parts);
                return self.contains(parts).map(positive);
            }
            let count = operator.words().split(' ').count();
            return self.text_after(operator, count, parts).map(positive);
        }
        if let Some(day) = DayOperator::ALL.into_iter().find(|day| self.is_word(0, day.name())) {
            self.eat_operator(day.name(), &start, parts);
            return Ok((Condition::Day(day, self.when(parts)?), false));
        }
        if self.is_word(0, "has") {
            return self.has(&start, parts);
        }
        if let Some(condition) = self.window_operator(&start, parts) {
            return condition.map(positive);
        }
        let condition = if self.eat_operator("exists", &start, parts) {
            Condition::Exists
        } else if self.eat_operator("missing", &start, parts) {
            Condition::Missing
        } else if self.eat_operator("between", &start, parts) {
            let low = self.literal(Part::Item(0), parts)?;
            self.expect_and()?;
            Condition::Between(low, self.literal(Part::Item(1), parts)?)
        } else if self.eat_operator("is today", &start, parts) {
            Condition::AnniversaryInNext(0)
        } else if self.eat_operator("anniversary in next", &start, parts) {
            Condition::AnniversaryInNext(self.days(parts)?)
        } else if self.eat_operator("in", &start, parts) {
            Condition::In(self.literals(parts)?)
        } else {
            return self.unknown_operator();
        };
        Ok((condition, false))
    }

    fn window_operator(&mut self, start: &Range<usize>, parts: &mut Parts) -> Option<Read<Condition>> {
        let operator = if self.eat_operator("in last", start, parts) {
            WindowOperator::InLast
        } else if self.eat_operator("in next", start, parts) {
            WindowOperator::InNext
        } else if self.eat_operator("more than", start, parts) {
            return Some(self.more_than(parts));
        } else {
            return None;
        };
        Some(self.window(parts).map(|span| Condition::Window(operator, span)))
    }

    fn more_than(&mut self, parts: &mut Parts) -> Read<Condition> {
        let span = self.window(parts)?;
        if self.eat_words("ago") {
            Ok(Condition::Window(WindowOperator::MoreThanAgo, span))
        } else if self.eat_words("ahead") {
            Ok(Condition::Window(WindowOperator::MoreThanAhead, span))
        } else {
            self.fail("Expected `ago` or `ahead`")
        }
    }

    fn has(&mut self, start: &Range<usize>, parts: &mut Parts) -> Read<Signed> {
        if self.eat_operator("has any", start, parts) {
            Ok((Condition::HasAny(self.literals(parts)?), false))
        } else if self.eat_operator("has none", start, parts) {
            Ok((Condition::HasAny(self.literals(parts)?), true))
        } else if self.eat_operator("has all", start, parts) {
            Ok((Condition::HasAll(self.literals(parts)?), false))
        } else {
            self.eat_operator("has", start, parts);
            Ok((Condition::Has(self.literal(Part::Value, parts)?), false))
        }
    }

    /// `~starts with`, `~ends with`, `~contains`; the `~` stands next.
    fn folded_text(&mut self, parts: &mut Parts) -> Read<Signed> {
        let folded =
            TextOperator::ALL.into_iter().filter_map(|operator| Some((operator, operator.words().strip_prefix('~')?)));
        for (operator, words) in folded {
            let are_next = words.split(' ').enumerate().all(|(place, word)| self.is_word(place + 1, word));
            if are_next {
                let count = 1 + words.split(' ').count();
                return self.text_after(operator, count, parts).map(positive);
            }
        }
        self.at += 1;
        self.fail("Expected =, starts with, ends with or contains after `~`")
    }

    /// A text behind an operator of so many tokens.
    fn text_after(&mut self, operator: TextOperator, tokens: usize, parts: &mut Parts) -> Read<Condition> {
        let start = self.span().start;
        self.at += tokens;
        parts.push((Part::Operator, start..self.end_of_last()));
        self.text(operator, parts)
    }

    fn text(&mut self, operator: TextOperator, parts: &mut Parts) -> Read<Condition> {
        let Token::Text(text) = self.token().clone() else {
            let raw = self.text[self.span()].to_owned();
            let failed = self.fail("Expected a text in quotes");
            if matches!(self.token(), Token::Word | Token::Number | Token::Time(_)) {
                self.suggest([serde_json::Value::from(raw).to_string()]);
            }
            return failed;
        };
        parts.push((Part::Value, self.span()));
        self.at += 1;
        Ok(Condition::Text(operator, text))
    }

    fn contains(&mut self, parts: &mut Parts) -> Read<Condition> {
        if !self.is_other_key() {
            return self.text(TextOperator::Contains, parts);
        }
        parts.push((Part::Other, self.span()));
        self.key().map(Condition::ContainsOther)
    }

    fn order(&mut self, order: Order, parts: &mut Parts) -> Read<Condition> {
        if order == Order::Equal && *self.token() == Token::Sign("(") {
            return self.literals(parts).map(Condition::SetEquals);
        }
        self.right_side(parts).map(|operand| Condition::Compare(order, operand))
    }

    fn days(&mut self, parts: &mut Parts) -> Read<u32> {
        let start = self.span().start;
        let span = self.window(parts)?;
        match u32::try_from(span.n) {
            Ok(days) if span.unit == SpanUnit::Days => Ok(days),
            _ => {
                let whole = start..self.end_of_last();
                self.report(whole, DiagnosticCode::WrongType, "Anniversaries are counted in days");
                Err(Failed)
            }
        }
    }

    /// `in zone of profile`, `in zone "Europe/Istanbul"`; `None` is the workspace's.
    fn zone(&mut self, parts: &mut Parts) -> Read<Option<Zone>> {
        if !self.eat_words("in zone") {
            return Ok(None);
        }
        self.eat_words("of");
        let span = self.span();
        let zone = match self.token() {
            Token::Text(name) => Zone::named(name),
            _ if self.is_word(0, "profile") => Some(Zone::Profile),
            _ if self.is_word(0, "workspace") => None,
            _ => return self.fail(r#"Expected `of profile`, `of workspace` or a zone such as "Europe/Istanbul""#),
        };
        self.at += 1;
        parts.push((Part::Zone, span));
        Ok(zone)
    }

    /// Eats the words of an operator and marks them, a `not` before them included.
    fn eat_operator(&mut self, words: &str, start: &Range<usize>, parts: &mut Parts) -> bool {
        let is_eaten = self.eat_words(words);
        if is_eaten {
            parts.push((Part::Operator, start.start..self.end_of_last()));
        }
        is_eaten
    }

    fn unsupported_operator(&self) -> Option<Unsupported> {
        let are_places = ["within", "in box", "in polygon", "in place"].iter().any(|words| self.are_words(words));
        if are_places {
            return Some(Unsupported::Places);
        }
        self.is_word(0, "changed").then_some(Unsupported::Changes)
    }

    fn unknown_operator<T>(&mut self) -> Read<T> {
        let Some(word) = self.word(0).filter(|_| !self.is_boundary(0)) else {
            return self.fail("Expected an operator, such as =, in or exists");
        };
        let foreign = FOREIGN_WORDS.iter().find(|(foreign, _)| foreign.eq_ignore_ascii_case(word));
        let near = match foreign {
            Some((_, ours)) => vec![(*ours).to_owned()],
            None => nearest(word, Operator::all().map(Operator::words)),
        };
        let message = format!("There is no operator `{word}`{}", did_you_mean(&near));
        self.report(self.span(), DiagnosticCode::UnknownOperator, &message);
        self.suggest(near);
        Err(Failed)
    }
}

/// An operator that stands before its attribute.
#[derive(Clone, Copy)]
enum Leading {
    Size,
    Calendar(CalendarPart),
}

fn positive(condition: Condition) -> Signed {
    (condition, false)
}
