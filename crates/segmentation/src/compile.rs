//! The type check: a rule against the attribute schema, every problem gathered.

mod other;
mod test;
mod value;

use std::collections::BTreeSet;

use attrium_schema::suggest::{cut, did_you_mean, nearest};
use attrium_schema::{AttributeDefinition, AttributeKey, AttributeSchema, ScalarType, TimeZone, ValueType};

use crate::ast::{Comparison, Condition, DayOperator, LEVELS_MAX, Node, Order, Rule, Zone};
use crate::compiled::{Compiled, CompiledNode, Leaf, LeafZone, Test};
use crate::diagnostic::{Diagnostic, DiagnosticCode, Part, Severity};
use crate::operator::Operator;
use crate::unsupported::Unsupported;

/// The attribute that holds a profile's own zone.
pub const ZONE_ATTRIBUTE: &str = "time_zone";
/// Checking stops gathering after so many problems.
const PROBLEMS_MAX: usize = 100;

/// What a rule may refer to.
#[derive(Clone, Debug)]
pub struct Catalogue<'a> {
    /// The attributes of the workspace.
    pub attributes: &'a AttributeSchema,
}

/// Checks a rule against a catalogue. Warnings of a rule that is right are in [`Compiled::warnings`].
///
/// # Errors
/// Every problem found, each with its node and part; [`crate::Spans::place`] finds them in the text.
pub fn compile(rule: &Rule, catalogue: &Catalogue<'_>) -> Result<Compiled, Vec<Diagnostic>> {
    let mut checker = Checker {
        attributes: catalogue.attributes,
        errors: Vec::new(),
        warnings: Vec::new(),
        reads: BTreeSet::new(),
        present: Vec::new(),
        path: Vec::new(),
        json_path: vec!["rule".to_owned()],
        patterns: 0,
    };
    let root = checker.node(&rule.node);
    match root {
        Some(root) if checker.errors.is_empty() => {
            Ok(Compiled { root, reads: checker.reads, warnings: checker.warnings })
        }
        Some(_) | None => Err(checker.errors),
    }
}

/// Walks the rule and remembers where it is.
struct Checker<'a> {
    attributes: &'a AttributeSchema,
    errors: Vec<Diagnostic>,
    warnings: Vec<Diagnostic>,
    reads: BTreeSet<AttributeKey>,
    /// Attributes that no profile selected here can lack.
    present: Vec<AttributeKey>,
    path: Vec<usize>,
    json_path: Vec<String>,
    /// Globs and regular expressions met so far.
    patterns: usize,
}

impl<'a> Checker<'a> {
    /// The compiled node; `None` when an error was noted.
    fn node(&mut self, node: &Node) -> Option<CompiledNode> {
        if LEVELS_MAX <= self.path.len() {
            self.error(Part::Whole, DiagnosticCode::TooDeep, format!("A rule has at most {LEVELS_MAX} levels"));
            return None;
        }
        match node {
            Node::And(nodes) => {
                let depth = self.present.len();
                self.present.extend(nodes.iter().filter_map(implied_key));
                let compiled = self.children("and", nodes).map(CompiledNode::All);
                self.present.truncate(depth);
                compiled
            }
            Node::Or(nodes) => self.children("or", nodes).map(CompiledNode::Any),
            Node::Not(inner) => {
                let compiled = self.child(0, &["not"], inner);
                if compiled.is_some() {
                    self.warn_of_missing(inner);
                }
                compiled.map(|node| CompiledNode::Not(Box::new(node)))
            }
            Node::Compare(comparison) => self.comparison(comparison).map(CompiledNode::Leaf),
        }
    }

    fn children(&mut self, field: &str, nodes: &[Node]) -> Option<Vec<CompiledNode>> {
        // Every child is checked, so that all problems are told at once.
        let compiled: Vec<Option<CompiledNode>> = nodes
            .iter()
            .enumerate()
            .map(|(place, node)| self.child(place, &[field, &place.to_string()], node))
            .collect();
        compiled.into_iter().collect()
    }

    fn child(&mut self, place: usize, json_path: &[&str], node: &Node) -> Option<CompiledNode> {
        let depth = self.json_path.len();
        self.path.push(place);
        self.json_path.extend(json_path.iter().map(|&part| part.to_owned()));
        let compiled = self.node(node);
        self.json_path.truncate(depth);
        self.path.pop();
        compiled
    }

    fn comparison(&mut self, comparison: &Comparison) -> Option<Leaf> {
        let definition = self.definition(&comparison.attribute, Part::Attribute, None)?;
        let value_type = definition.value_type;
        let is_fit = self.check_operator(definition, &comparison.condition);
        let zone = self.zone(definition, comparison.zone.as_ref());
        let test = if is_fit { self.test(definition, &comparison.condition) } else { None };
        let (test, zone) = (test?, zone?);
        let zone = if needs_zone(&test) { zone } else { LeafZone::Workspace };
        self.reads.insert(definition.key.clone());
        if let LeafZone::Profile(key) = &zone {
            self.reads.insert(key.clone());
        }
        Some(Leaf { key: definition.key.clone(), value_type, test, zone })
    }

    /// The definition of an attribute; `quoted` is what may have been meant as a text instead.
    fn definition(
        &mut self,
        key: &AttributeKey,
        part: Part,
        quoted: Option<String>,
    ) -> Option<&'a AttributeDefinition> {
        if let Some(definition) = self.attributes.find(key.as_str()) {
            return Some(definition);
        }
        let keys = self.attributes.iter().map(|definition| definition.key.as_str());
        let near = nearest(key.as_str(), keys);
        let text = quoted.as_ref().map(|text| format!("; write text in quotes: {text}")).unwrap_or_default();
        let message = format!("No attribute has the key `{key}`{}{text}", did_you_mean(&near));
        self.error(part, DiagnosticCode::UnknownAttribute, message);
        self.suggest(near.into_iter().chain(quoted));
        None
    }

    /// Whether the attribute can be asked so; notes an error otherwise.
    fn check_operator(&mut self, definition: &AttributeDefinition, condition: &Condition) -> bool {
        let (value_type, operator) = (definition.value_type, condition.operator());
        if operator.fits(value_type) {
            return true;
        }
        if value_type.scalar == ScalarType::GeoPoint {
            self.error(Part::Operator, DiagnosticCode::NotSupported, Unsupported::Places.message());
            return false;
        }
        let better = better_operator(operator, value_type);
        let hint = did_you_mean(&better);
        let message = format!(
            "`{}` does not fit `{}`, which is {}{hint}",
            operator.words(),
            definition.key,
            described(value_type)
        );
        self.error(Part::Operator, DiagnosticCode::WrongOperator, message);
        self.suggest(better);
        false
    }

    /// Whose calendar decides; `None` when an error was noted.
    fn zone(&mut self, definition: &AttributeDefinition, zone: Option<&Zone>) -> Option<LeafZone> {
        let Some(zone) = zone else { return Some(LeafZone::Workspace) };
        let ValueType { scalar, is_list } = definition.value_type;
        if is_list || !matches!(scalar, ScalarType::Date | ScalarType::Timestamp) {
            let message = format!(
                "A zone is for dates and timestamps; `{}` is {}",
                definition.key,
                described(definition.value_type)
            );
            self.error(Part::Zone, DiagnosticCode::WrongType, message);
            return None;
        }
        match zone {
            Zone::Profile => Some(self.profile_zone()),
            Zone::Named(name) => self.named_zone(name),
        }
    }

    fn named_zone(&mut self, name: &str) -> Option<LeafZone> {
        if let Ok(zone) = TimeZone::get(name) {
            return Some(LeafZone::Fixed(zone));
        }
        let names: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
        let near = nearest(name, names.iter().map(String::as_str));
        let message = format!("There is no time zone `{}`{}", cut(name), did_you_mean(&near));
        self.error(Part::Zone, DiagnosticCode::UnknownZone, message);
        self.suggest(near.iter().map(|name| quoted(name)));
        None
    }

    fn profile_zone(&mut self) -> LeafZone {
        let text = ValueType::one(ScalarType::Text);
        if let Some(definition) =
            self.attributes.find(ZONE_ATTRIBUTE).filter(|definition| definition.value_type == text)
        {
            return LeafZone::Profile(definition.key.clone());
        }
        let message =
            format!("No text attribute `{ZONE_ATTRIBUTE}` holds the zone of profiles; the workspace's is taken");
        self.warn(Part::Zone, DiagnosticCode::NoZoneAttribute, message);
        LeafZone::Workspace
    }

    /// A negative form selects those without the attribute, too: people forget.
    fn warn_of_missing(&mut self, inner: &Node) {
        let Node::Compare(Comparison { attribute: key, condition, .. }) = inner else { return };
        if matches!(condition, Condition::Exists | Condition::Missing) || self.present.contains(key) {
            return;
        }
        let message = format!("This includes profiles without `{key}`");
        self.warn(Part::Whole, DiagnosticCode::IncludesMissing, message);
    }

    fn error(&mut self, part: Part, code: DiagnosticCode, message: String) {
        if self.errors.len() < PROBLEMS_MAX {
            let found = self.placed(part, Diagnostic::error(code, message));
            self.errors.push(found);
        }
    }

    fn warn(&mut self, part: Part, code: DiagnosticCode, message: String) {
        if self.warnings.len() < PROBLEMS_MAX {
            let found = self.placed(part, Diagnostic::error(code, message));
            self.warnings.push(Diagnostic { severity: Severity::Warning, ..found });
        }
    }

    /// The finding, about a part of the node the checker stands on.
    fn placed(&self, part: Part, found: Diagnostic) -> Diagnostic {
        let json_path = [self.json_path.clone(), part.json_path()].concat();
        Diagnostic { path: self.path.clone(), part, json_path, ..found }
    }

    /// Adds to the last error what may have been meant.
    fn suggest(&mut self, meant: impl IntoIterator<Item = String>) {
        if let Some(last) = self.errors.last_mut() {
            last.suggestions.extend(meant);
        }
    }
}

/// The attribute that every profile selected by this comparison has.
fn implied_key(node: &Node) -> Option<AttributeKey> {
    match node {
        Node::Compare(comparison) if comparison.condition != Condition::Missing => Some(comparison.attribute.clone()),
        Node::Compare(_) | Node::And(_) | Node::Or(_) | Node::Not(_) => None,
    }
}

/// Whether a test's meaning depends on a calendar.
fn needs_zone(test: &Test) -> bool {
    match test {
        Test::Day(_) | Test::Clock(_) | Test::Calendar { .. } | Test::Other(_) => true,
        Test::Exists
        | Test::Missing
        | Test::AnyOf(_)
        | Test::AllOf(_)
        | Test::SetEquals(_)
        | Test::Size(_)
        | Test::Range(_)
        | Test::Text(_) => false,
    }
}

/// Operators, as typed, that ask the same of this type.
fn better_operator(operator: Operator, value_type: ValueType) -> Vec<String> {
    let scalar = value_type.scalar;
    let better = match operator {
        Operator::In if value_type.is_list => "has any",
        Operator::Text(_) if value_type.is_list => "has",
        Operator::Has if scalar == ScalarType::Text => "contains",
        Operator::Has => "=",
        Operator::HasAny => "in",
        Operator::Order(Order::Less) if scalar == ScalarType::Boolean => "=",
        Operator::Day(DayOperator::Before) if scalar.is_number() => "<",
        Operator::Day(DayOperator::After) if scalar.is_number() => ">",
        Operator::Exists
        | Operator::Missing
        | Operator::Order(_)
        | Operator::In
        | Operator::Between
        | Operator::Text(_)
        | Operator::HasAll
        | Operator::Size
        | Operator::Day(_)
        | Operator::Window(_)
        | Operator::AnniversaryInNext
        | Operator::Calendar(_) => return Vec::new(),
    };
    vec![better.to_owned()]
}

/// A type in a sentence: `an integer`, `a list of text`.
fn described(value_type: ValueType) -> String {
    match (value_type.is_list, value_type.scalar) {
        (false, ScalarType::Text) => "text".to_owned(),
        (false, ScalarType::Integer) => "an integer".to_owned(),
        (false, ScalarType::GeoPoint) => "a place".to_owned(),
        (false, ScalarType::Decimal | ScalarType::Boolean | ScalarType::Date | ScalarType::Timestamp) | (true, _) => {
            format!("a {value_type}")
        }
    }
}

/// A text as a rule spells it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests;
