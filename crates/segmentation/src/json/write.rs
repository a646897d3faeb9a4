//! Writing canonical JSON.

use serde_json::{Map, Number as JsonNumber, Value as Json, json};

use crate::ast::{Comparison, Condition, Count, Literal, Node, Number, Operand, Span, When, Zone};
use attrium_schema::decimal_to_text;

pub(super) fn node(node: &Node) -> Json {
    match node {
        Node::And(nodes) => json!({ "and": nodes.iter().map(self::node).collect::<Json>() }),
        Node::Or(nodes) => json!({ "or": nodes.iter().map(self::node).collect::<Json>() }),
        Node::Not(node) => json!({ "not": self::node(node) }),
        Node::Compare(comparison) => self::comparison(comparison),
    }
}

fn comparison(comparison: &Comparison) -> Json {
    let mut fields = Map::new();
    fields.insert("attr".into(), comparison.attribute.as_str().into());
    fields.insert("op".into(), comparison.condition.operator().name().into());
    condition(&comparison.condition, &mut fields);
    match &comparison.zone {
        None => {}
        Some(Zone::Profile) => drop(fields.insert("zone".into(), "profile".into())),
        Some(Zone::Named(name)) => drop(fields.insert("zone".into(), name.as_str().into())),
    }
    Json::Object(fields)
}

fn condition(condition: &Condition, fields: &mut Map<String, Json>) {
    let value = match condition {
        Condition::Exists | Condition::Missing => return,
        Condition::Compare(_, Operand::Other { attribute, offset }) => {
            fields.insert("other".into(), attribute.as_str().into());
            if let Some(offset) = offset {
                fields.insert("offset".into(), span(*offset));
            }
            return;
        }
        Condition::ContainsOther(attribute) => {
            fields.insert("other".into(), attribute.as_str().into());
            return;
        }
        Condition::Compare(_, Operand::Literal(value)) | Condition::Has(value) => literal(value),
        Condition::SetEquals(values)
        | Condition::In(values)
        | Condition::HasAny(values)
        | Condition::HasAll(values) => values.iter().map(literal).collect(),
        Condition::Between(low, high) => json!([literal(low), literal(high)]),
        Condition::Text(_, text) => text.as_str().into(),
        Condition::Size(count) => self::count(*count),
        Condition::Day(_, when) => self::when(*when).into(),
        Condition::Window(_, window) => span(*window),
        Condition::AnniversaryInNext(days) => json!({ "n": days, "unit": "days" }),
        Condition::Calendar(_, numbers) => numbers.iter().copied().collect(),
    };
    fields.insert("value".into(), value);
}

fn literal(literal: &Literal) -> Json {
    match literal {
        Literal::Text(text) => text.as_str().into(),
        Literal::Boolean(flag) => (*flag).into(),
        Literal::Number(number) => self::number(*number),
    }
}

fn number(number: Number) -> Json {
    let decimal = number.value();
    match i64::try_from(decimal) {
        Ok(whole) if decimal.is_integer() => whole.into(),
        // So few digits are the shortest text of the float that they are read as.
        _ => decimal_to_text(decimal).parse().ok().and_then(JsonNumber::from_f64).map_or(Json::Null, Json::Number),
    }
}

fn count(count: Count) -> Json {
    match count {
        Count::Compare(order, number) => json!({ "op": order.name(), "value": number }),
        Count::Between(low, high) => json!({ "op": "between", "value": [low, high] }),
    }
}

fn span(span: Span) -> Json {
    json!({ "n": span.n, "unit": span.unit.name() })
}

pub(crate) fn when(when: When) -> String {
    match when {
        When::Day(day) => day.to_string(),
        When::Instant(instant) => instant.to_string(),
    }
}
