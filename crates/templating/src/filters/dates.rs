//! The filter over dates.

use crate::dates;
use crate::error::Fault;
use crate::filters::Call;
use crate::value::Value;

/// The date by a format; what is no date, and an empty format, leave the input as it is.
pub(super) fn date(call: &mut Call<'_>) -> Result<Value, Fault> {
    let format = call.text_argument(0)?;
    if format.is_empty() {
        return Ok(call.input.clone());
    }
    match dates::date_of(&call.input, call.moment, call.meter)? {
        Some(date) => {
            let written = dates::format(&date, &format, call.meter)?;
            Ok(Value::text(&written))
        }
        None => Ok(call.input.clone()),
    }
}
