//! Values as text and as JSON, each piece paid for.

use std::sync::Arc;

use super::{Number, Object, Value};
use crate::error::Fault;
use crate::fuel::{Meter, TextBuilder};

impl Value {
    /// The value as it is printed: `nil` as nothing, the items of a list one after the other, an
    /// object as JSON.
    pub(crate) fn to_text(&self, meter: &mut Meter) -> Result<Arc<str>, Fault> {
        if let Some(text) = self.as_text() {
            return Ok(Arc::clone(text));
        }
        let mut out = TextBuilder::new(meter);
        self.write(&mut out)?;
        Ok(Arc::from(out.finish()))
    }

    /// Data comes from JSON, which is read to a bounded depth, and no filter nests lists deeper:
    /// the recursion here and below is bounded.
    pub(crate) fn write(&self, out: &mut TextBuilder<'_>) -> Result<(), Fault> {
        match self {
            Self::Nil | Self::Blank | Self::Empty | Self::Loop(_) => Ok(()),
            Self::Boolean(flag) => out.push(if *flag { "true" } else { "false" }),
            Self::Number(number) => out.push(&number.to_string()),
            Self::Text(text) | Self::Markup(text) => out.push(text),
            Self::Date(date) => out.push(&date.to_string()),
            Self::Timestamp(instant) => out.push(&instant.to_string()),
            Self::List(items) => items.iter().try_for_each(|item| {
                out.meter().steps(1)?;
                item.write(out)
            }),
            Self::Object(object) => write_object(object, out),
            Self::Range(range) => out.push(&format!("{}..{}", range.first, range.last)),
        }
    }

    /// The value as JSON; numbers are numbers, whatever their size.
    pub(crate) fn write_json(&self, out: &mut TextBuilder<'_>) -> Result<(), Fault> {
        match self {
            Self::Nil | Self::Blank | Self::Empty | Self::Loop(_) => out.push("null"),
            Self::Boolean(_) | Self::Number(_) => self.write(out),
            Self::Text(text) | Self::Markup(text) => write_json_text(text, out),
            Self::Date(date) => write_json_text(&date.to_string(), out),
            Self::Timestamp(instant) => write_json_text(&instant.to_string(), out),
            Self::List(items) => write_items(items.iter().map(|item| (None, item)), ["[", "]"], out),
            Self::Object(object) => write_object(object, out),
            Self::Range(range) => {
                out.push("[")?;
                for place in 0..range.len() {
                    out.meter().steps(1)?;
                    let number = range.get(place).map_or(Number::ZERO, Number::Integer);
                    out.push(&format!("{}{number}", if place == 0 { "" } else { "," }))?;
                }
                out.push("]")
            }
        }
    }
}

fn write_object(object: &Object, out: &mut TextBuilder<'_>) -> Result<(), Fault> {
    write_items(object.iter().map(|(name, value)| (Some(&**name), value)), ["{", "}"], out)
}

fn write_items<'a>(
    items: impl Iterator<Item = (Option<&'a str>, &'a Value)>,
    brackets: [&str; 2],
    out: &mut TextBuilder<'_>,
) -> Result<(), Fault> {
    out.push(brackets[0])?;
    for (place, (name, value)) in items.enumerate() {
        out.meter().steps(1)?;
        if place != 0 {
            out.push(",")?;
        }
        if let Some(name) = name {
            write_json_text(name, out)?;
            out.push(":")?;
        }
        value.write_json(out)?;
    }
    out.push(brackets[1])
}

fn write_json_text(text: &str, out: &mut TextBuilder<'_>) -> Result<(), Fault> {
    out.meter().reading(text.len())?;
    out.push(&serde_json::Value::from(text).to_string())
}
