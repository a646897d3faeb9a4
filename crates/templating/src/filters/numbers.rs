//! Filters that calculate. Texts count as the number they begin with, and what is no number as 0, as in
//! Liquid; the check against the attribute schema is where that is noticed.

use crate::error::{Fault, FilterProblem};
use crate::filters::Call;
use crate::value::{NoResult, Number, Value};

pub(super) fn abs(call: &mut Call<'_>) -> Result<Value, Fault> {
    one(call, Number::abs)
}

pub(super) fn ceil(call: &mut Call<'_>) -> Result<Value, Fault> {
    one(call, Number::ceil)
}

pub(super) fn floor(call: &mut Call<'_>) -> Result<Value, Fault> {
    one(call, Number::floor)
}

pub(super) fn plus(call: &mut Call<'_>) -> Result<Value, Fault> {
    two(call, Number::plus)
}

pub(super) fn minus(call: &mut Call<'_>) -> Result<Value, Fault> {
    two(call, Number::minus)
}

pub(super) fn times(call: &mut Call<'_>) -> Result<Value, Fault> {
    two(call, Number::times)
}

pub(super) fn divided_by(call: &mut Call<'_>) -> Result<Value, Fault> {
    two(call, Number::divided_by)
}

pub(super) fn modulo(call: &mut Call<'_>) -> Result<Value, Fault> {
    two(call, Number::modulo)
}

pub(super) fn at_least(call: &mut Call<'_>) -> Result<Value, Fault> {
    two(call, |a, b| Ok(a.max(b)))
}

pub(super) fn at_most(call: &mut Call<'_>) -> Result<Value, Fault> {
    two(call, |a, b| Ok(a.min(b)))
}

pub(super) fn round(call: &mut Call<'_>) -> Result<Value, Fault> {
    two(call, |number, places| number.round(places.truncated()))
}

/// The sum of the items, or of one property of them.
pub(super) fn sum(call: &mut Call<'_>) -> Result<Value, Fault> {
    let items = super::selections::properties(call)?;
    let mut sum = Number::ZERO;
    for item in super::arguments::flat_items(&Value::List(items), call.meter)?.iter() {
        let number = call.number_of(item)?;
        sum = sum.plus(number).map_err(|none| without_result(call, none))?;
    }
    Ok(Value::Number(sum))
}

fn one(call: &mut Call<'_>, calculate: fn(Number) -> Number) -> Result<Value, Fault> {
    let number = call.number_of(&call.input.clone())?;
    Ok(Value::Number(calculate(number)))
}

fn two(call: &mut Call<'_>, calculate: fn(Number, Number) -> Result<Number, NoResult>) -> Result<Value, Fault> {
    let left = call.number_of(&call.input.clone())?;
    let right = call.number_of(&call.argument(0))?;
    calculate(left, right).map(Value::Number).map_err(|none| without_result(call, none))
}

fn without_result(call: &Call<'_>, none: NoResult) -> Fault {
    call.fails(match none {
        NoResult::DivisionByZero => FilterProblem::DivisionByZero,
        NoResult::OutOfRange => FilterProblem::OutOfRange,
    })
}
