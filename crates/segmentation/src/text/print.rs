//! Writing the canonical text. Reading it gives the same rule.

use std::fmt::Write as _;

use attrium_schema::{AttributeKey, decimal_to_text};
use serde_json::Value as Json;

use super::is_reserved;
use super::lexer::{Token, tokens};
use crate::ast::{
    Comparison, Condition, Count, Literal, Node, Operand, Order, Span, SpanUnit, TextOperator, WindowOperator, Zone,
};
use crate::json::write::when;

pub(super) fn node_text(node: &Node) -> String {
    match node {
        Node::And(nodes) => match nodes.as_slice() {
            [] => "everyone".to_owned(),
            [one] => format!("all of ({})", node_text(one)),
            nodes => joined(nodes, " and "),
        },
        Node::Or(nodes) => match nodes.as_slice() {
            [] => "no one".to_owned(),
            [one] => format!("any of ({})", node_text(one)),
            nodes => joined(nodes, " or "),
        },
        Node::Not(inner) => negative(inner),
        Node::Compare(comparison) => comparison_text(comparison, false),
    }
}

fn joined(nodes: &[Node], word: &str) -> String {
    let parts: Vec<String> = nodes.iter().map(operand_text).collect();
    parts.join(word)
}

/// A node where only one condition may stand: joined ones go into brackets.
fn operand_text(node: &Node) -> String {
    let text = node_text(node);
    match node {
        Node::And(nodes) | Node::Or(nodes) if 1 < nodes.len() => format!("({text})"),
        Node::And(_) | Node::Or(_) | Node::Not(_) | Node::Compare(_) => text,
    }
}

fn negative(inner: &Node) -> String {
    match inner {
        Node::Compare(comparison) if has_negative_form(&comparison.condition) => comparison_text(comparison, true),
        Node::Compare(_) | Node::And(_) | Node::Or(_) | Node::Not(_) => format!("not {}", operand_text(inner)),
    }
}

fn has_negative_form(condition: &Condition) -> bool {
    match condition {
        Condition::Compare(order, _) => *order == Order::Equal,
        Condition::Text(operator, _) => *operator == TextOperator::Contains,
        Condition::Size(count) => matches!(count, Count::Compare(Order::Equal, _)),
        Condition::SetEquals(_)
        | Condition::In(_)
        | Condition::ContainsOther(_)
        | Condition::HasAny(_)
        | Condition::Calendar(..) => true,
        Condition::Exists
        | Condition::Missing
        | Condition::Between(..)
        | Condition::Has(_)
        | Condition::HasAll(_)
        | Condition::Day(..)
        | Condition::Window(..)
        | Condition::AnniversaryInNext(_) => false,
    }
}

fn comparison_text(comparison: &Comparison, is_negated: bool) -> String {
    let key = key_text(&comparison.attribute);
    let text = condition_text(&key, &comparison.condition, is_negated);
    match &comparison.zone {
        None => text,
        Some(Zone::Profile) => format!("{text} in zone of profile"),
        Some(Zone::Named(name)) => format!("{text} in zone {}", quoted(name)),
    }
}

fn condition_text(key: &str, condition: &Condition, is_negated: bool) -> String {
    let words = condition.operator().words();
    let not = if is_negated { "not " } else { "" };
    let sign = |order: Order| if is_negated { "!=" } else { order.sign() };
    match condition {
        Condition::Exists | Condition::Missing => format!("{key} {words}"),
        Condition::Compare(order, operand) => format!("{key} {} {}", sign(*order), operand_of(operand)),
        Condition::SetEquals(values) => format!("{key} {} {}", sign(Order::Equal), list(values)),
        Condition::In(values) => format!("{key} {not}in {}", list(values)),
        Condition::Between(low, high) => format!("{key} between {} and {}", literal_text(low), literal_text(high)),
        Condition::Text(_, text) if is_negated => format!("{key} does not contain {}", quoted(text)),
        Condition::Text(_, text) => format!("{key} {words} {}", quoted(text)),
        Condition::ContainsOther(other) if is_negated => format!("{key} does not contain {}", key_text(other)),
        Condition::ContainsOther(other) => format!("{key} contains {}", key_text(other)),
        Condition::Has(value) => format!("{key} has {}", literal_text(value)),
        Condition::HasAny(values) if is_negated => format!("{key} has none {}", list(values)),
        Condition::HasAny(values) | Condition::HasAll(values) => format!("{key} {words} {}", list(values)),
        Condition::Size(Count::Compare(order, number)) => format!("size of {key} {} {number}", sign(*order)),
        Condition::Size(Count::Between(low, high)) => format!("size of {key} between {low} and {high}"),
        Condition::Day(_, day) => format!("{key} {words} {}", when(*day)),
        Condition::Window(operator, span) => {
            let end = match operator {
                WindowOperator::InLast | WindowOperator::InNext => "",
                WindowOperator::MoreThanAgo => " ago",
                WindowOperator::MoreThanAhead => " ahead",
            };
            format!("{key} {words} {}{end}", span_text(*span))
        }
        Condition::AnniversaryInNext(0) => format!("{key} is today"),
        Condition::AnniversaryInNext(days) => {
            format!("{key} {words} {}", span_text(Span { n: i64::from(*days), unit: SpanUnit::Days }))
        }
        Condition::Calendar(_, numbers) => {
            let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
            format!("{words} {key} {not}in ({})", numbers.join(", "))
        }
    }
}

fn operand_of(operand: &Operand) -> String {
    match operand {
        Operand::Literal(value) => literal_text(value),
        Operand::Other { attribute, offset: None } => key_text(attribute),
        Operand::Other { attribute, offset: Some(span) } => {
            let sign = if span.n < 0 { '-' } else { '+' };
            format!("{} {sign} {}", key_text(attribute), span_text(Span { n: span.n.abs(), unit: span.unit }))
        }
    }
}

/// `30 days`, `1 day`.
pub(crate) fn span_text(span: Span) -> String {
    let unit = span.unit.name();
    let unit = if span.n == 1 { unit.trim_end_matches('s') } else { unit };
    format!("{} {unit}", span.n)
}

/// A key as it is typed: in backquotes when it would read as a word of the language.
pub(crate) fn key_text(key: &AttributeKey) -> String {
    if is_reserved(key.as_str()) { format!("`{key}`") } else { key.to_string() }
}

/// A value as it is typed: dates and timestamps bare, other text in quotes.
pub(crate) fn literal_text(literal: &Literal) -> String {
    match literal {
        Literal::Text(text) if is_time(text) => text.clone(),
        Literal::Text(text) => quoted(text),
        Literal::Number(number) => decimal_to_text(number.value()),
        Literal::Boolean(flag) => flag.to_string(),
    }
}

/// Whether the whole text reads as one bare date or timestamp.
fn is_time(text: &str) -> bool {
    // No spelling of an instant is longer; the check spares long texts the lexer.
    const TIME_BYTES_MAX: usize = 64;
    text.len() <= TIME_BYTES_MAX
        && tokens(text)
            .first()
            .is_some_and(|first| matches!(first.token, Token::Time(_)) && first.span == (0..text.len()))
}

fn list(values: &[Literal]) -> String {
    let mut text = String::from("(");
    for (place, value) in values.iter().enumerate() {
        let comma = if place == 0 { "" } else { ", " };
        write!(text, "{comma}{}", literal_text(value)).expect("a String takes whatever is written");
    }
    text.push(')');
    text
}

fn quoted(text: &str) -> String {
    Json::from(text).to_string()
}
