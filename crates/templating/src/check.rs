//! Checks a template against the attribute schema when it is saved: attributes that are not there,
//! filters and comparisons that do not fit their types, values that may be missing where they are printed,
//! values that stand where an escaped one is not safe in HTML.
//!
//! What a template names itself is followed: the value of `assign`, the items of a loop, and what an `if`
//! has made sure of.

mod comparisons;
pub(crate) mod kinds;
mod looks;
mod markup;
mod paths;
mod pipelines;
mod presence;
mod sources;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use attrium_schema::{AttributeKey, AttributeSchema};

use crate::diagnostic::{Diagnostic, DiagnosticCode, place};
use crate::escape::Context;
use crate::html::Look;
use crate::limits::Limits;
use crate::syntax;
use crate::template::Template;
use crate::tree::{Body, Case, For, If, Node, Offset, Span};
use kinds::Kind;
use presence::implied;

/// Checking says no more than so many findings.
const FINDINGS_MAX: usize = 100;

/// Everything about a template while it is typed, in one call.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// The template, when it reads; it may be used when no finding is an error.
    pub template: Option<Template>,
    /// What is wrong, and what is worth knowing, in the order of the source.
    pub diagnostics: Vec<Diagnostic>,
}

impl Analysis {
    /// Of a source for a context; what reads of one with mistakes is checked all the same.
    pub fn of(source: &str, context: Context, schema: &AttributeSchema, limits: &Limits) -> Self {
        let syntax::Parsed { body, mut diagnostics } = syntax::parse(source, limits);
        let reads = diagnostics.is_empty();
        let template = Template::new(source, body);
        diagnostics.extend(check(&template, context, schema));
        place(&mut diagnostics, source);
        Self { template: reads.then_some(template), diagnostics }
    }
}

/// What is wrong with a template that is rendered for a context and for customers with these attributes, and
/// what is worth knowing, in the order of the source.
pub fn check(template: &Template, context: Context, schema: &AttributeSchema) -> Vec<Diagnostic> {
    let mut checker = Checker::new(template, Some(schema));
    checker.body(template.body());
    if context == Context::Html {
        checker.found.extend(markup::check(template, &checker.looks));
    }
    // Errors first: none is lost behind a hundred warnings.
    checker.found.sort_by_key(|found| found.severity);
    checker.found.truncate(FINDINGS_MAX);
    place(&mut checker.found, template.source());
    checker.found
}

/// See [`Template::reads`].
pub(crate) fn reads(template: &Template) -> BTreeSet<AttributeKey> {
    let mut checker = Checker::new(template, None);
    checker.body(template.body());
    checker.reads
}

/// Walks a template and remembers what its names mean where it is.
struct Checker<'t> {
    source: &'t str,
    /// `None` when only the names that are read are wanted.
    schema: Option<&'t AttributeSchema>,
    found: Vec<Diagnostic>,
    reads: BTreeSet<AttributeKey>,
    /// Names that surely have a value of the template's own here, the latest last.
    locals: Vec<(Arc<str>, Meaning)>,
    /// Names that the template gives a value anywhere.
    assigned: HashSet<Arc<str>>,
    /// How many loops are around the place.
    loops: usize,
    /// What an `if` around the place has made sure of; see [`presence`].
    present: Vec<String>,
    /// What is known of each output, by where it is.
    looks: HashMap<usize, Look>,
}

/// What is known about a value.
#[derive(Clone, Debug, Default)]
struct Meaning {
    kind: Kind,
    look: Look,
    /// The attribute that may be missing here, and the value with it.
    missing: Option<String>,
}

impl Meaning {
    fn of(kind: Kind) -> Self {
        Self { kind, look: Look::Any, missing: None }
    }
}

impl<'t> Checker<'t> {
    fn new(template: &'t Template, schema: Option<&'t AttributeSchema>) -> Self {
        let mut assigned = HashSet::new();
        collect_assigned(template.body(), &mut assigned);
        Self {
            source: template.source(),
            schema,
            found: Vec::new(),
            reads: BTreeSet::new(),
            locals: Vec::new(),
            assigned,
            loops: 0,
            present: Vec::new(),
            looks: HashMap::new(),
        }
    }

    fn find(&mut self, code: DiagnosticCode, span: &Span, message: String) -> &mut Diagnostic {
        self.found.push(Diagnostic::new(code, span.clone(), message));
        self.found.last_mut().expect("it was just pushed")
    }

    fn written(&self, span: &Span) -> &'t str {
        &self.source[span.clone()]
    }

    fn body(&mut self, body: &Body) {
        for node in &body.nodes {
            if self.schema.is_some() && FINDINGS_MAX <= self.found.len() {
                return;
            }
            match node {
                Node::Text(_) | Node::Raw(_) | Node::Break | Node::Continue => {}
                Node::Output(pipeline) => self.printed(pipeline),
                Node::Assign { name, value } => {
                    let meaning = self.pipeline(value);
                    // What an `if` made sure of was another value of this name.
                    self.present.iter_mut().filter(|sure| **sure == *name.text).for_each(String::clear);
                    self.locals.push((Arc::clone(&name.text), meaning));
                }
                Node::Capture { name, body } => {
                    self.body(body);
                    self.locals.push((Arc::clone(&name.text), Meaning { look: Look::Markup, ..Meaning::default() }));
                }
                Node::If(choice) => self.choice(choice),
                Node::Case(case) => self.case(case),
                Node::For(repeated) => self.repeated(repeated),
            }
        }
    }

    /// What stands in a body that may not be rendered; the names it surely gives a value, and their looks.
    fn branch(&mut self, body: &Body) -> HashMap<Arc<str>, Look> {
        let depth = self.locals.len();
        self.body(body);
        let given = self.locals.drain(depth..).map(|(name, meaning)| (name, meaning.look)).collect();
        self.forget_looks(body);
        given
    }

    fn choice(&mut self, choice: &If) {
        let depth = self.present.len();
        let mut given: Option<HashMap<Arc<str>, Look>> = None;
        let mut keep = |names: HashMap<Arc<str>, Look>| {
            given = Some(match given.take() {
                None => names,
                Some(mut given) => {
                    given.retain(|name, _| names.contains_key(name));
                    for (name, look) in &mut given {
                        *look = looks::either(*look, names[name]);
                    }
                    given
                }
            });
        };
        for branch in &choice.branches {
            self.condition(&branch.condition);
            let before = self.present.len();
            self.present.extend(implied(&branch.condition, !branch.is_negated));
            keep(self.branch(&branch.body));
            self.present.truncate(before);
            // What comes behind is reached only when this did not hold.
            self.present.extend(implied(&branch.condition, branch.is_negated));
        }
        if let Some(otherwise) = &choice.otherwise {
            keep(self.branch(otherwise));
            // One of the branches was rendered, and each gives these names a value.
            let meaning = |(name, look)| (name, Meaning { look, ..Meaning::default() });
            self.locals.extend(given.into_iter().flatten().map(meaning));
        }
        self.present.truncate(depth);
    }

    fn case(&mut self, case: &Case) {
        let subject = self.expression(&case.subject);
        for arm in &case.arms {
            for value in arm.values.iter().flatten() {
                let kind = self.operand(value).kind;
                self.check_equality(subject.kind, kind, &value.span);
            }
            self.branch(&arm.body);
        }
    }

    fn repeated(&mut self, repeated: &For) {
        let collection = self.expression(&repeated.collection);
        if let Kind::One(scalar) = collection.kind {
            let name = self.written(&repeated.collection.span);
            let message = format!("A loop runs over a list; `{name}` is {scalar}");
            self.find(DiagnosticCode::WrongType, &repeated.collection.span, message);
        }
        for expression in repeated.limit.iter().chain(repeated.offset.iter().filter_map(Offset::expression)) {
            self.expression(expression);
        }
        let depth = self.locals.len();
        self.forget_looks(&repeated.body);
        let item = Meaning { look: collection.look, ..Meaning::of(collection.kind.item()) };
        self.locals.push((Arc::clone(&repeated.variable.text), item));
        self.loops += 1;
        self.body(&repeated.body);
        self.loops -= 1;
        self.locals.truncate(depth);
        if let Some(otherwise) = &repeated.otherwise {
            self.branch(otherwise);
        }
    }
}

/// Every name that a body gives a value with `assign` or `capture`.
fn collect_assigned(body: &Body, names: &mut HashSet<Arc<str>>) {
    for node in &body.nodes {
        match node {
            Node::Text(_) | Node::Raw(_) | Node::Output(_) | Node::Break | Node::Continue => {}
            Node::Assign { name, .. } => {
                names.insert(Arc::clone(&name.text));
            }
            Node::Capture { name, body } => {
                names.insert(Arc::clone(&name.text));
                collect_assigned(body, names);
            }
            Node::If(choice) => {
                let bodies = choice.branches.iter().map(|branch| &branch.body).chain(&choice.otherwise);
                bodies.for_each(|body| collect_assigned(body, names));
            }
            Node::Case(case) => case.arms.iter().for_each(|arm| collect_assigned(&arm.body, names)),
            Node::For(repeated) => {
                collect_assigned(&repeated.body, names);
                repeated.otherwise.iter().for_each(|body| collect_assigned(body, names));
            }
        }
    }
}

#[cfg(test)]
mod tests;
