//! Dates as templates meet them: days, instants, seconds since 1970, and texts that read as one of these.

mod format;
mod read;

use std::sync::Arc;

use attrium_schema::TimeZone;
use jiff::ZonedDateTime;

use crate::error::Fault;
use crate::fuel::Meter;
use crate::moment::Moment;
use crate::value::{Number, Value};
pub(crate) use format::format;

/// The longest text that is tried as a date.
const TEXT_BYTES_MAX: usize = 100;
/// What trying it costs.
const READING_STEPS: usize = 8;

/// The date a value stands for, in the zone it should be shown in: the zone a text names, else the
/// moment's. `None` for what is no date.
pub(crate) fn date_of(value: &Value, moment: &Moment, meter: &mut Meter) -> Result<Option<ZonedDateTime>, Fault> {
    let in_zone = |instant: jiff::Timestamp| instant.to_zoned_datetime(moment.zone.clone());
    Ok(match value {
        Value::Date(date) => at_zone(date.at(0, 0, 0, 0), &moment.zone),
        Value::Timestamp(instant) => Some(in_zone(instant.to_jiff())),
        Value::Number(number @ Number::Integer(_)) => {
            jiff::Timestamp::from_second(number.truncated()).ok().map(in_zone)
        }
        Value::Text(text) | Value::Markup(text) => text_date(text, moment, meter)?,
        Value::Nil
        | Value::Boolean(_)
        | Value::Number(Number::Decimal { .. })
        | Value::List(_)
        | Value::Object(_)
        | Value::Range(_)
        | Value::Loop(_)
        | Value::Blank
        | Value::Empty => None,
    })
}

/// The instant of a day, an instant or a text; numbers are no instants here.
pub(crate) fn instant(value: &Value, moment: &Moment, meter: &mut Meter) -> Result<Option<jiff::Timestamp>, Fault> {
    if matches!(value, Value::Number(_)) {
        return Ok(None);
    }
    Ok(date_of(value, moment, meter)?.map(|date| date.timestamp()))
}

fn text_date(text: &Arc<str>, moment: &Moment, meter: &mut Meter) -> Result<Option<ZonedDateTime>, Fault> {
    if TEXT_BYTES_MAX < text.len() {
        return Ok(None);
    }
    meter.steps(READING_STEPS)?;
    let text = text.trim();
    if text.eq_ignore_ascii_case("now") || text.eq_ignore_ascii_case("today") {
        return Ok(Some(moment.now.to_jiff().to_zoned_datetime(moment.zone.clone())));
    }
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let seconds = text.parse().ok().and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
        return Ok(seconds.map(|instant| instant.to_zoned_datetime(moment.zone.clone())));
    }
    Ok(read::read(text).and_then(|read| {
        let zone = read.offset.map_or_else(|| moment.zone.clone(), TimeZone::fixed);
        at_zone(read.civil, &zone)
    }))
}

/// A civil time in a zone; inside a gap it moves forward, inside a fold it is the earlier.
fn at_zone(civil: jiff::civil::DateTime, zone: &TimeZone) -> Option<ZonedDateTime> {
    let instant = zone.to_ambiguous_timestamp(civil).compatible().ok()?;
    Some(instant.to_zoned_datetime(zone.clone()))
}

#[cfg(test)]
mod tests;
