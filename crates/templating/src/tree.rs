//! A template as a tree: what the parser makes, and evaluation and checking walk. No deeper than
//! [`crate::Limits::nesting_max`], so that walking and dropping it needs a bounded stack.

use std::ops::Range;
use std::sync::Arc;

use crate::filters::Filter;
use crate::value::Value;

/// Where something stands in the source, in bytes.
pub(crate) type Span = Range<usize>;

/// Nodes one after the other.
#[derive(Debug, Default)]
pub(crate) struct Body {
    pub(crate) nodes: Vec<Node>,
    /// Whether it shows nothing: white space, assignments, blocks that show nothing.
    pub(crate) is_blank: bool,
}

#[derive(Debug)]
pub(crate) enum Node {
    /// Source that stands as it is.
    Text(Span),
    /// `{% raw %}`: source that stands as it is, white space too.
    Raw(Span),
    /// `{{ pipeline }}`
    Output(Pipeline),
    /// `{% assign name = value %}`
    Assign { name: Name, value: Pipeline },
    /// `{% capture name %}body{% endcapture %}`
    Capture { name: Name, body: Body },
    /// `{% if %}` or `{% unless %}`
    If(If),
    /// `{% case subject %}`
    Case(Case),
    /// `{% for %}`
    For(Box<For>),
    /// `{% break %}`
    Break,
    /// `{% continue %}`
    Continue,
}

/// The first branch whose condition holds is rendered, else what stands behind `else`.
#[derive(Debug)]
pub(crate) struct If {
    pub(crate) branches: Vec<Branch>,
    pub(crate) otherwise: Option<Body>,
}

#[derive(Debug)]
pub(crate) struct Branch {
    /// Of `unless`, which holds when its condition does not.
    pub(crate) is_negated: bool,
    pub(crate) condition: Condition,
    pub(crate) body: Body,
}

/// Every arm that matches is rendered, once for each value that does; an `else` when none before it did.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) subject: Expression,
    pub(crate) arms: Vec<Arm>,
}

#[derive(Debug)]
pub(crate) struct Arm {
    /// The values of a `when`; `None` for an `else`.
    pub(crate) values: Option<Vec<Expression>>,
    pub(crate) body: Body,
}

#[derive(Debug)]
pub(crate) struct For {
    pub(crate) variable: Name,
    pub(crate) collection: Expression,
    /// The variable and the collection as written: `item-products`.
    pub(crate) name: Arc<str>,
    pub(crate) limit: Option<Expression>,
    pub(crate) offset: Option<Offset>,
    pub(crate) is_reversed: bool,
    pub(crate) body: Body,
    /// Rendered when there is nothing to loop over.
    pub(crate) otherwise: Option<Body>,
}

#[derive(Debug)]
pub(crate) enum Offset {
    /// `offset: continue`: where the last loop of this name stopped.
    Continue,
    At(Expression),
}

impl Offset {
    pub(crate) const fn expression(&self) -> Option<&Expression> {
        match self {
            Self::Continue => None,
            Self::At(expression) => Some(expression),
        }
    }
}

/// A name that the template gives.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    pub(crate) text: Arc<str>,
    pub(crate) span: Span,
}

/// A value and the filters it goes through.
#[derive(Debug)]
pub(crate) struct Pipeline {
    pub(crate) head: Expression,
    pub(crate) filters: Vec<FilterCall>,
}

#[derive(Debug)]
pub(crate) struct FilterCall {
    pub(crate) filter: &'static Filter,
    pub(crate) arguments: Vec<Expression>,
    /// The named argument of `default`.
    pub(crate) allow_false: Option<Expression>,
    /// Of its name.
    pub(crate) span: Span,
}

/// Comparisons joined by `and` and `or`, which bind from the right: `a and b or c` is `a and (b or c)`.
#[derive(Debug)]
pub(crate) struct Condition {
    pub(crate) first: Comparison,
    pub(crate) rest: Vec<(Joint, Comparison)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Joint {
    And,
    Or,
}

#[derive(Debug)]
pub(crate) struct Comparison {
    pub(crate) left: Expression,
    /// `None` asks whether the left side is truthy.
    pub(crate) test: Option<(Operator, Expression)>,
}

impl Comparison {
    /// All of it.
    pub(crate) fn span(&self) -> Span {
        let end = self.test.as_ref().map_or(self.left.span.end, |(_, right)| right.span.end);
        self.left.span.start..end
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Contains,
}

#[derive(Debug)]
pub(crate) struct Expression {
    pub(crate) term: Term,
    pub(crate) span: Span,
}

#[derive(Debug)]
pub(crate) enum Term {
    Literal(Value),
    Path(Path),
    /// `(first..last)`
    Range(Box<[Expression; 2]>),
}

/// `name.field[index]`
#[derive(Debug)]
pub(crate) struct Path {
    pub(crate) root: Root,
    pub(crate) segments: Vec<Segment>,
}

#[derive(Debug)]
pub(crate) enum Root {
    Name(Name),
    /// `[expression]`: the name is the value of an expression.
    Computed(Box<Expression>),
}

#[derive(Debug)]
pub(crate) enum Segment {
    Field(Name),
    Index(Expression),
}

impl Segment {
    /// The field it names, written with a dot or as a text in brackets.
    pub(crate) fn name(&self) -> Option<Name> {
        match self {
            Self::Field(name) => Some(name.clone()),
            Self::Index(Expression { term: Term::Literal(Value::Text(text)), span }) => {
                Some(Name { text: Arc::clone(text), span: span.clone() })
            }
            Self::Index(_) => None,
        }
    }
}

impl Path {
    /// The name it starts with, unless that is computed.
    pub(crate) fn root_name(&self) -> Option<Name> {
        match &self.root {
            Root::Name(name) => Some(name.clone()),
            Root::Computed(expression) => match &expression.term {
                Term::Literal(Value::Text(text)) => {
                    Some(Name { text: Arc::clone(text), span: expression.span.clone() })
                }
                Term::Literal(_) | Term::Path(_) | Term::Range(_) => None,
            },
        }
    }
}

impl Body {
    /// A body of these nodes.
    pub(crate) fn new(nodes: Vec<Node>, source: &str) -> Self {
        let is_blank = nodes.iter().all(|node| node.is_blank(source));
        Self { nodes, is_blank }
    }

    /// Takes out the white space of a body that shows nothing.
    pub(crate) fn close_up(&mut self) {
        self.nodes.retain(|node| !matches!(node, Node::Text(_)));
    }
}

impl Node {
    fn is_blank(&self, source: &str) -> bool {
        match self {
            Self::Text(span) => source[span.clone()].trim().is_empty(),
            Self::Raw(span) => span.is_empty(),
            Self::Assign { .. } | Self::Capture { .. } => true,
            Self::If(choice) => {
                choice.branches.iter().map(|branch| &branch.body).chain(&choice.otherwise).all(|body| body.is_blank)
            }
            Self::Case(case) => case.arms.iter().all(|arm| arm.body.is_blank),
            Self::For(repeated) => [&repeated.body].into_iter().chain(&repeated.otherwise).all(|body| body.is_blank),
            Self::Output(_) | Self::Break | Self::Continue => false,
        }
    }

    /// The node, without the white space of a block that shows nothing.
    pub(crate) fn closed_up(mut self, source: &str) -> Self {
        if !self.is_blank(source) {
            return self;
        }
        match &mut self {
            Self::If(choice) => {
                choice
                    .branches
                    .iter_mut()
                    .map(|branch| &mut branch.body)
                    .chain(&mut choice.otherwise)
                    .for_each(Body::close_up);
            }
            Self::Case(case) => case.arms.iter_mut().for_each(|arm| arm.body.close_up()),
            Self::For(repeated) => {
                [&mut repeated.body].into_iter().chain(&mut repeated.otherwise).for_each(Body::close_up);
            }
            Self::Text(_)
            | Self::Raw(_)
            | Self::Output(_)
            | Self::Assign { .. }
            | Self::Capture { .. }
            | Self::Break
            | Self::Continue => {}
        }
        self
    }
}
