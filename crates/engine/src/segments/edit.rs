//! Creating, editing and deleting segments. Their members are the follower's work: it sees a revision
//! that was not evaluated yet and writes the whole difference.

use attrium_schema::SegmentId;
use attrium_segmentation::Rule;
use attrium_storage::{Tx, segments};
use serde_json::{Value as Json, json};

use crate::audience;
use crate::conflicts::{expect_revision, taken_key};
use crate::cx::Cx;
use crate::error::{Error, ProblemCode};
use crate::idempotency::{Request, write};
use crate::names::{NAME_CHARS_MAX, check_description, check_name};
use crate::nouns::Segment;
use crate::object_key;
use crate::problems::Problems;
use crate::rights::Right;

/// A rule as someone gives it. GraphQL's `json` and `tree` both come as `Json`: a document or a bare node.
#[derive(Clone, Debug, PartialEq)]
pub enum RuleInput {
    /// As text.
    Text(String),
    /// As canonical JSON.
    Json(Json),
}

/// What someone wants a segment to be.
#[derive(Clone, Debug, PartialEq)]
pub struct SegmentDraft {
    /// Its key; made from the name when absent.
    pub key: Option<String>,
    /// Its name: 1 to 80 characters once trimmed.
    pub name: String,
    /// Its description; may be empty.
    pub description: String,
    /// Its rule.
    pub rule: RuleInput,
}

/// An edit of a segment. What is `None` stays as it is. The key never changes.
#[derive(Clone, Debug, PartialEq)]
pub struct SegmentEdit {
    /// Which.
    pub id: SegmentId,
    /// The revision the edit was made from; `None` edits whatever stands.
    pub expected_revision: Option<u32>,
    /// The name.
    pub name: Option<String>,
    /// The description.
    pub description: Option<String>,
    /// The rule.
    pub rule: Option<RuleInput>,
}

impl RuleInput {
    fn body(&self) -> Json {
        match self {
            Self::Text(text) => json!({ "text": text }),
            Self::Json(json) => json!({ "json": json }),
        }
    }
}

/// A draft that was checked.
struct CheckedDraft {
    id: SegmentId,
    key: Option<String>,
    name: String,
    description: String,
    rule: Rule,
}

/// An edit that was checked.
struct CheckedEdit {
    id: SegmentId,
    expected_revision: Option<u32>,
    name: Option<String>,
    description: Option<String>,
    rule: Option<Rule>,
}

/// Creates a segment; its members follow within moments.
///
/// # Errors
/// [`Error::Denied`], or [`Error::Invalid`] with every problem found; a taken key is one.
pub async fn create(cx: &Cx, draft: SegmentDraft, idempotency_key: Option<String>) -> Result<Segment, Error> {
    cx.require(Right::EditSegments)?;
    let body = json!([draft.key, draft.name, draft.description, draft.rule.body()]);
    let mut problems = Problems::default();
    let key = draft.key.as_deref().and_then(|key| problems.keep(object_key::check(key)));
    let name = problems.keep(check_name(&draft.name, NAME_CHARS_MAX));
    let description = problems.keep(check_description(&draft.description));
    let rule = problems.gather(check_rule(cx, &draft.rule).await)?;
    let ((name, description), rule) = problems.or_parts(name.zip(description).zip(rule))?;
    let input = CheckedDraft { id: cx.ids.segment(), key, name, description, rule };
    let request = Request { key: idempotency_key, operation: "create_segment", body, input };
    let made = write(cx, request, |cx, tx, draft| Box::pin(insert(cx, tx, draft))).await?;
    cx.ring();
    Ok(made)
}

async fn insert(cx: &Cx, tx: &Tx, draft: &CheckedDraft) -> Result<Segment, Error> {
    let segments_max = cx.engine.limits().segments_max;
    if segments_max as u64 <= segments::count(tx.db(), cx.workspace).await? {
        let message = format!("A workspace has at most {segments_max} segments.");
        return Err(Error::problem(ProblemCode::TooMany, &[], message));
    }
    let key = match &draft.key {
        Some(key) => key.clone(),
        None => object_key::free(&draft.name, "segment", &segments::headings(tx.db(), cx.workspace).await?),
    };
    let segment = Segment {
        id: draft.id,
        key,
        name: draft.name.clone(),
        description: draft.description.clone(),
        rule: draft.rule.clone(),
        revision: 1,
        evaluated_revision: 0,
        created_at: cx.now,
        updated_at: cx.now,
    };
    segments::insert(tx, cx.workspace, &segment).await.map_err(|error| taken_key(error, &segment.key))?;
    Ok(segment)
}

/// Edits a segment; who comes and goes by a new rule follows within moments.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`], [`Error::Conflict`] on another revision, [`Error::Invalid`].
pub async fn update(cx: &Cx, edit: SegmentEdit, idempotency_key: Option<String>) -> Result<Segment, Error> {
    cx.require(Right::EditSegments)?;
    let rule = edit.rule.as_ref().map(RuleInput::body);
    let body = json!([edit.id, edit.expected_revision, edit.name, edit.description, rule]);
    let mut problems = Problems::default();
    let name = edit.name.as_deref().and_then(|name| problems.keep(check_name(name, NAME_CHARS_MAX)));
    let description = edit.description.as_deref().and_then(|text| problems.keep(check_description(text)));
    let rule = match &edit.rule {
        Some(rule) => problems.gather(check_rule(cx, rule).await)?,
        None => None,
    };
    problems.refuse()?;
    let input = CheckedEdit { id: edit.id, expected_revision: edit.expected_revision, name, description, rule };
    let request = Request { key: idempotency_key, operation: "update_segment", body, input };
    let edited = write(cx, request, |cx, tx, edit| Box::pin(replace(cx, tx, edit))).await?;
    cx.ring();
    Ok(edited)
}

async fn replace(cx: &Cx, tx: &Tx, edit: &CheckedEdit) -> Result<Segment, Error> {
    let standing = segments::find(tx.db(), cx.workspace, edit.id).await?;
    let standing = standing.ok_or(Error::NotFound { noun: "segment" })?;
    expect_revision("segment", edit.expected_revision, standing.revision)?;
    let edited = Segment {
        name: edit.name.clone().unwrap_or(standing.name),
        description: edit.description.clone().unwrap_or(standing.description),
        rule: edit.rule.clone().unwrap_or(standing.rule),
        revision: standing.revision + 1,
        updated_at: cx.now,
        ..standing
    };
    segments::update(tx, cx.workspace, &edited).await?;
    Ok(edited)
}

/// Deletes a segment with its memberships and transitions; answers its id.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`].
pub async fn delete(cx: &Cx, id: SegmentId, idempotency_key: Option<String>) -> Result<SegmentId, Error> {
    cx.require(Right::EditSegments)?;
    let request = Request { key: idempotency_key, operation: "delete_segment", body: json!(id), input: id };
    let deleted = write(cx, request, |cx, tx, id| Box::pin(remove(cx, tx, *id))).await?;
    cx.ring();
    Ok(deleted)
}

async fn remove(cx: &Cx, tx: &Tx, id: SegmentId) -> Result<SegmentId, Error> {
    let was_there = segments::delete(tx, cx.workspace, id).await?;
    if was_there { Ok(id) } else { Err(Error::NotFound { noun: "segment" }) }
}

async fn check_rule(cx: &Cx, input: &RuleInput) -> Result<Rule, Error> {
    audience::compiled(cx, input, &["rule"]).await.map(|(rule, _)| rule)
}
