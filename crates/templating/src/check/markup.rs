//! Follows a template through HTML: whether every value stands where an escaped one can.
//!
//! All branches are followed at once. Each starts where the one before it did, and behind them the template
//! is wherever one of them ended; what is printed is judged by the most dangerous of these places. A loop
//! is followed until it leads nowhere new. What is printed with `raw` is the author's word: it is taken to
//! end in the place where it began, or to finish the name or the value it stands in.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::looks::{is_cut, keeps_markup, keeps_raw};
use super::sources::{Source, Sources, collect_sources};
use crate::diagnostic::Diagnostic;
use crate::html::{Look, Machine, Places, Risk};
use crate::template::Template;
use crate::tree::{Body, Case, Expression, FilterCall, For, If, Node, Pipeline, Span, Term};
use crate::value::Value;

/// Most names that print one another.
const NAMES_MAX: usize = 8;

/// What is wrong with where values stand in the HTML; `looks` says what is known of them, by where they are.
pub(super) fn check(template: &Template, looks: &HashMap<usize, Look>) -> Vec<Diagnostic> {
    let mut sources = HashMap::new();
    collect_sources(template.body(), &mut sources);
    let mut walk = Walk {
        source: template.source(),
        looks,
        sources,
        machine: Machine::new(template.source()),
        leaps: Vec::new(),
        open: Vec::new(),
        outputs: HashMap::new(),
        quiet: 0,
        risks: BTreeMap::new(),
    };
    walk.body(template.body(), Places::text());
    let found = walk.risks.into_values();
    found.map(|(span, risk)| Diagnostic::new(risk.code(), span, risk.message())).collect()
}

/// A name whose markup is being followed.
struct Open {
    name: Arc<str>,
    from: Places,
    /// Whether it prints itself, as it was before.
    is_again: bool,
}

struct Walk<'t> {
    source: &'t str,
    looks: &'t HashMap<usize, Look>,
    sources: Sources<'t>,
    machine: Machine,
    /// Where `break` and `continue` left the loops and captures around the place, the innermost last.
    leaps: Vec<Places>,
    /// The names whose markup is being followed.
    open: Vec<Open>,
    /// The outputs met, by where they are.
    outputs: HashMap<usize, Span>,
    /// Above 0 nothing is told.
    quiet: usize,
    /// By where the output is.
    risks: BTreeMap<usize, (Span, Risk)>,
}

impl<'t> Walk<'t> {
    fn body(&mut self, body: &'t Body, mut places: Places) -> Places {
        for node in &body.nodes {
            if places.is_empty() {
                return places;
            }
            if !self.machine.pay(1) {
                places = Places::lost();
            }
            places = self.node(node, places);
        }
        places
    }

    fn node(&mut self, node: &'t Node, places: Places) -> Places {
        match node {
            Node::Text(span) | Node::Raw(span) => self.literal(&self.source[span.clone()], places),
            Node::Output(pipeline) => self.output(pipeline, &places),
            Node::Assign { .. } => places,
            Node::Capture { body, .. } => {
                self.leaps.push(Places::default());
                self.body(body, Places::text());
                let has_left = self.leaps.pop().is_some_and(|left| !left.is_empty());
                if has_left {
                    self.leap(places.clone());
                }
                places
            }
            Node::If(choice) => self.choice(choice, &places),
            Node::Case(case) => self.case(case, places),
            Node::For(repeated) => self.repeated(repeated, places),
            Node::Break | Node::Continue => {
                self.leap(places);
                Places::default()
            }
        }
    }

    fn leap(&mut self, places: Places) {
        if let Some(left) = self.leaps.last_mut() {
            *left = std::mem::take(left).or(places);
        }
    }

    fn literal(&mut self, text: &str, places: Places) -> Places {
        let mut ended = Vec::new();
        let places = self.machine.literal(places, text, |output| ended.push(output));
        for output in ended {
            let span = self.outputs.get(&output).cloned().unwrap_or(output..output);
            self.tell(&span, Risk::Comment);
        }
        places
    }

    fn tell(&mut self, span: &Span, risk: Risk) {
        if self.quiet == 0 {
            let (_, worst) = self.risks.entry(span.start).or_insert_with(|| (span.clone(), risk));
            *worst = risk.max(*worst);
        }
    }

    fn choice(&mut self, choice: &'t If, places: &Places) -> Places {
        let otherwise = match &choice.otherwise {
            Some(body) => self.body(body, places.clone()),
            None => places.clone(),
        };
        choice.branches.iter().fold(otherwise, |all, branch| all.or(self.body(&branch.body, places.clone())))
    }

    /// Every arm that matches is rendered, so that an arm may follow another.
    fn case(&mut self, case: &'t Case, places: Places) -> Places {
        let mut matched = Places::default();
        let mut unmatched = places;
        for arm in &case.arms {
            match &arm.values {
                None => unmatched = self.body(&arm.body, unmatched),
                Some(values) => {
                    let from = unmatched.clone().or(matched.clone());
                    let behind = match values.len() {
                        1 => self.body(&arm.body, from),
                        _ => self.again_and_again(&arm.body, &from),
                    };
                    matched = matched.or(behind);
                }
            }
        }
        matched.or(unmatched)
    }

    fn repeated(&mut self, repeated: &'t For, places: Places) -> Places {
        let behind = self.again_and_again(&repeated.body, &places);
        let never = match &repeated.otherwise {
            Some(body) => self.body(body, places),
            None => places,
        };
        behind.or(never)
    }

    /// Behind one rendering of a body, or more.
    fn again_and_again(&mut self, body: &'t Body, places: &Places) -> Places {
        let mut behind = Places::default();
        let mut from = places.clone();
        while !from.is_empty() {
            self.leaps.push(Places::default());
            let end = self.body(body, from);
            let end = end.or(self.leaps.pop().unwrap_or_default());
            from = end.without(&behind).without(places);
            behind = behind.or(end);
        }
        behind
    }

    fn output(&mut self, pipeline: &'t Pipeline, places: &Places) -> Places {
        let span = &pipeline.head.span;
        self.outputs.insert(span.start, span.clone());
        let look = self.looks.get(&span.start).copied().unwrap_or_default();
        let is_raw = is_raw(pipeline);
        // What was captured is followed; what it is a part of is judged there.
        let risk = places.risk(if look == Look::Markup { Look::Link } else { look }).filter(|_| !is_raw);
        if let Some(risk) = risk {
            self.tell(span, risk);
        }
        self.quiet += usize::from(is_raw || risk.is_some());
        let markup = self.markup(pipeline, places);
        self.quiet -= usize::from(is_raw || risk.is_some());
        if !is_raw && markup == Some(Places::lost()) {
            self.tell(span, Risk::Lost);
        }
        let value_look = if is_raw { Look::Markup } else { look };
        match markup {
            Some(markup) if look == Look::Markup => markup,
            Some(markup) => markup.or(self.machine.value(places, value_look, span.start)),
            None => self.machine.value(places, value_look, span.start),
        }
    }

    /// Where markup that a pipeline may print leads; `None` when it prints none that is known.
    fn markup(&mut self, pipeline: &'t Pipeline, places: &Places) -> Option<Places> {
        if !pipeline.filters.iter().all(|call| keeps_markup(call.filter)) {
            return None;
        }
        let is_raw = is_raw(pipeline);
        let mut behind = None;
        let arguments = pipeline.filters.iter().flat_map(|call| &call.arguments);
        for expression in [&pipeline.head].into_iter().chain(arguments) {
            let markup = match &expression.term {
                Term::Literal(Value::Text(text)) if is_raw => Some(self.literal(text, places.clone())),
                Term::Path(path) => path.root_name().and_then(|name| self.named(&name.text, places)),
                Term::Literal(_) | Term::Range(_) => None,
            };
            behind = either(behind, markup);
        }
        let is_cut = pipeline.filters.iter().any(|call| is_cut(call.filter));
        // A part of markup is followed only where the whole opens and closes nothing.
        behind.map(|behind| if is_cut && behind != *places { Places::lost() } else { behind })
    }

    /// Where the markup that a name may stand for leads; `None` when it is none.
    fn named(&mut self, name: &Arc<str>, places: &Places) -> Option<Places> {
        let sources = self.sources.get(name)?.clone();
        if let Some(open) = self.open.iter_mut().find(|open| open.name == *name) {
            // It holds what it was before, which is taken to end where it began until the whole of it does.
            open.is_again = true;
            let is_from_there = places.without(&open.from).is_empty();
            return Some(if is_from_there { places.clone() } else { Places::lost() });
        }
        if self.open.len() == NAMES_MAX || self.machine.is_spent() {
            return Some(Places::lost());
        }
        self.open.push(Open { name: Arc::clone(name), from: places.clone(), is_again: false });
        let mut behind = None;
        for source in sources {
            let markup = match source {
                Source::Capture(body) => Some(self.inlined(body, places)),
                Source::Assign(pipeline) => self.markup(pipeline, places),
                Source::Item(Expression { term: Term::Path(path), .. }) => {
                    path.root_name().and_then(|name| self.named(&name.text, places))
                }
                Source::Item(_) => None,
            };
            behind = either(behind, markup);
        }
        let is_again = self.open.pop().is_some_and(|open| open.is_again);
        behind.map(|behind| if is_again && !behind.without(places).is_empty() { Places::lost() } else { behind })
    }

    /// A captured body where it is printed.
    fn inlined(&mut self, body: &'t Body, places: &Places) -> Places {
        self.leaps.push(Places::default());
        let end = self.body(body, places.clone());
        end.or(self.leaps.pop().unwrap_or_default())
    }
}

fn either(one: Option<Places>, other: Option<Places>) -> Option<Places> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.or(other)),
        (one, other) => one.or(other),
    }
}

/// Whether all that may be printed is said by the author to be safe as it is.
fn is_raw(pipeline: &Pipeline) -> bool {
    let stays = |call: &&FilterCall| {
        let is_literal = call.arguments.iter().all(|argument| matches!(argument.term, Term::Literal(_)));
        keeps_raw(call.filter) && is_literal
    };
    pipeline.filters.iter().rev().take_while(stays).any(|call| call.filter.name == "raw")
}
