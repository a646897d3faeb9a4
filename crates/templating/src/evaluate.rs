//! Renders a template. Every step is paid for; the recursion is as deep as the tree, which is bounded.

mod expressions;
mod loops;

use std::collections::HashMap;
use std::sync::Arc;

use crate::diagnostic::Position;
use crate::error::{Fault, RenderError};
use crate::escape::Output;
use crate::fuel::Meter;
use crate::template::{Rendered, Rendering, Template};
use crate::tree::{Body, Case, Condition, If, Joint, Name, Node, Pipeline, Span};
use crate::value::{Value, equals};
use loops::Frame;

/// One rendering of one template.
pub(crate) struct Renderer<'t> {
    template: &'t Template,
    rendering: &'t Rendering<'t>,
    meter: Meter,
    output: Output,
    /// What `assign` and `capture` named.
    named: HashMap<Arc<str>, Value>,
    /// What the data answered so far, by bare name and by key of `profile`.
    roots: HashMap<Arc<str>, Value>,
    attributes: HashMap<Arc<str>, Value>,
    /// The loops around the place, the innermost last.
    loops: Vec<Frame>,
    /// Where the last loop of a name stopped, for `offset: continue`.
    stops: HashMap<Arc<str>, u64>,
}

/// How it goes on behind a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flow {
    On,
    Break,
    Continue,
}

impl<'t> Renderer<'t> {
    pub(crate) fn new(template: &'t Template, rendering: &'t Rendering<'t>) -> Self {
        Self {
            template,
            rendering,
            meter: Meter::new(rendering.limits),
            output: Output::new(rendering.context, rendering.limits.output_bytes_max),
            named: HashMap::new(),
            roots: HashMap::new(),
            attributes: HashMap::new(),
            loops: Vec::new(),
            stops: HashMap::new(),
        }
    }

    pub(crate) fn render(mut self) -> Result<Rendered, RenderError> {
        self.body(self.template.body())?;
        let template = self.template;
        let (fuel, value_bytes) = (self.meter.spent(), self.meter.value_bytes());
        match self.output.finish() {
            Ok(text) => Ok(Rendered { text, fuel, value_bytes }),
            Err(fault) => Err(fault_at(template, fault, &(0..template.source().len()))),
        }
    }

    /// A fault, placed.
    fn at<T>(&self, result: Result<T, Fault>, span: &Span) -> Result<T, RenderError> {
        result.map_err(|fault| fault_at(self.template, fault, span))
    }

    /// Pays for one step.
    fn step(&mut self, span: &Span) -> Result<(), RenderError> {
        let paid = self.meter.steps(1);
        self.at(paid, span)
    }

    fn body(&mut self, body: &'t Body) -> Result<Flow, RenderError> {
        for node in &body.nodes {
            match self.node(node)? {
                Flow::On => {}
                flow @ (Flow::Break | Flow::Continue) => return Ok(flow),
            }
        }
        Ok(Flow::On)
    }

    fn node(&mut self, node: &'t Node) -> Result<Flow, RenderError> {
        match node {
            Node::Text(span) | Node::Raw(span) => {
                self.step(span)?;
                let put = self.output.literal(&self.template.source()[span.clone()], &mut self.meter);
                self.at(put, span)?;
                Ok(Flow::On)
            }
            Node::Output(pipeline) => self.print(pipeline),
            Node::Assign { name, value } => {
                let value = self.pipeline(value)?;
                self.named.insert(Arc::clone(&name.text), value);
                Ok(Flow::On)
            }
            Node::Capture { name, body } => self.capture(name, body),
            Node::If(choice) => self.choice(choice),
            Node::Case(case) => self.case(case),
            Node::For(repeated) => self.repeated(repeated),
            Node::Break => Ok(Flow::Break),
            Node::Continue => Ok(Flow::Continue),
        }
    }

    fn print(&mut self, pipeline: &'t Pipeline) -> Result<Flow, RenderError> {
        let value = self.pipeline(pipeline)?;
        let span = &pipeline.head.span;
        if value.is_nil() && self.refuses_missing() {
            return Err(self.missing(&pipeline.head));
        }
        let put = self.output.value(&value, &mut self.meter);
        self.at(put, span)?;
        Ok(Flow::On)
    }

    fn capture(&mut self, name: &Name, body: &'t Body) -> Result<Flow, RenderError> {
        self.step(&name.span)?;
        let inner = Output::new(self.output.context().of_capture(), self.rendering.limits.output_bytes_max);
        let outer = std::mem::replace(&mut self.output, inner);
        let flow = self.body(body);
        let inner = std::mem::replace(&mut self.output, outer);
        self.named.insert(Arc::clone(&name.text), inner.into_captured());
        flow
    }

    fn choice(&mut self, choice: &'t If) -> Result<Flow, RenderError> {
        for branch in &choice.branches {
            if self.condition(&branch.condition)? != branch.is_negated {
                return self.body(&branch.body);
            }
        }
        choice.otherwise.as_ref().map_or(Ok(Flow::On), |body| self.body(body))
    }

    /// `a and b or c` is `a and (b or c)`: each joint decides whether what is right of it counts.
    fn condition(&mut self, condition: &'t Condition) -> Result<bool, RenderError> {
        let mut holds = self.comparison(&condition.first)?;
        for (joint, comparison) in &condition.rest {
            match (joint, holds) {
                (Joint::And, false) | (Joint::Or, true) => return Ok(holds),
                (Joint::And, true) | (Joint::Or, false) => holds = self.comparison(comparison)?,
            }
        }
        Ok(holds)
    }

    fn case(&mut self, case: &'t Case) -> Result<Flow, RenderError> {
        let subject = self.value(&case.subject)?;
        let mut has_matched = false;
        for arm in &case.arms {
            let mut times = usize::from(arm.values.is_none() && !has_matched);
            for expression in arm.values.iter().flatten() {
                let value = self.value(expression)?;
                let is_match = equals(&subject, &value, self.rendering.moment, &mut self.meter);
                times += usize::from(self.at(is_match, &expression.span)?);
            }
            has_matched |= arm.values.is_some() && times != 0;
            for _ in 0..times {
                match self.body(&arm.body)? {
                    Flow::On => {}
                    flow @ (Flow::Break | Flow::Continue) => return Ok(flow),
                }
            }
        }
        Ok(Flow::On)
    }
}

fn fault_at(template: &Template, fault: Fault, span: &Span) -> RenderError {
    RenderError { fault, span: span.clone(), position: Position::of(template.source(), span.start) }
}

#[cfg(test)]
mod tests;
