//! Reading canonical JSON: bounded in depth and size, every problem gathered with its place.

use attrium_schema::suggest::{cut, did_you_mean, nearest};
use attrium_schema::{AttributeKey, parse_decimal};
use serde_json::{Map, Value as Json};

use super::VERSION;
use super::condition::shown;
use crate::ast::{Comparison, LEVELS_MAX, NODES_MAX, Node, Rule, Zone};
use crate::diagnostic::{Diagnostic, DiagnosticCode, Part};
use crate::operator::{GEO_OPERATORS, Operator};
use crate::unsupported::Unsupported;

/// Reading stops gathering after so many problems.
const PROBLEMS_MAX: usize = 100;

pub(super) fn document(document: &Json) -> Result<Rule, Vec<Diagnostic>> {
    let mut reader = Reader::default();
    let Json::Object(fields) = document else {
        reader.report(Part::Whole, DiagnosticCode::Shape, r#"A rule is written {"v": 1, "rule": …}"#);
        return Err(reader.found);
    };
    match fields.get("v").map(Json::as_u64) {
        Some(Some(VERSION)) => {}
        Some(_) => reader.report_at("v", "This version reads rules of version 1 only"),
        None => reader.report_at("v", "The version is missing; write \"v\": 1"),
    }
    for field in fields.keys().filter(|field| !["v", "rule"].contains(&field.as_str())) {
        reader.report_at(field, &format!("A rule has no field `{}`", cut(field)));
    }
    let Some(node) = fields.get("rule") else {
        reader.report_at("rule", "The rule itself is missing");
        return Err(reader.found);
    };
    reader.rule(node)
}

pub(super) fn rule(node: &Json) -> Result<Rule, Vec<Diagnostic>> {
    Reader::default().rule(node)
}

/// Walks the JSON and remembers where it is.
#[derive(Default)]
pub(super) struct Reader {
    found: Vec<Diagnostic>,
    nodes: usize,
    path: Vec<usize>,
    json_path: Vec<String>,
}

impl Reader {
    fn rule(mut self, json: &Json) -> Result<Rule, Vec<Diagnostic>> {
        self.json_path.push("rule".to_owned());
        match self.node(json) {
            Some(node) if self.found.is_empty() => Ok(Rule { node }),
            Some(_) | None => Err(self.found),
        }
    }

    fn node(&mut self, json: &Json) -> Option<Node> {
        self.nodes += 1;
        if NODES_MAX < self.nodes {
            if self.nodes == NODES_MAX + 1 {
                let message = format!("A rule has at most {NODES_MAX} nodes");
                self.report(Part::Whole, DiagnosticCode::TooManyNodes, &message);
            }
            return None;
        }
        if LEVELS_MAX <= self.path.len() {
            let message = format!("A rule has at most {LEVELS_MAX} levels");
            self.report(Part::Whole, DiagnosticCode::TooDeep, &message);
            return None;
        }
        let Json::Object(fields) = json else {
            let message = format!("A node of a rule is an object, not {}", shown(json));
            self.report(Part::Whole, DiagnosticCode::Shape, &message);
            return None;
        };
        self.node_of(fields)
    }

    fn node_of(&mut self, fields: &Map<String, Json>) -> Option<Node> {
        if let Some(json) = fields.get("and") {
            self.refuse_other_fields(fields, &["and"]);
            return self.children("and", json).map(Node::And);
        }
        if let Some(json) = fields.get("or") {
            self.refuse_other_fields(fields, &["or"]);
            return self.children("or", json).map(Node::Or);
        }
        if let Some(json) = fields.get("not") {
            self.refuse_other_fields(fields, &["not"]);
            return self.child(0, &["not"], json).map(|node| Node::Not(Box::new(node)));
        }
        if fields.contains_key("attr") {
            return self.comparison(fields).map(Node::Compare);
        }
        match fields.keys().find_map(|field| Unsupported::of_field(field)) {
            Some(unsupported) => {
                self.report(Part::Whole, DiagnosticCode::NotSupported, &unsupported.message());
            }
            None => self.report(
                Part::Whole,
                DiagnosticCode::Shape,
                "A node of a rule has one of the fields `and`, `or`, `not`, `attr`",
            ),
        }
        None
    }

    fn children(&mut self, field: &str, json: &Json) -> Option<Vec<Node>> {
        let Json::Array(items) = json else {
            let message = format!("`{field}` holds a list of nodes, not {}", shown(json));
            self.report(Part::Whole, DiagnosticCode::Shape, &message);
            return None;
        };
        let mut nodes = Vec::new();
        for (place, item) in items.iter().enumerate() {
            if NODES_MAX < self.nodes {
                return None;
            }
            nodes.extend(self.child(place, &[field, &place.to_string()], item));
        }
        (nodes.len() == items.len()).then_some(nodes)
    }

    fn child(&mut self, place: usize, json_path: &[&str], json: &Json) -> Option<Node> {
        let depth = self.json_path.len();
        self.path.push(place);
        self.json_path.extend(json_path.iter().map(|&part| part.to_owned()));
        let node = self.node(json);
        self.json_path.truncate(depth);
        self.path.pop();
        node
    }

    fn comparison(&mut self, fields: &Map<String, Json>) -> Option<Comparison> {
        self.refuse_other_fields(fields, &["attr", "op", "value", "other", "offset", "zone"]);
        let attribute = self.key(fields.get("attr")?, Part::Attribute);
        let zone = fields.get("zone").and_then(|json| self.zone(json));
        let condition = self.operator(fields).and_then(|operator| self.condition(operator, fields));
        Some(Comparison { attribute: attribute?, condition: condition?, zone })
    }

    /// The key of an attribute.
    pub(super) fn key(&mut self, json: &Json, part: Part) -> Option<AttributeKey> {
        let Json::String(text) = json else {
            let message = format!("An attribute is named by its key, not by {}", shown(json));
            self.report(part, DiagnosticCode::Shape, &message);
            return None;
        };
        match AttributeKey::parse(text) {
            Ok(key) => Some(key),
            Err(_) if text.contains('.') => {
                self.report(part, DiagnosticCode::NotSupported, &Unsupported::Objects.message());
                None
            }
            Err(_) => {
                let message = format!("No attribute has the key `{}`", cut(text));
                self.report(part, DiagnosticCode::UnknownAttribute, &message);
                None
            }
        }
    }

    fn operator(&mut self, fields: &Map<String, Json>) -> Option<Operator> {
        let name = match fields.get("op") {
            Some(Json::String(name)) => name.as_str(),
            Some(json) => {
                let message = format!("An operator is named by text, not by {}", shown(json));
                self.report(Part::Operator, DiagnosticCode::Shape, &message);
                return None;
            }
            None => {
                self.report(Part::Operator, DiagnosticCode::Shape, "The operator `op` is missing");
                return None;
            }
        };
        let operator = Operator::from_name(name);
        if operator.is_none() && GEO_OPERATORS.contains(&name) {
            self.report(Part::Operator, DiagnosticCode::NotSupported, &Unsupported::Places.message());
        } else if operator.is_none() {
            let near = nearest(name, Operator::all().map(Operator::name));
            let message = format!("There is no operator `{}`{}", cut(name), did_you_mean(&near));
            self.report(Part::Operator, DiagnosticCode::UnknownOperator, &message);
            self.suggest(near);
        }
        operator
    }

    /// The zone, `None` for the workspace's.
    fn zone(&mut self, json: &Json) -> Option<Zone> {
        let Some(name) = json.as_str() else {
            let message = r#"A zone is "workspace", "profile" or a name such as "Europe/Istanbul""#;
            self.report(Part::Zone, DiagnosticCode::Shape, message);
            return None;
        };
        Zone::named(name)
    }

    fn refuse_other_fields(&mut self, fields: &Map<String, Json>, known: &[&str]) {
        for field in fields.keys().filter(|field| !known.contains(&field.as_str())) {
            let near = nearest(field, known.iter().copied());
            let message = format!("This node has no field `{}`{}", cut(field), did_you_mean(&near));
            self.report_at(field, &message);
            self.suggest(near);
        }
    }

    /// Notes a problem with a part of the node the reader stands on.
    pub(super) fn report(&mut self, part: Part, code: DiagnosticCode, message: &str) {
        if self.found.len() < PROBLEMS_MAX {
            let mut found = Diagnostic::error(code, message.to_owned());
            found.path.clone_from(&self.path);
            found.json_path = [self.json_path.clone(), part.json_path()].concat();
            found.part = part;
            self.found.push(found);
        }
    }

    fn report_at(&mut self, field: &str, message: &str) {
        self.report(Part::Whole, DiagnosticCode::Shape, message);
        if let Some(last) = self.found.last_mut() {
            last.json_path.push(field.to_owned());
        }
    }

    fn suggest(&mut self, suggestions: Vec<String>) {
        if let Some(last) = self.found.last_mut() {
            last.suggestions = suggestions;
        }
    }
}

/// A decimal from the shortest text of a JSON number.
pub(super) fn decimal(number: &serde_json::Number) -> Option<attrium_schema::Decimal> {
    parse_decimal(&number.to_string()).ok()
}
