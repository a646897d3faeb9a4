//! Rules as clients send them: as text, as canonical JSON, or as the same tree in GraphQL inputs.
//! All three become text or canonical JSON here; what they mean is decided elsewhere.

use async_graphql::{Enum, InputObject, OneofObject};
use attrium_engine::segments;
use serde_json::{Map, json};

use super::scalars::Json;

/// A rule, in one of its three spellings.
#[derive(Clone, OneofObject)]
pub(super) enum RuleInput {
    /// The text people type: `country in ("TR", "DE") and age >= 18`.
    Text(String),
    /// The canonical JSON document: `{"v": 1, "rule": …}`.
    Json(Json),
    /// The node at the root of the canonical JSON, as inputs.
    Tree(RuleNodeInput),
}

/// One node of a rule: exactly the canonical JSON, field by field. Either one of `and`, `or` and
/// `not`, or `attr` with `op` and what the operator takes.
#[derive(Clone, InputObject)]
pub(super) struct RuleNodeInput {
    /// All of these; an empty list is everyone.
    and: Option<Vec<RuleNodeInput>>,
    /// At least one of these; an empty list is no one.
    or: Option<Vec<RuleNodeInput>>,
    /// The exact complement of this.
    not: Option<Box<RuleNodeInput>>,
    /// The key of the attribute that is compared.
    attr: Option<String>,
    /// The operator: `eq`, `in`, `gte`, `exists`, `has_any`, `in_last`, …
    op: Option<String>,
    /// What the operator compares with; nothing for `exists` and `missing`.
    value: Option<Json>,
    /// The key of another attribute of the same profile, instead of `value`.
    other: Option<String>,
    /// Added to the other attribute.
    offset: Option<SpanInput>,
    /// Whose calendar: `workspace` (when absent), `profile`, or an IANA name.
    zone: Option<String>,
}

/// A length of time.
#[derive(Clone, Copy, InputObject)]
pub(super) struct SpanInput {
    /// How many; negative only as an offset.
    n: i32,
    /// Of what.
    unit: SpanUnit,
}

/// Units of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "attrium_segmentation::SpanUnit")]
pub(super) enum SpanUnit {
    /// Sixty seconds.
    Minutes,
    /// Sixty minutes.
    Hours,
    /// Calendar days of a date; 86,400 seconds of a timestamp.
    Days,
    /// Seven days.
    Weeks,
    /// By calendar.
    Months,
    /// By calendar.
    Years,
}

impl From<RuleInput> for segments::RuleInput {
    fn from(input: RuleInput) -> Self {
        match input {
            RuleInput::Text(text) => Self::Text(text),
            RuleInput::Json(document) => Self::Json(document),
            RuleInput::Tree(node) => Self::Json(json!({ "v": 1, "rule": node.into_json() })),
        }
    }
}

impl RuleNodeInput {
    /// Exactly the fields that were sent, so that a wrong mixture is refused where JSON is read.
    fn into_json(self) -> Json {
        let many = |nodes: Vec<Self>| nodes.into_iter().map(Self::into_json).collect::<Json>();
        let mut node = Map::new();
        let mut put = |name: &str, field: Option<Json>| {
            if let Some(field) = field {
                node.insert(name.to_owned(), field);
            }
        };
        put("and", self.and.map(many));
        put("or", self.or.map(many));
        put("not", self.not.map(|inner| inner.into_json()));
        put("attr", self.attr.map(Json::from));
        put("op", self.op.map(Json::from));
        put("value", self.value);
        put("other", self.other.map(Json::from));
        put("offset", self.offset.map(SpanInput::into_json));
        put("zone", self.zone.map(Json::from));
        Json::Object(node)
    }
}

impl SpanInput {
    fn into_json(self) -> Json {
        let unit = attrium_segmentation::SpanUnit::from(self.unit);
        json!({ "n": self.n, "unit": unit.name() })
    }
}
