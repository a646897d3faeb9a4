//! A template: read once, rendered as often as there are customers.

use std::collections::BTreeSet;
use std::sync::Arc;

use attrium_schema::AttributeKey;

use crate::check;
use crate::data::Data;
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::RenderError;
use crate::escape::Context;
use crate::evaluate::Renderer;
use crate::limits::Limits;
use crate::moment::Moment;
use crate::syntax;
use crate::tree::Body;

/// A template that reads.
#[derive(Clone, Debug)]
pub struct Template {
    source: Arc<str>,
    body: Arc<Body>,
}

/// What a template is rendered with, for whom and where to.
#[derive(Clone, Copy)]
pub struct Rendering<'a> {
    /// What names mean.
    pub data: &'a dyn Data,
    /// Where the text goes.
    pub context: Context,
    /// When, and in whose calendar.
    pub moment: &'a Moment,
    /// What happens where a value is missing.
    pub when_missing: WhenMissing,
    /// How much the rendering may do and make.
    pub limits: &'a Limits,
}

/// What happens where a template prints a value that is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WhenMissing {
    /// Nothing is printed, as Liquid does.
    PrintNothing,
    /// The rendering stops, unless the template says what to print: `| default: "there"`.
    Refuse,
}

/// What a rendering gave, and what it took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// The text.
    pub text: String,
    /// Units of work; see [`Limits::fuel`].
    pub fuel: u64,
    /// Bytes of values made; see [`Limits::value_bytes_max`].
    pub value_bytes: usize,
}

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the order of the source.
    pub fn parse(source: &str, limits: &Limits) -> Result<Self, Vec<Diagnostic>> {
        let syntax::Parsed { body, diagnostics } = syntax::parse(source, limits);
        if diagnostics.iter().any(|found| found.severity == Severity::Error) {
            return Err(diagnostics);
        }
        Ok(Self { source: Arc::from(source), body: Arc::new(body) })
    }

    pub(crate) fn new(source: &str, body: Body) -> Self {
        Self { source: Arc::from(source), body: Arc::new(body) }
    }

    /// What it was read from.
    pub fn source(&self) -> &str {
        &self.source
    }

    pub(crate) fn body(&self) -> &Body {
        &self.body
    }

    /// Renders it. The same template, data and moment give the same answer, everywhere.
    ///
    /// # Errors
    /// [`RenderError`] with the place in the source, when a limit is passed, a value is missing that must
    /// not be, a filter cannot do its work, or the text cannot go where it should.
    pub fn render(&self, rendering: &Rendering<'_>) -> Result<Rendered, RenderError> {
        Renderer::new(self, rendering).render()
    }

    /// The attributes it may read: the keys of `profile.KEY`, and every bare name that the template has
    /// not given a value where it stands, whether or not an attribute has that name.
    pub fn reads(&self) -> BTreeSet<AttributeKey> {
        check::reads(self)
    }
}
