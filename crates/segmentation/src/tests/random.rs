//! Random rules, right and wrong, texts, JSON and profiles for the properties.

use std::collections::BTreeMap;

use attrium_schema::{AttributeKey, Decimal, Value};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value as Json, json};

use crate::fixtures::schema;
use crate::{
    CalendarPart, Comparison, Condition, Count, DayOperator, Literal, Node, Operand, Order, Span, SpanUnit,
    TextOperator, When, WindowOperator, Zone, parse,
};

/// Any rule, most of them wrong for the attributes they name.
pub(super) fn node() -> impl Strategy<Value = Node> {
    nested(
        (key(), condition(), zone())
            .prop_map(|(attribute, condition, zone)| Node::Compare(Comparison { attribute, condition, zone })),
    )
}

/// Rules that compile.
pub(super) fn right_node() -> impl Strategy<Value = Node> {
    const RIGHT: [&str; 22] = [
        "name exists",
        "tags missing",
        "name = \"a\"",
        "name in (\"a\", \"B\")",
        "name < \"b\"",
        "name ~= \"A\"",
        "name like \"?\"",
        "name contains other_name",
        "age = 1",
        "age < 2.5",
        "age between 0 and 1",
        "price in (1, 2.5)",
        "age <= price",
        "is_active = true",
        "tags has any (\"a\", \"b\")",
        "tags = (\"a\")",
        "size of tags >= 2",
        "seen in last 30 days",
        "joined before 2026-05-20",
        "birthday anniversary in next 7 days",
        "hour of seen in (12) in zone of profile",
        "renewal_at < seen + 1 month",
    ];
    nested(select(RIGHT.to_vec()).prop_map(|text| parse(text).rule.expect("it reads").node))
}

fn nested(leaf: impl Strategy<Value = Node> + 'static) -> impl Strategy<Value = Node> {
    leaf.prop_recursive(5, 40, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Node::And),
            vec(inner.clone(), 0..4).prop_map(Node::Or),
            inner.prop_map(|node| Node::Not(Box::new(node))),
        ]
    })
}

fn key() -> impl Strategy<Value = AttributeKey> {
    let known: Vec<String> = schema().iter().map(|definition| definition.key.to_string()).collect();
    let words = [
        "and", "or", "not", "in", "true", "False", "any", "all", "none", "of", "size", "weekday", "did", "first",
        "last", "at", "sum", "sequence", "everyone", "no", "one", "account", "has", "is", "between", "zone", "segment",
        "exists", "does", "contains",
    ];
    let words: Vec<String> = words.map(str::to_owned).to_vec();
    prop_oneof![select(known), select(words), "[A-Za-z][A-Za-z0-9_]{0,8}"]
        .prop_map(|text| AttributeKey::parse(&text).expect("it is a key"))
}

fn zone() -> impl Strategy<Value = Option<Zone>> {
    prop_oneof![
        4 => Just(None),
        1 => Just(Some(Zone::Profile)),
        1 => "[A-Z][a-z]{1,6}/[A-Z][a-z]{1,6}|UTC|\\PC{3}".prop_map(|name| Some(Zone::Named(name))),
    ]
}

fn literal() -> impl Strategy<Value = Literal> {
    prop_oneof![
        "\\PC{0,6}|[a-c]|\"|\\\\|\n|2026-05-[0-3][0-9]|2026-05-01T09:30:00(Z|\\+02:00)|[0-9]{1,30}"
            .prop_map(Literal::Text),
        (any::<i64>(), 0_u32..28).prop_map(|(digits, scale)| Literal::number(Decimal::new(digits, scale))),
        (-100_i64..100).prop_map(|number| Literal::number(number.into())),
        any::<bool>().prop_map(Literal::Boolean),
    ]
}

fn literals() -> impl Strategy<Value = Vec<Literal>> {
    vec(literal(), 0..4)
}

fn order() -> impl Strategy<Value = Order> {
    select(Order::ALL.to_vec())
}

fn span(least: i64) -> impl Strategy<Value = Span> {
    let n = prop_oneof![least.max(-3)..4, least..=Span::N_MAX];
    (n, select(SpanUnit::ALL.to_vec())).prop_map(|(n, unit)| Span { n, unit })
}

fn other() -> impl Strategy<Value = Operand> {
    (key(), proptest::option::of(span(-Span::N_MAX)))
        .prop_map(|(attribute, offset)| Operand::Other { attribute, offset })
}

fn when() -> impl Strategy<Value = When> {
    let time =
        "(0000|0001|1970|2026|9999)-(0[1-9]|1[0-2])-(0[1-9]|2[0-8])(T(0[0-9]|2[0-3]):[0-5][0-9]:00(\\.[0-9]{1,6})?Z)?";
    time.prop_filter_map("outside the supported instants", |text| When::parse(&text))
}

fn condition() -> impl Strategy<Value = Condition> {
    let count = prop_oneof![
        (order(), -3_i64..1000).prop_map(|(order, number)| Count::Compare(order, number)),
        (-3_i64..9, -3_i64..9).prop_map(|(low, high)| Count::Between(low, high)),
    ];
    let calendar = select(CalendarPart::ALL.to_vec())
        .prop_flat_map(|part| vec(part.numbers(), 0..4).prop_map(move |numbers| Condition::Calendar(part, numbers)));
    let single = prop_oneof![
        Just(Condition::Exists),
        Just(Condition::Missing),
        (order(), literal()).prop_map(|(order, value)| Condition::Compare(order, Operand::Literal(value))),
        (order(), other()).prop_map(|(order, other)| Condition::Compare(order, other)),
        (literal(), literal()).prop_map(|(low, high)| Condition::Between(low, high)),
        (select(TextOperator::ALL.to_vec()), "\\PC{0,6}|[a-c*?\\[\\]-]{0,6}")
            .prop_map(|(operator, text)| Condition::Text(operator, text)),
        key().prop_map(Condition::ContainsOther),
        literal().prop_map(Condition::Has),
    ];
    let several = prop_oneof![
        literals().prop_map(Condition::SetEquals),
        literals().prop_map(Condition::In),
        literals().prop_map(Condition::HasAny),
        literals().prop_map(Condition::HasAll),
        count.prop_map(Condition::Size),
    ];
    let time = prop_oneof![
        (select(DayOperator::ALL.to_vec()), when()).prop_map(|(operator, when)| Condition::Day(operator, when)),
        (select(WindowOperator::ALL.to_vec()), span(0)).prop_map(|(operator, span)| Condition::Window(operator, span)),
        (0_u32..=1_000_000_000).prop_map(Condition::AnniversaryInNext),
        calendar,
    ];
    prop_oneof![single, several, time]
}

/// Profiles with few distinct values, so that comparisons meet them.
pub(super) fn facts() -> impl Strategy<Value = BTreeMap<AttributeKey, Value>> {
    let values = [
        ("name", vec![json!("a"), json!("A"), json!("")]),
        ("other_name", vec![json!("a"), json!("b")]),
        ("age", vec![json!(0), json!(1), json!(3)]),
        ("price", vec![json!("1.0"), json!("2.5")]),
        ("is_active", vec![json!(true), json!(false)]),
        ("tags", vec![json!(["a"]), json!(["b", "a", "b"])]),
        ("seen", vec![json!("2026-05-20T12:00:00Z"), json!("2026-04-01T09:30:00Z")]),
        ("renewal_at", vec![json!("2026-05-01T00:00:00Z"), json!("2026-06-20T12:00:00Z")]),
        ("joined", vec![json!("2026-05-20"), json!("2026-05-19")]),
        ("birthday", vec![json!("2000-02-29"), json!("1990-05-22")]),
        ("time_zone", vec![json!("Asia/Tokyo"), json!("Nowhere")]),
    ];
    let schema = schema();
    let choices: Vec<_> = values
        .into_iter()
        .map(|(key, values)| {
            let definition = schema.find(key).expect("the fixture has this attribute").clone();
            proptest::option::of(select(values)).prop_map(move |json| {
                let value = Value::from_json(definition.value_type, &json?).expect("it is of the type")?;
                Some((definition.key.clone(), value))
            })
        })
        .collect();
    choices.prop_map(|values| values.into_iter().flatten().collect())
}

/// Words and signs of the language in any order, and anything else.
pub(super) fn text() -> impl Strategy<Value = String> {
    let pieces = [
        "and",
        "or",
        "not",
        "in",
        "(",
        ")",
        ",",
        "=",
        "!=",
        "<",
        "~",
        "~=",
        "+",
        "-",
        "name",
        "age",
        "tags",
        "seen",
        "has",
        "any",
        "of",
        "all",
        "\"a\"",
        "\"",
        "1",
        "-1.5",
        "2026-05-01",
        "2026-05-01T",
        "last",
        "next",
        "30",
        "days",
        "more than",
        "ago",
        "between",
        "starts",
        "with",
        "contains",
        "does",
        "size",
        "weekday",
        "zone",
        "profile",
        "is",
        "today",
        "everyone",
        "no one",
        "did",
        "`in`",
        "ş😀",
    ];
    let from_words = vec(select(pieces.to_vec()), 0..30).prop_map(|pieces| pieces.join(" "));
    prop_oneof![3 => from_words, 1 => "\\PC{0,60}", 1 => any::<String>()]
}

/// JSON that is nearly a rule, and anything else.
pub(super) fn json() -> impl Strategy<Value = Json> {
    let fields = [
        "and", "or", "not", "attr", "op", "value", "other", "offset", "zone", "v", "rule", "any", "event", "n", "unit",
        "x",
    ];
    let words = [
        "name",
        "age",
        "seen",
        "eq",
        "in",
        "size",
        "in_last",
        "before",
        "contains",
        "days",
        "gte",
        "2026-05-01",
        "profile",
        "a.b",
        "ş",
    ];
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        (-3_i64..40).prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        select(words.to_vec()).prop_map(Json::from),
    ];
    let right = node().prop_map(|node| crate::Rule { node }.to_node_json());
    let wild = leaf.prop_recursive(5, 60, 5, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Json::from),
            vec((select(fields.to_vec()), inner), 0..5)
                .prop_map(|fields| fields.into_iter().map(|(field, json)| (field.to_owned(), json)).collect()),
        ]
    });
    prop_oneof![3 => wild, 1 => right]
}
