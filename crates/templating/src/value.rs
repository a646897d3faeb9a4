//! Values as templates see them: cheap to copy, and never larger for being named twice.

mod compare;
mod number;
mod object;
mod range;
mod read;
mod state;
mod write;

use std::sync::Arc;

use attrium_schema::{Date, Scalar, Timestamp};

use crate::error::Fault;
use crate::fuel::Meter;
pub(crate) use compare::{contains, equals, order};
pub(crate) use number::NoResult;
pub use number::Number;
pub use object::Object;
pub use range::IntegerRange;
pub use state::Loop;

/// A value in a template.
#[derive(Clone, Debug, Default)]
pub enum Value {
    /// Nothing: a missing attribute, a name that means nothing.
    #[default]
    Nil,
    /// True or false.
    Boolean(bool),
    /// A number.
    Number(Number),
    /// A text, escaped when it is printed.
    Text(Arc<str>),
    /// A text that is printed as it is, because it was escaped before or someone said `raw`.
    Markup(Arc<str>),
    /// A civil day.
    Date(Date),
    /// An instant.
    Timestamp(Timestamp),
    /// Values in order.
    List(Arc<[Value]>),
    /// Named values in order.
    Object(Arc<Object>),
    /// Whole numbers in a row, never laid out unless a filter must.
    Range(IntegerRange),
    /// What `forloop` means inside a loop.
    Loop(Arc<Loop>),
    /// The literal `blank`, equal to everything that shows nothing.
    Blank,
    /// The literal `empty`, equal to a text, list or object without content.
    Empty,
}

impl Value {
    /// A text.
    pub fn text(text: &str) -> Self {
        Self::Text(Arc::from(text))
    }

    /// A list.
    pub fn list(items: Vec<Self>) -> Self {
        Self::List(Arc::from(items))
    }

    /// A whole number.
    pub const fn integer(number: i64) -> Self {
        Self::Number(Number::Integer(number))
    }

    /// How many there are of something, as a number.
    pub(crate) fn count(count: usize) -> Self {
        Self::integer(i64::try_from(count).unwrap_or(i64::MAX))
    }

    /// Whether a condition holds on it: all but `nil` and `false` do.
    pub(crate) fn is_truthy(&self) -> bool {
        !matches!(self, Self::Nil | Self::Boolean(false))
    }

    pub(crate) fn is_nil(&self) -> bool {
        matches!(self, Self::Nil)
    }

    /// Its text, of a text.
    pub(crate) fn as_text(&self) -> Option<&Arc<str>> {
        match self {
            Self::Text(text) | Self::Markup(text) => Some(text),
            Self::Nil
            | Self::Boolean(_)
            | Self::Number(_)
            | Self::Date(_)
            | Self::Timestamp(_)
            | Self::List(_)
            | Self::Object(_)
            | Self::Range(_)
            | Self::Loop(_)
            | Self::Blank
            | Self::Empty => None,
        }
    }

    /// Whether it is a text, list or object without content.
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) | Self::Markup(text) => text.is_empty(),
            Self::List(items) => items.is_empty(),
            Self::Object(object) => object.is_empty(),
            Self::Nil
            | Self::Boolean(_)
            | Self::Number(_)
            | Self::Date(_)
            | Self::Timestamp(_)
            | Self::Range(_)
            | Self::Loop(_)
            | Self::Blank
            | Self::Empty => false,
        }
    }

    /// Whether it shows nothing: what is falsy or empty, or a text of white space.
    pub(crate) fn is_blank(&self, meter: &mut Meter) -> Result<bool, Fault> {
        let Some(text) = self.as_text() else { return Ok(!self.is_truthy() || self.is_empty()) };
        meter.reading(text.len())?;
        Ok(text.trim().is_empty())
    }

    /// What kind of value it is, with an article.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::Nil | Self::Blank | Self::Empty => "nothing",
            Self::Boolean(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::Text(_) | Self::Markup(_) => "a text",
            Self::Date(_) => "a date",
            Self::Timestamp(_) => "a timestamp",
            Self::List(_) => "a list",
            Self::Object(_) => "an object",
            Self::Range(_) => "a range",
            Self::Loop(_) => "a loop",
        }
    }

    /// What `value.name` means; an own field of an object comes before the fields that every object has.
    pub(crate) fn field(&self, name: &str, meter: &mut Meter) -> Result<Self, Fault> {
        Ok(match self {
            Self::Object(object) => match (object.get(name), name) {
                (Some(value), _) => value.clone(),
                (None, "size") => Self::count(object.len()),
                (None, "first") => self.first(),
                (None, _) => Self::Nil,
            },
            Self::Loop(state) => state.field(name),
            Self::Text(_) | Self::Markup(_) | Self::List(_) | Self::Range(_) => match name {
                "size" => self.size(meter)?,
                "first" => self.first(),
                "last" => self.last(),
                _ => Self::Nil,
            },
            Self::Nil
            | Self::Boolean(_)
            | Self::Number(_)
            | Self::Date(_)
            | Self::Timestamp(_)
            | Self::Blank
            | Self::Empty => Self::Nil,
        })
    }

    /// What `value[index]` means: an item, from the end when the index is negative, or a field.
    pub(crate) fn at(&self, index: &Self, meter: &mut Meter) -> Result<Self, Fault> {
        meter.reading(index.as_text().map_or(0, |name| name.len()))?;
        Ok(match (self, index) {
            (Self::List(items), Self::Number(Number::Integer(index))) => {
                let from_end = if *index < 0 { i64::try_from(items.len()).unwrap_or(i64::MAX) } else { 0 };
                let place = index.checked_add(from_end).and_then(|place| usize::try_from(place).ok());
                place.and_then(|place| items.get(place)).cloned().unwrap_or_default()
            }
            (Self::Object(object), Self::Text(name) | Self::Markup(name)) => {
                object.get(name).cloned().unwrap_or_default()
            }
            (Self::Loop(state), Self::Text(name)) => state.field(name),
            _ => Self::Nil,
        })
    }

    /// How many characters, items, fields or numbers it has; 0 for what has none.
    pub(crate) fn size(&self, meter: &mut Meter) -> Result<Self, Fault> {
        Ok(match self {
            Self::Text(text) | Self::Markup(text) => {
                meter.reading(text.len())?;
                Self::count(text.chars().count())
            }
            Self::List(items) => Self::count(items.len()),
            Self::Object(object) => Self::count(object.len()),
            Self::Range(range) => Self::integer(i64::try_from(range.len()).unwrap_or(i64::MAX)),
            Self::Nil
            | Self::Boolean(_)
            | Self::Number(_)
            | Self::Date(_)
            | Self::Timestamp(_)
            | Self::Loop(_)
            | Self::Blank
            | Self::Empty => Self::integer(0),
        })
    }

    /// The first character, item, field or number; nothing for what has none.
    pub(crate) fn first(&self) -> Self {
        match self {
            Self::Text(text) | Self::Markup(text) => text.chars().next().map(Self::letter).unwrap_or_default(),
            Self::List(items) => items.first().cloned().unwrap_or_default(),
            Self::Object(object) => object.pair(0).unwrap_or_default(),
            Self::Range(range) => range.get(0).map(Self::integer).unwrap_or_default(),
            Self::Nil
            | Self::Boolean(_)
            | Self::Number(_)
            | Self::Date(_)
            | Self::Timestamp(_)
            | Self::Loop(_)
            | Self::Blank
            | Self::Empty => Self::Nil,
        }
    }

    /// The last character, item or number; nothing for what has none, objects among them.
    pub(crate) fn last(&self) -> Self {
        match self {
            Self::Text(text) | Self::Markup(text) => text.chars().next_back().map(Self::letter).unwrap_or_default(),
            Self::List(items) => items.last().cloned().unwrap_or_default(),
            Self::Range(range) => {
                range.len().checked_sub(1).and_then(|at| range.get(at)).map(Self::integer).unwrap_or_default()
            }
            Self::Nil
            | Self::Boolean(_)
            | Self::Number(_)
            | Self::Date(_)
            | Self::Timestamp(_)
            | Self::Object(_)
            | Self::Loop(_)
            | Self::Blank
            | Self::Empty => Self::Nil,
        }
    }

    fn letter(letter: char) -> Self {
        Self::text(letter.encode_utf8(&mut [0; 4]))
    }
}

impl From<&Scalar> for Value {
    fn from(scalar: &Scalar) -> Self {
        match scalar {
            Scalar::Text(text) => Self::text(text),
            Scalar::Integer(number) => Self::integer(*number),
            Scalar::Decimal(number) => Self::Number(Number::decimal(*number, false)),
            Scalar::Boolean(flag) => Self::Boolean(*flag),
            Scalar::Date(date) => Self::Date(*date),
            Scalar::Timestamp(instant) => Self::Timestamp(*instant),
            Scalar::GeoPoint(point) => {
                let degrees = |degrees: f64| Self::Number(Number::from_degrees(degrees));
                let fields = [("lat", degrees(point.lat())), ("lon", degrees(point.lon()))];
                Self::Object(Arc::new(fields.map(|(name, value)| (Arc::from(name), value)).into_iter().collect()))
            }
        }
    }
}

impl From<&attrium_schema::Value> for Value {
    fn from(value: &attrium_schema::Value) -> Self {
        match value {
            attrium_schema::Value::One(scalar) => Self::from(scalar),
            attrium_schema::Value::Many(items) => Self::List(items.iter().map(Self::from).collect()),
        }
    }
}

#[cfg(test)]
mod tests;
