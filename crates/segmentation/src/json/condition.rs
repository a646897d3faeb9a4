//! Reading what stands beside `attr` and `op`: values, spans, counts, another attribute.

use attrium_schema::suggest::cut;
use serde_json::{Map, Value as Json};

use super::read::{Reader, decimal};
use crate::ast::{
    CalendarPart, Condition, Count, Literal, Number, Operand, Order, Span, SpanUnit, TextOperator, VALUES_MAX, When,
};
use crate::diagnostic::{DiagnosticCode, Part};
use crate::operator::Operator;

type Fields = Map<String, Json>;

impl Reader {
    pub(super) fn condition(&mut self, operator: Operator, fields: &Fields) -> Option<Condition> {
        if let Some(other) = fields.get("other") {
            return self.other(operator, other, fields);
        }
        if fields.contains_key("offset") {
            self.report(
                Part::Offset,
                DiagnosticCode::Shape,
                "`offset` is added to another attribute; name it in `other`",
            );
        }
        let value = fields.get("value");
        if matches!(operator, Operator::Exists | Operator::Missing) {
            if value.is_some() {
                let message = format!("`{}` takes no value", operator.name());
                self.report(Part::Value, DiagnosticCode::Shape, &message);
            }
            return Some(if operator == Operator::Exists { Condition::Exists } else { Condition::Missing });
        }
        let Some(value) = value else {
            let message = format!("`{}` needs a value", operator.name());
            self.report(Part::Value, DiagnosticCode::Shape, &message);
            return None;
        };
        self.with_value(operator, value)
    }

    fn with_value(&mut self, operator: Operator, value: &Json) -> Option<Condition> {
        Some(match operator {
            Operator::Exists => Condition::Exists,
            Operator::Missing => Condition::Missing,
            Operator::Order(Order::Equal) if value.is_array() => Condition::SetEquals(self.literals(value)?),
            Operator::Order(order) => Condition::Compare(order, Operand::Literal(self.literal(value, Part::Value)?)),
            Operator::In => Condition::In(self.literals(value)?),
            Operator::Between => {
                let [low, high] = self.pair(value)?;
                Condition::Between(self.literal(low, Part::Item(0))?, self.literal(high, Part::Item(1))?)
            }
            Operator::Text(operator) => Condition::Text(operator, self.text(operator, value)?),
            Operator::Has => Condition::Has(self.literal(value, Part::Value)?),
            Operator::HasAny => Condition::HasAny(self.literals(value)?),
            Operator::HasAll => Condition::HasAll(self.literals(value)?),
            Operator::Size => Condition::Size(self.count(value)?),
            Operator::Day(operator) => Condition::Day(operator, self.when(value)?),
            Operator::Window(operator) => Condition::Window(operator, self.span(value, Part::Value, 0)?),
            Operator::AnniversaryInNext => Condition::AnniversaryInNext(self.days(value)?),
            Operator::Calendar(part) => Condition::Calendar(part, self.numbers(part, value)?),
        })
    }

    fn other(&mut self, operator: Operator, other: &Json, fields: &Fields) -> Option<Condition> {
        if fields.contains_key("value") {
            self.report(Part::Value, DiagnosticCode::Shape, "A comparison has either `value` or `other`");
        }
        let attribute = self.key(other, Part::Other);
        let offset = fields.get("offset");
        let span = offset.and_then(|json| self.span(json, Part::Offset, -Span::N_MAX));
        if let Operator::Order(order) = operator {
            return Some(Condition::Compare(order, Operand::Other { attribute: attribute?, offset: span }));
        }
        if operator == Operator::Text(TextOperator::Contains) {
            if offset.is_some() {
                self.report(Part::Offset, DiagnosticCode::Shape, "Nothing can be added to a text");
            }
            return attribute.map(Condition::ContainsOther);
        }
        let name = operator.name();
        let message = format!("`{name}` does not compare two attributes; eq, lt, lte, gt, gte and contains do");
        self.report(Part::Other, DiagnosticCode::Shape, &message);
        None
    }

    fn literal(&mut self, json: &Json, part: Part) -> Option<Literal> {
        match json {
            Json::String(text) => Some(Literal::Text(text.clone())),
            Json::Bool(flag) => Some(Literal::Boolean(*flag)),
            Json::Number(number) => {
                let value = decimal(number).map(Literal::number);
                if value.is_none() {
                    let message = format!("{number} does not fit into 28 significant digits");
                    self.report(part, DiagnosticCode::OutOfRange, &message);
                }
                value
            }
            Json::Null => {
                self.report(part, DiagnosticCode::Shape, "null is not a value; ask with the operator `missing`");
                None
            }
            Json::Array(_) | Json::Object(_) => {
                let message = format!("Expected one value, not {}", shown(json));
                self.report(part, DiagnosticCode::Shape, &message);
                None
            }
        }
    }

    fn literals(&mut self, json: &Json) -> Option<Vec<Literal>> {
        let items = self.items(json)?;
        if VALUES_MAX < items.len() {
            let message = format!("A list has at most {VALUES_MAX} values; this one has {}", items.len());
            self.report(Part::Value, DiagnosticCode::TooManyValues, &message);
            return None;
        }
        let read: Vec<Literal> =
            items.iter().enumerate().filter_map(|(place, item)| self.literal(item, Part::Item(place))).collect();
        (read.len() == items.len()).then_some(read)
    }

    fn items<'a>(&mut self, json: &'a Json) -> Option<&'a [Json]> {
        let items = json.as_array();
        if items.is_none() {
            let message = format!("Expected a list of values, not {}", shown(json));
            self.report(Part::Value, DiagnosticCode::Shape, &message);
        }
        items.map(Vec::as_slice)
    }

    fn pair<'a>(&mut self, json: &'a Json) -> Option<[&'a Json; 2]> {
        if let Some([low, high]) = json.as_array().map(Vec::as_slice) {
            return Some([low, high]);
        }
        self.report(Part::Value, DiagnosticCode::Shape, "`between` takes two values, the lower one first");
        None
    }

    fn text(&mut self, operator: TextOperator, json: &Json) -> Option<String> {
        let text = json.as_str().map(str::to_owned);
        if text.is_none() {
            let message = format!("`{}` takes a text, not {}", operator.name(), shown(json));
            self.report(Part::Value, DiagnosticCode::WrongType, &message);
        }
        text
    }

    fn when(&mut self, json: &Json) -> Option<When> {
        let when = json.as_str().and_then(When::parse);
        if when.is_none() {
            let message =
                format!("{} is not a date or a timestamp; write it as 2026-05-01 or 2026-05-01T09:30:00Z", shown(json));
            self.report(Part::Value, DiagnosticCode::WrongType, &message);
        }
        when
    }

    fn span(&mut self, json: &Json, part: Part, n_min: i64) -> Option<Span> {
        let fields = json.as_object().filter(|fields| fields.len() == 2);
        let n = fields.and_then(|fields| whole(fields.get("n")?));
        let unit = fields.and_then(|fields| fields.get("unit")?.as_str());
        let unit = unit.and_then(|name| SpanUnit::ALL.into_iter().find(|unit| unit.name() == name));
        let (Some(n), Some(unit)) = (n, unit) else {
            let message =
                r#"A span is written {"n": 30, "unit": "days"}, in minutes, hours, days, weeks, months or years"#;
            self.report(part, DiagnosticCode::Shape, message);
            return None;
        };
        if !(n_min..=Span::N_MAX).contains(&n) {
            let message = format!("A span here has {n_min} to {} {}", Span::N_MAX, unit.name());
            self.report(part, DiagnosticCode::OutOfRange, &message);
            return None;
        }
        Some(Span { n, unit })
    }

    fn days(&mut self, json: &Json) -> Option<u32> {
        let span = self.span(json, Part::Value, 0)?;
        if span.unit != SpanUnit::Days {
            self.report(Part::Value, DiagnosticCode::WrongType, "Anniversaries are counted in days");
            return None;
        }
        u32::try_from(span.n).ok()
    }

    fn count(&mut self, json: &Json) -> Option<Count> {
        let fields = json.as_object().filter(|fields| fields.len() == 2);
        let count = fields.and_then(|fields| {
            let (op, value) = (fields.get("op")?.as_str()?, fields.get("value")?);
            if op == "between" {
                let [low, high] = value.as_array()?.as_slice() else { return None };
                return Some(Count::Between(whole(low)?, whole(high)?));
            }
            let order = Order::ALL.into_iter().find(|order| order.name() == op)?;
            Some(Count::Compare(order, whole(value)?))
        });
        if count.is_none() {
            let message = r#"A size is compared with a whole number, as in {"op": "gte", "value": 3}"#;
            self.report(Part::Value, DiagnosticCode::Shape, message);
        }
        count
    }

    fn numbers(&mut self, part: CalendarPart, json: &Json) -> Option<Vec<u8>> {
        let items = self.items(json)?;
        let numbers: Option<Vec<u8>> = items
            .iter()
            .map(|item| u8::try_from(whole(item)?).ok().filter(|number| part.numbers().contains(number)))
            .collect();
        if numbers.is_none() || VALUES_MAX < items.len() {
            let range = part.numbers();
            let message =
                format!("`{}` takes a list of numbers from {} to {}", part.name(), range.start(), range.end());
            self.report(Part::Value, DiagnosticCode::OutOfRange, &message);
            return None;
        }
        numbers
    }
}

/// A whole number that JSON carries exactly, written as a number or as its text.
fn whole(json: &Json) -> Option<i64> {
    let literal = match json {
        Json::Number(number) => Literal::number(decimal(number)?),
        Json::String(text) => Literal::number(attrium_schema::parse_decimal(text).ok()?),
        Json::Null | Json::Bool(_) | Json::Array(_) | Json::Object(_) => return None,
    };
    match literal {
        Literal::Number(number) => number.whole(),
        Literal::Text(_) | Literal::Boolean(_) => None,
    }
}

impl Number {
    /// The number, unless it has a fraction.
    pub(crate) fn whole(self) -> Option<i64> {
        let value = self.value();
        if value.is_integer() { i64::try_from(value).ok() } else { None }
    }
}

/// A piece of JSON for a message, cut.
pub(super) fn shown(json: &Json) -> String {
    match json {
        Json::Array(_) => "a list".to_owned(),
        Json::Object(_) => "an object".to_owned(),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => cut(&json.to_string()),
    }
}
