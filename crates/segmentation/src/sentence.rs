//! A rule in plain English words, for people who read rather than write it.

use attrium_schema::{AttributeKey, AttributeSchema, decimal_to_text};

use crate::ast::{
    CalendarPart, Comparison, Condition, Count, Literal, Node, Operand, Order, Rule, Span, SpanUnit, TextOperator,
    WindowOperator, Zone,
};
use crate::json::write::when;
use crate::text::span_text;

/// Values told of one list before the rest is only counted.
const VALUES_TOLD: usize = 10;

impl Rule {
    /// The rule in words, with the labels of its attributes: `Profiles where Country is "TR".`
    pub fn sentence(&self, attributes: &AttributeSchema) -> String {
        match &self.node {
            Node::And(nodes) if nodes.is_empty() => "Every profile.".to_owned(),
            Node::Or(nodes) if nodes.is_empty() => "No profile.".to_owned(),
            node @ (Node::And(_) | Node::Or(_) | Node::Not(_) | Node::Compare(_)) => {
                format!("Profiles where {}.", Words { attributes }.clause(node))
            }
        }
    }
}

/// What is said of an attribute: `is "TR"`, `starts with "A"`.
enum Phrase {
    /// After "is".
    Is(String),
    /// A verb as it follows "does not", and what follows the verb.
    Does(&'static str, String),
}

impl Phrase {
    fn positive(&self) -> String {
        match self {
            Self::Is(rest) => format!("is {rest}"),
            Self::Does("have", rest) => format!("has {rest}"),
            Self::Does("match", rest) => format!("matches {rest}"),
            Self::Does(verb, rest) => match verb.split_once(' ') {
                Some((verb, particle)) => format!("{verb}s {particle} {rest}"),
                None => format!("{verb}s {rest}"),
            },
        }
    }

    fn negative(&self) -> String {
        match self {
            Self::Is(rest) => format!("is not {rest}"),
            Self::Does(verb, rest) => format!("does not {verb} {rest}"),
        }
    }
}

struct Words<'a> {
    attributes: &'a AttributeSchema,
}

impl Words<'_> {
    fn clause(&self, node: &Node) -> String {
        match node {
            Node::And(nodes) if nodes.is_empty() => "anything holds".to_owned(),
            Node::Or(nodes) if nodes.is_empty() => "nothing holds".to_owned(),
            Node::And(nodes) => self.joined(nodes, " and "),
            Node::Or(nodes) => self.joined(nodes, " or "),
            Node::Not(inner) => match inner.as_ref() {
                Node::Compare(comparison) => self.comparison(comparison, true),
                other @ (Node::And(_) | Node::Or(_) | Node::Not(_)) => {
                    format!("it is not so that ({})", self.clause(other))
                }
            },
            Node::Compare(comparison) => self.comparison(comparison, false),
        }
    }

    fn joined(&self, nodes: &[Node], word: &str) -> String {
        let parts: Vec<String> = nodes
            .iter()
            .map(|node| match node {
                Node::And(inner) | Node::Or(inner) if 1 < inner.len() => format!("({})", self.clause(node)),
                Node::And(_) | Node::Or(_) | Node::Not(_) | Node::Compare(_) => self.clause(node),
            })
            .collect();
        parts.join(word)
    }

    fn comparison(&self, comparison: &Comparison, is_negated: bool) -> String {
        let label = self.label(&comparison.attribute);
        let zone = match &comparison.zone {
            None => String::new(),
            Some(Zone::Profile) => " in the profile's time zone".to_owned(),
            Some(Zone::Named(name)) => format!(" in the time zone {name}"),
        };
        match (&comparison.condition, is_negated) {
            (Condition::Exists, false) | (Condition::Missing, true) => format!("{label} is known"),
            (Condition::Exists, true) | (Condition::Missing, false) => format!("{label} is missing"),
            (condition, false) => format!("{label} {}{zone}", self.phrase(condition).positive()),
            // The complement includes those without the attribute: that is said, not left to be found out.
            (condition, true) => format!("{label} {}{zone} (or is missing)", self.phrase(condition).negative()),
        }
    }

    fn phrase(&self, condition: &Condition) -> Phrase {
        match condition {
            Condition::Exists => Phrase::Is("known".to_owned()),
            Condition::Missing => Phrase::Is("missing".to_owned()),
            Condition::Compare(order, operand) => {
                Phrase::Is(format!("{}{}", order_words(*order), self.operand(operand)))
            }
            Condition::SetEquals(values) => {
                Phrase::Does("have", format!("exactly the values {}", listed(values, "and")))
            }
            Condition::In(values) => Phrase::Is(listed(values, "or")),
            Condition::Between(low, high) => Phrase::Is(format!("from {} to {}", told(low), told(high))),
            Condition::Text(operator, text) => text_phrase(*operator, text),
            Condition::ContainsOther(other) => Phrase::Does("contain", self.label(other)),
            Condition::Has(value) => Phrase::Does("have", told(value)),
            Condition::HasAny(values) => Phrase::Does("have", format!("any of {}", listed(values, "or"))),
            Condition::HasAll(values) => Phrase::Does("have", format!("all of {}", listed(values, "and"))),
            Condition::Size(count) => Phrase::Does("have", format!("{} distinct values", count_words(*count))),
            Condition::Day(operator, day) => Phrase::Is(format!("{} {}", operator.name(), when(*day))),
            Condition::Window(operator, span) => Phrase::Is(window_words(*operator, *span)),
            Condition::AnniversaryInNext(0) => Phrase::Does("have", "its anniversary today".to_owned()),
            Condition::AnniversaryInNext(days) => {
                let span = span_text(Span { n: i64::from(*days), unit: SpanUnit::Days });
                Phrase::Does("have", format!("its anniversary today or in the next {span}"))
            }
            Condition::Calendar(part, numbers) => calendar_phrase(*part, numbers),
        }
    }

    fn operand(&self, operand: &Operand) -> String {
        match operand {
            Operand::Literal(value) => told(value),
            Operand::Other { attribute, offset: None } => self.label(attribute),
            Operand::Other { attribute, offset: Some(span) } => {
                let sign = if span.n < 0 { "minus" } else { "plus" };
                let span = span_text(Span { n: span.n.abs(), unit: span.unit });
                format!("{} {sign} {span}", self.label(attribute))
            }
        }
    }

    fn label(&self, key: &AttributeKey) -> String {
        self.attributes.find(key.as_str()).map_or_else(|| key.to_string(), |definition| definition.label.clone())
    }
}

fn order_words(order: Order) -> &'static str {
    match order {
        Order::Equal => "",
        Order::Less => "less than ",
        Order::LessOrEqual => "at most ",
        Order::Greater => "more than ",
        Order::GreaterOrEqual => "at least ",
    }
}

fn count_words(count: Count) -> String {
    match count {
        Count::Compare(Order::Equal, number) => format!("exactly {number}"),
        Count::Compare(order, number) => format!("{}{number}", order_words(order)),
        Count::Between(low, high) => format!("{low} to {high}"),
    }
}

fn text_phrase(operator: TextOperator, text: &str) -> Phrase {
    let quoted = serde_json::Value::from(text).to_string();
    let folded = format!("{quoted}, ignoring case");
    match operator {
        TextOperator::StartsWith => Phrase::Does("start with", quoted),
        TextOperator::EndsWith => Phrase::Does("end with", quoted),
        TextOperator::Contains => Phrase::Does("contain", quoted),
        TextOperator::EqualsFolded => Phrase::Is(folded),
        TextOperator::StartsWithFolded => Phrase::Does("start with", folded),
        TextOperator::EndsWithFolded => Phrase::Does("end with", folded),
        TextOperator::ContainsFolded => Phrase::Does("contain", folded),
        TextOperator::Glob => Phrase::Does("look like", quoted),
        TextOperator::Matches => Phrase::Does("match", format!("the pattern {quoted}")),
    }
}

fn window_words(operator: WindowOperator, span: Span) -> String {
    let span = span_text(span);
    match operator {
        WindowOperator::InLast => format!("in the last {span}"),
        WindowOperator::InNext => format!("in the next {span}"),
        WindowOperator::MoreThanAgo => format!("more than {span} ago"),
        WindowOperator::MoreThanAhead => format!("more than {span} ahead"),
    }
}

fn calendar_phrase(part: CalendarPart, numbers: &[u8]) -> Phrase {
    const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let named = |names: &[&str], number: u8| match names.get(usize::from(number).wrapping_sub(1)) {
        Some(name) => (*name).to_owned(),
        None => number.to_string(),
    };
    let told = |number: &u8| match part {
        CalendarPart::Weekday => named(&WEEKDAYS, *number),
        CalendarPart::Month => named(&MONTHS, *number),
        CalendarPart::Hour => format!("{number}:00"),
    };
    let numbers = series(numbers.iter().map(told), numbers.len(), "or");
    match part {
        CalendarPart::Weekday => Phrase::Is(format!("on a {numbers}")),
        CalendarPart::Month => Phrase::Is(format!("in {numbers}")),
        CalendarPart::Hour => Phrase::Is(format!("in the hour from {numbers}")),
    }
}

fn told(literal: &Literal) -> String {
    match literal {
        Literal::Text(text) => serde_json::Value::from(text.as_str()).to_string(),
        Literal::Number(number) => decimal_to_text(number.value()),
        Literal::Boolean(flag) => flag.to_string(),
    }
}

fn listed(values: &[Literal], word: &str) -> String {
    series(values.iter().map(told), values.len(), word)
}

/// `a`, `a or b`, `a, b or c`; of a long list the beginning.
fn series(items: impl Iterator<Item = String>, length: usize, word: &str) -> String {
    let mut told: Vec<String> = items.take(VALUES_TOLD).collect();
    if VALUES_TOLD < length {
        told.push(format!("{} more", length - VALUES_TOLD));
    }
    match told.split_last() {
        None => "nothing".to_owned(),
        Some((only, [])) => only.clone(),
        Some((last, first)) => format!("{} {word} {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests;
