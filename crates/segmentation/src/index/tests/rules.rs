//! Random rules over a schema: every operator on every type that has it, all of them right.

use attrium_schema::{AttributeDefinition, AttributeSchema, Decimal, ScalarType, ValueType, parse_decimal};

use super::chance::Chance;
use super::world;
use crate::ast::{
    CalendarPart, Comparison, Condition, Count, DayOperator, Literal, Node, Operand, Order, Span, SpanUnit,
    TextOperator, When, WindowOperator, Zone,
};

pub(super) fn node(chance: &mut Chance, schema: &AttributeSchema, levels: usize) -> Node {
    if levels == 0 || chance.once_in(3) {
        return Node::Compare(comparison(chance, schema));
    }
    match chance.below(3) {
        0 => Node::And(chance.several(0, 3, |chance| node(chance, schema, levels - 1))),
        1 => Node::Or(chance.several(0, 3, |chance| node(chance, schema, levels - 1))),
        _ => Node::Not(Box::new(node(chance, schema, levels - 1))),
    }
}

fn comparison(chance: &mut Chance, schema: &AttributeSchema) -> Comparison {
    let definitions: Vec<_> = schema.iter().collect();
    let definition = chance.pick(&definitions);
    let condition = match chance.below(10) {
        0 => Condition::Exists,
        1 => Condition::Missing,
        2 | 3 => against_other(chance, definition, schema),
        _ if definition.value_type.is_list => against_list(chance, definition.value_type.scalar),
        _ => against_value(chance, definition.value_type.scalar),
    };
    let zone = match &condition {
        Condition::Day(..) | Condition::Window(..) | Condition::AnniversaryInNext(_) | Condition::Calendar(..) => {
            zone(chance)
        }
        _ => None,
    };
    Comparison { attribute: definition.key.clone(), condition, zone }
}

fn zone(chance: &mut Chance) -> Option<Zone> {
    match chance.below(3) {
        0 => None,
        1 => Some(Zone::Profile),
        _ => Some(Zone::Named("America/New_York".to_owned())),
    }
}

fn literal(chance: &mut Chance, scalar_type: ScalarType) -> Literal {
    match scalar_type {
        ScalarType::Text => Literal::Text(chance.pick(&world::TEXTS).to_owned()),
        // Either kind of number may be held against the other.
        ScalarType::Integer | ScalarType::Decimal if chance.once_in(2) => {
            Literal::number(parse_decimal(chance.pick(&world::DECIMALS)).unwrap())
        }
        ScalarType::Integer | ScalarType::Decimal => Literal::number(Decimal::from(chance.pick(&world::INTEGERS))),
        ScalarType::Boolean => Literal::Boolean(chance.once_in(2)),
        ScalarType::Date => Literal::Text(chance.pick(&world::DATES).to_owned()),
        ScalarType::Timestamp => Literal::Text(chance.pick(&world::TIMESTAMPS).to_owned()),
        ScalarType::GeoPoint => unreachable!("no operator takes a place yet"),
    }
}

fn literals(chance: &mut Chance, scalar_type: ScalarType) -> Vec<Literal> {
    chance.several(1, 3, |chance| literal(chance, scalar_type))
}

fn against_list(chance: &mut Chance, item: ScalarType) -> Condition {
    if item == ScalarType::GeoPoint || chance.once_in(4) {
        return Condition::Size(match chance.below(2) {
            0 => Count::Compare(chance.pick(&Order::ALL), i64::try_from(chance.below(4)).unwrap()),
            _ => Count::Between(1, 2),
        });
    }
    match chance.below(4) {
        0 => Condition::Has(literal(chance, item)),
        1 => Condition::HasAny(literals(chance, item)),
        2 => Condition::HasAll(literals(chance, item)),
        _ => Condition::SetEquals(literals(chance, item)),
    }
}

fn against_value(chance: &mut Chance, scalar_type: ScalarType) -> Condition {
    match scalar_type {
        ScalarType::GeoPoint => Condition::Exists,
        ScalarType::Text if chance.once_in(2) => text(chance),
        ScalarType::Date | ScalarType::Timestamp if !chance.once_in(4) => calendar(chance, scalar_type),
        ScalarType::Boolean => equality(chance, scalar_type),
        ScalarType::Text | ScalarType::Integer | ScalarType::Decimal | ScalarType::Date | ScalarType::Timestamp => {
            match chance.below(3) {
                0 => equality(chance, scalar_type),
                1 => Condition::Between(literal(chance, scalar_type), literal(chance, scalar_type)),
                _ => Condition::Compare(chance.pick(&Order::ALL), Operand::Literal(literal(chance, scalar_type))),
            }
        }
    }
}

fn equality(chance: &mut Chance, scalar_type: ScalarType) -> Condition {
    match chance.below(2) {
        0 => Condition::Compare(Order::Equal, Operand::Literal(literal(chance, scalar_type))),
        _ => Condition::In(literals(chance, scalar_type)),
    }
}

fn text(chance: &mut Chance) -> Condition {
    let operator = chance.pick(&TextOperator::ALL);
    let wanted = match operator {
        TextOperator::Glob => chance.pick(&["*", "a*", "?", "*/*", "[a-b]?", "[!a]*", "AY?E", ""]),
        TextOperator::Matches => chance.pick(&["", "^a", "b$", "^.$", "[A-Z]", "(?i)ayşe", "/"]),
        TextOperator::StartsWith
        | TextOperator::EndsWith
        | TextOperator::Contains
        | TextOperator::EqualsFolded
        | TextOperator::StartsWithFolded
        | TextOperator::EndsWithFolded
        | TextOperator::ContainsFolded => chance.pick(&["", "a", "B", "AB", "ayşe", "Ş", "i", "SS", "ß", "america"]),
    };
    Condition::Text(operator, wanted.to_owned())
}

fn calendar(chance: &mut Chance, scalar_type: ScalarType) -> Condition {
    let is_date = scalar_type == ScalarType::Date;
    match chance.below(4) {
        0 if !is_date && chance.once_in(2) => {
            let operator = if chance.once_in(2) { DayOperator::Before } else { DayOperator::After };
            Condition::Day(operator, When::Instant(world::timestamp(chance)))
        }
        0 => Condition::Day(chance.pick(&DayOperator::ALL), When::Day(world::date(chance))),
        1 => {
            let n = chance.pick(&[0, 1, 2, 12, 60, 400, 100_000]);
            Condition::Window(chance.pick(&WindowOperator::ALL), Span { n, unit: unit(chance, is_date) })
        }
        2 => Condition::AnniversaryInNext(chance.pick(&[0, 1, 30, 364, 365, 366, 800])),
        _ => {
            let part = match chance.below(if is_date { 2 } else { 3 }) {
                0 => CalendarPart::Weekday,
                1 => CalendarPart::Month,
                _ => CalendarPart::Hour,
            };
            let numbers: Vec<u8> = part.numbers().collect();
            Condition::Calendar(part, chance.several(1, 4, |chance| chance.pick(&numbers)))
        }
    }
}

fn unit(chance: &mut Chance, is_date: bool) -> SpanUnit {
    let shortest = if is_date { 2 } else { 0 };
    chance.pick(&SpanUnit::ALL[shortest..])
}

/// A comparison with another attribute of a type that fits, or with itself.
fn against_other(chance: &mut Chance, definition: &AttributeDefinition, schema: &AttributeSchema) -> Condition {
    let own = definition.value_type;
    if own.scalar == ScalarType::GeoPoint {
        return Condition::Missing;
    }
    let fits = |other: ValueType| {
        own.is_list == other.is_list
            && (own.scalar == other.scalar || (own.scalar.is_number() && other.scalar.is_number()))
    };
    let others: Vec<_> = schema.iter().filter(|other| fits(other.value_type)).collect();
    let other = chance.pick(&others).key.clone();
    if own == ValueType::one(ScalarType::Text) && chance.once_in(3) {
        return Condition::ContainsOther(other);
    }
    let has_order = !own.is_list && own.scalar != ScalarType::Boolean;
    let order = if has_order { chance.pick(&Order::ALL) } else { Order::Equal };
    let is_date = own == ValueType::one(ScalarType::Date);
    let moves = (is_date || own == ValueType::one(ScalarType::Timestamp)) && chance.once_in(2);
    let offset = moves.then(|| Span { n: chance.pick(&[-13, -1, 0, 1, 30]), unit: unit(chance, is_date) });
    Condition::Compare(order, Operand::Other { attribute: other, offset })
}
