//! Filters: whether they fit what they are given, and what they leave.

use super::kinds::Kind;
use super::{Checker, Meaning, looks};
use crate::diagnostic::DiagnosticCode;
use crate::filters::{DEFAULT, Input};
use crate::tree::{Expression, FilterCall, Pipeline};

impl Checker<'_> {
    /// What is printed must not be missing, and a list needs something between its items.
    pub(super) fn printed(&mut self, pipeline: &Pipeline) {
        let Meaning { kind, look, missing } = self.pipeline(pipeline);
        let span = &pipeline.head.span;
        self.looks.insert(span.start, look);
        if let Some(name) = missing {
            self.may_be_missing(&name, &pipeline.head);
        }
        if let Kind::List(_) = kind {
            let written = self.written(span);
            let message = format!("The items of `{written}` would run together; put something between them");
            let found = self.find(DiagnosticCode::BareList, span, message);
            if pipeline.filters.is_empty() {
                found.suggestions = vec![format!("{written} | join: \", \"")];
            }
        }
    }

    fn may_be_missing(&mut self, name: &str, expression: &Expression) {
        let written = self.written(&expression.span);
        let message = format!("`{name}` may be missing; say what stands in its place: `| default: \"…\"`");
        let found = self.find(DiagnosticCode::NoDefault, &expression.span, message);
        found.suggestions = vec![format!("{written} | default: \"\"")];
    }

    pub(super) fn pipeline(&mut self, pipeline: &Pipeline) -> Meaning {
        let mut meaning = self.expression(&pipeline.head);
        for call in &pipeline.filters {
            meaning = self.filtered(meaning, call, &pipeline.head);
        }
        meaning
    }

    fn filtered(&mut self, input: Meaning, call: &FilterCall, head: &Expression) -> Meaning {
        let arguments: Vec<Meaning> = call.arguments.iter().map(|argument| self.expression(argument)).collect();
        call.allow_false.iter().for_each(|flag| {
            self.expression(flag);
        });
        if call.filter.name == DEFAULT {
            let other = arguments.into_iter().next().unwrap_or_default();
            let kind = if other.kind == input.kind { input.kind } else { Kind::Unknown };
            let look = looks::either(input.look, other.look);
            return Meaning { kind, look, missing: input.missing.and(other.missing) };
        }
        for (argument, expression) in arguments.iter().zip(&call.arguments) {
            if let Some(name) = &argument.missing {
                self.may_be_missing(name, expression);
            }
        }
        if !input.kind.fits(call.filter.input) {
            self.misfit(input.kind, call, head);
            return Meaning::default();
        }
        let missing = if call.filter.is_for_missing() { None } else { input.missing };
        let argument = arguments.first().map(|argument| argument.look).unwrap_or_default();
        let look = looks::through(input.look, call.filter, argument);
        Meaning { kind: input.kind.through(call.filter.gives), look, missing }
    }

    fn misfit(&mut self, kind: Kind, call: &FilterCall, head: &Expression) {
        let purpose = match call.filter.input {
            Input::Anything => "anything",
            Input::Text => "text",
            Input::Number => "numbers",
            Input::List => "lists",
            Input::Sequence => "lists and text",
            Input::Date => "dates",
        };
        let hint = match (kind, call.filter.input) {
            (Kind::List(_), Input::Text) => "; put `| join: \", \"` before it",
            (Kind::Unknown | Kind::One(_) | Kind::List(_), _) => "",
        };
        let (name, written) = (call.filter.name, self.written(&head.span));
        let message = format!("`{name}` is for {purpose}; `{written}` is {kind}{hint}");
        self.find(DiagnosticCode::WrongType, &call.span, message);
    }
}
