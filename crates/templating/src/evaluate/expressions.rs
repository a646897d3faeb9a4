//! Values, filters and comparisons.

use std::cmp::Ordering;
use std::sync::Arc;

use super::Renderer;
use crate::data::{FORLOOP, PROFILE};
use crate::error::{Fault, RenderError};
use crate::filters::{Call, DEFAULT};
use crate::fuel::Meter;
use crate::template::WhenMissing;
use crate::tree::{Comparison, Expression, FilterCall, Operator, Path, Pipeline, Root, Segment, Span, Term};
use crate::value::{IntegerRange, Number, Value, contains, equals, order};

impl<'t> Renderer<'t> {
    pub(super) fn refuses_missing(&self) -> bool {
        self.rendering.when_missing == WhenMissing::Refuse
    }

    /// That something is missing, named as the template names it; attributes by their key.
    pub(super) fn missing(&self, expression: &Expression) -> RenderError {
        let written = &self.template.source()[expression.span.clone()];
        let name = written.strip_prefix("profile.").unwrap_or(written).to_owned();
        super::fault_at(self.template, Fault::Missing { name }, &expression.span)
    }

    /// Where what is missing is refused, it stays missing through every filter that is not for it: no
    /// `upcase` turns it into a hole that no one sees.
    pub(super) fn pipeline(&mut self, pipeline: &'t Pipeline) -> Result<Value, RenderError> {
        let mut value = self.value(&pipeline.head)?;
        for call in &pipeline.filters {
            if !(value.is_nil() && self.refuses_missing()) || call.filter.is_for_missing() {
                value = self.filtered(value, call)?;
            }
        }
        Ok(value)
    }

    fn filtered(&mut self, input: Value, call: &'t FilterCall) -> Result<Value, RenderError> {
        self.step(&call.span)?;
        let mut arguments = Vec::with_capacity(call.arguments.len());
        for argument in &call.arguments {
            let value = self.value(argument)?;
            let is_hole = value.is_nil() && matches!(argument.term, Term::Path(_)) && call.filter.name != DEFAULT;
            if is_hole && self.refuses_missing() {
                return Err(self.missing(argument));
            }
            arguments.push(value);
        }
        let allow_false = match &call.allow_false {
            Some(flag) => self.value(flag)?.is_truthy(),
            None => false,
        };
        let context = self.output.context();
        let moment = self.rendering.moment;
        let meter = &mut self.meter;
        let given = (call.filter.run)(&mut Call {
            filter: call.filter.name,
            input,
            arguments,
            allow_false,
            context,
            moment,
            meter,
        });
        self.at(given, &call.span)
    }

    pub(super) fn value(&mut self, expression: &'t Expression) -> Result<Value, RenderError> {
        self.step(&expression.span)?;
        match &expression.term {
            Term::Literal(value) => Ok(value.clone()),
            Term::Path(path) => self.path(path, &expression.span),
            Term::Range(ends) => {
                let [first, last] = &**ends;
                let (first, last) = (self.value(first)?, self.value(last)?);
                let read = range(&first, &last, &mut self.meter);
                self.at(read, &expression.span)
            }
        }
    }

    fn path(&mut self, path: &'t Path, span: &Span) -> Result<Value, RenderError> {
        let name = match &path.root {
            Root::Name(name) => Arc::clone(&name.text),
            Root::Computed(expression) => {
                let value = self.value(expression)?;
                let Some(name) = value.as_text() else { return Ok(Value::Nil) };
                let paid = self.meter.reading(name.len());
                self.at(paid, span)?;
                Arc::clone(name)
            }
        };
        let (mut value, rest) = self.root(&name, &path.segments);
        for segment in rest {
            self.step(span)?;
            value = match segment {
                Segment::Field(field) => {
                    let found = value.field(&field.text, &mut self.meter);
                    self.at(found, &field.span)?
                }
                Segment::Index(index) => {
                    let index = self.value(index)?;
                    let found = value.at(&index, &mut self.meter);
                    self.at(found, span)?
                }
            };
        }
        Ok(value)
    }

    /// What a name means, and the segments that are not used up by that.
    fn root<'s>(&mut self, name: &Arc<str>, segments: &'s [Segment]) -> (Value, &'s [Segment]) {
        if let Some(value) = self.local(name) {
            return (value, segments);
        }
        if &**name == PROFILE
            && let Some((first, rest)) = segments.split_first()
            && let Some(key) = first.name()
        {
            let data = self.rendering.data;
            let found = || data.attribute(&key.text).unwrap_or_default();
            return (self.attributes.entry(Arc::clone(&key.text)).or_insert_with(found).clone(), rest);
        }
        let data = self.rendering.data;
        let found = || data.root(name).unwrap_or_default();
        (self.roots.entry(Arc::clone(name)).or_insert_with(found).clone(), segments)
    }

    /// What the template itself gave a name.
    fn local(&self, name: &Arc<str>) -> Option<Value> {
        let of_loop = self.loops.iter().rev().find(|frame| frame.variable == *name).map(|frame| frame.item.clone());
        let forloop = || {
            let innermost = self.loops.last().filter(|_| &**name == FORLOOP)?;
            Some(Value::Loop(Arc::clone(&innermost.state)))
        };
        of_loop.or_else(forloop).or_else(|| self.named.get(name).cloned())
    }

    pub(super) fn comparison(&mut self, comparison: &'t Comparison) -> Result<bool, RenderError> {
        let left = self.value(&comparison.left)?;
        let Some((operator, right)) = &comparison.test else { return Ok(left.is_truthy()) };
        let right = self.value(right)?;
        let holds = self.compare(*operator, &left, &right);
        self.at(holds, &comparison.span())
    }

    fn compare(&mut self, operator: Operator, left: &Value, right: &Value) -> Result<bool, Fault> {
        let (moment, meter) = (self.rendering.moment, &mut self.meter);
        let mut ordered = |fits: fn(Ordering) -> bool| Ok(order(left, right, moment, meter)?.is_some_and(fits));
        match operator {
            Operator::Less => ordered(Ordering::is_lt),
            Operator::LessOrEqual => ordered(Ordering::is_le),
            Operator::Greater => ordered(Ordering::is_gt),
            Operator::GreaterOrEqual => ordered(Ordering::is_ge),
            Operator::Equal => equals(left, right, moment, &mut self.meter),
            Operator::NotEqual => equals(left, right, moment, &mut self.meter).map(|is_equal| !is_equal),
            Operator::Contains => contains(left, right, moment, &mut self.meter),
        }
    }
}

fn range(first: &Value, last: &Value, meter: &mut Meter) -> Result<Value, Fault> {
    Ok(Value::Range(IntegerRange { first: range_end(first, meter)?, last: range_end(last, meter)? }))
}

/// A whole number where a range begins or ends: fractions are dropped, and what is no number is 0.
fn range_end(value: &Value, meter: &mut Meter) -> Result<i64, Fault> {
    if let Value::Number(number) = value {
        return Ok(number.truncated());
    }
    let Some(text) = value.as_text() else { return Ok(0) };
    meter.reading(text.len())?;
    Ok(Number::leading(text).map_or(0, Number::truncated))
}
