//! Tries rules on lines of data, with nothing but this crate: what stands behind `attrium rule count`
//! and `attrium rule check`. Text in, answers out; files and the command line are the caller's.
//!
//! A data line is `{"id", "attributes": {…}}`; types are inferred over all lines. A rules line is
//! `{"name", "rule": NODE}` or `{"name", "text": "…"}`; other fields are ignored. Events of a data line
//! are not looked at: no rule that compiles here asks about them.

mod answers;
mod infer;
mod lines;

use std::collections::BTreeMap;

use attrium_schema::{
    AttributeKey, AttributeSchema, Held, Profile, ProfileId, Source, TimeZone, Timestamp, Value, unborn,
};
use serde::Serialize;
use sha2::{Digest, Sha256};

pub use answers::{Answer, check};
pub use lines::{RuleLine, TrialError, TrialProblem, read_rules};

use crate::ast::{Comparison, Condition, Node, Operand, Rule};
use crate::compile::{Catalogue, compile};
use crate::compiled::Compiled;
use crate::diagnostic::Diagnostic;
use crate::evaluate::Moment;
use crate::index::AudienceIndex;

/// Who answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// The audience index.
    Index,
    /// The evaluator of one profile, asked of each.
    Evaluator,
}

/// People read from lines of data.
#[derive(Debug)]
pub struct Trial {
    schema: AttributeSchema,
    people: Vec<Person>,
    index: AudienceIndex,
}

#[derive(Debug)]
struct Person {
    id: String,
    facts: BTreeMap<AttributeKey, Value>,
}

/// How many people a rule selects, and which.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// How many.
    pub count: usize,
    /// The first 16 hexadecimal digits of SHA-256 of their ids, sorted by bytes and joined by newlines.
    pub ids_sha256_16: String,
}

impl Trial {
    /// Reads the people of a data file and finds out the types of their attributes.
    ///
    /// # Errors
    /// [`TrialError`] with the line that does not read.
    pub fn read(data: &str) -> Result<Self, TrialError> {
        let lines = lines::read_data(data)?;
        let schema = infer::schema(&lines)?;
        let people = lines
            .into_iter()
            .map(|line| Ok(Person { facts: infer::facts(&schema, &line)?, id: line.id }))
            .collect::<Result<Vec<_>, TrialError>>()?;
        let mut index = AudienceIndex::new(&schema);
        for (place, person) in people.iter().enumerate() {
            index.put(&profile(id_at(place), &person.facts));
        }
        Ok(Self { schema, people, index })
    }

    /// The attributes that occur, with the types found.
    pub fn schema(&self) -> &AttributeSchema {
        &self.schema
    }

    /// Counts who a rule selects at an instant, in UTC.
    ///
    /// # Errors
    /// Every [`Diagnostic`] of a rule that does not compile. An attribute that occurs in no line is no
    /// error: everyone lacks it.
    pub fn count(&self, rule: &Rule, now: Timestamp, engine: Engine) -> Result<Tally, Vec<Diagnostic>> {
        let compiled = self.compile(rule)?;
        let moment = Moment { now, zone: TimeZone::UTC };
        let mut ids = match engine {
            Engine::Index => self.by_index(&compiled, &moment),
            Engine::Evaluator => self.by_evaluator(&compiled, &moment),
        };
        ids.sort_unstable();
        Ok(Tally { count: ids.len(), ids_sha256_16: fingerprint(&ids) })
    }

    fn compile(&self, rule: &Rule) -> Result<Compiled, Vec<Diagnostic>> {
        let known = Rule { node: self.without_absent(&rule.node) };
        compile(&known, &Catalogue { attributes: &self.schema })
    }

    fn by_index(&self, rule: &Compiled, moment: &Moment) -> Vec<&str> {
        let selection = self.index.select(rule, moment);
        self.index.ids(&selection).into_iter().map(|id| self.people[place_of(id)].id.as_str()).collect()
    }

    fn by_evaluator(&self, rule: &Compiled, moment: &Moment) -> Vec<&str> {
        let selected = self.people.iter().filter(|person| rule.matches(&person.facts, moment));
        selected.map(|person| person.id.as_str()).collect()
    }

    /// The rule with each comparison of an attribute that occurs in no line replaced by its answer.
    fn without_absent(&self, node: &Node) -> Node {
        let all = |nodes: &[Node]| nodes.iter().map(|node| self.without_absent(node)).collect();
        match node {
            Node::And(nodes) => Node::And(all(nodes)),
            Node::Or(nodes) => Node::Or(all(nodes)),
            Node::Not(node) => Node::Not(Box::new(self.without_absent(node))),
            Node::Compare(comparison) if self.reads_absent(comparison) => {
                let is_true = comparison.condition == Condition::Missing;
                if is_true { Node::And(Vec::new()) } else { Node::Or(Vec::new()) }
            }
            Node::Compare(_) => node.clone(),
        }
    }

    fn reads_absent(&self, comparison: &Comparison) -> bool {
        let is_absent = |key: &AttributeKey| self.schema.find(key.as_str()).is_none();
        let condition = &comparison.condition;
        is_absent(&comparison.attribute)
            || matches!(condition, Condition::Compare(_, Operand::Other { attribute, .. }) if is_absent(attribute))
            || matches!(condition, Condition::ContainsOther(attribute) if is_absent(attribute))
    }
}

/// People are numbered in the order of their lines; the index knows them by that number.
fn id_at(place: usize) -> ProfileId {
    ProfileId::from_uuid(uuid::Uuid::from_u128(place as u128))
}

fn place_of(id: ProfileId) -> usize {
    usize::try_from(id.uuid().as_u128()).expect("the id was made from a place in a Vec")
}

fn profile(id: ProfileId, facts: &BTreeMap<AttributeKey, Value>) -> Profile {
    let at = Timestamp::UNIX_EPOCH;
    let held = |value: &Value| Held { value: Some(value.clone()), occurred_at: at, sequence: 1, source: Source::Cli };
    Profile {
        version: 1,
        held: facts.iter().map(|(key, value)| (key.clone(), held(value))).collect(),
        ..unborn(id, Vec::new(), at)
    }
}

/// The first 16 hexadecimal digits of SHA-256 of sorted ids, joined by newlines.
fn fingerprint(ids: &[&str]) -> String {
    let digest = Sha256::digest(ids.join("\n"));
    let first = digest.first_chunk().expect("a SHA-256 has 32 bytes");
    format!("{:016x}", u64::from_be_bytes(*first))
}

#[cfg(test)]
mod tests;
