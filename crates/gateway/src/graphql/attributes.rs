//! Attribute definitions: the facts a team keeps about its customers.

mod inputs;

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use attrium_engine::{Error, attributes};
use attrium_schema as schema;

use self::inputs::{CreateAttributeInput, UpdateAttributeInput};
use super::error::ApiResult;
use super::formats::Format;
use super::ids;
use super::loaders::{self, FilledOf, UsersOf};
use super::paging::{self, CountedPages};
use super::problems::{self, Problem};
use super::request::ContextExt as _;
use super::scalars::{DateTime, Json};
use super::segments::Segment;

/// Values listed when `topValues` says no number.
const TOP_VALUES: i32 = 10;

/// The type of a value, or of each item of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "schema::ScalarType")]
pub(super) enum AttributeType {
    /// Unicode text.
    Text,
    /// A whole number of 64 bits.
    Integer,
    /// An exact decimal of up to 28 significant digits.
    Decimal,
    /// True or false.
    Boolean,
    /// A day: `2026-05-01`.
    Date,
    /// An instant in UTC: `2026-05-01T09:30:00Z`.
    Timestamp,
    /// A place: `{"lat": 41.01, "lon": 28.97}`.
    GeoPoint,
}

/// How careful one must be with an attribute's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "schema::PrivacyClass")]
pub(super) enum PrivacyClass {
    /// Says nothing about a person that could harm them.
    Public,
    /// Identifies or describes a person.
    Personal,
    /// Special categories: health, belief, origin, and what else the law names.
    Sensitive,
}

pub(super) struct Attribute(pub(super) Arc<schema::AttributeDefinition>);

/// The definition of one fact that is kept about customers.
#[Object]
impl Attribute {
    /// Its global id: `attr_…`.
    pub(super) async fn id(&self) -> ID {
        ids::global(self.0.id)
    }

    /// The name rules, files and this API know it by. Unique ignoring case; never changes.
    async fn key(&self) -> &str {
        self.0.key.as_str()
    }

    /// What people see.
    async fn label(&self) -> &str {
        &self.0.label
    }

    /// What it means and where it comes from; may be empty.
    async fn description(&self) -> &str {
        &self.0.description
    }

    /// The type of its values. It cannot be edited.
    #[graphql(name = "type")]
    async fn value_type(&self) -> AttributeType {
        self.0.value_type.scalar.into()
    }

    /// Whether it holds a list of such values. A list keeps its order and its duplicates.
    async fn is_list(&self) -> bool {
        self.0.value_type.is_list
    }

    /// The narrower shape of its text; null when any text will do, or when it is not text.
    async fn format(&self) -> Option<Format> {
        self.0.format.clone().map(Format)
    }

    /// How careful one must be with its values.
    async fn privacy_class(&self) -> PrivacyClass {
        self.0.privacy_class.into()
    }

    /// Counts its edits, from 1. Send it as `expectedRevision` to edit only what you have read.
    async fn revision(&self) -> u32 {
        self.0.revision
    }

    /// When it was declared.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// When it was last edited.
    async fn updated_at(&self) -> DateTime {
        DateTime(self.0.updated_at)
    }

    /// How many profiles have a value, exactly; null while the audience index loads.
    async fn filled_count(&self, ctx: &Context<'_>) -> ApiResult<Option<u64>> {
        ctx.loader()?.load_one(FilledOf(self.0.key.clone())).await
    }

    /// The values most profiles have, with their exact counts; of a list, its items. Null while the
    /// audience index loads.
    #[graphql(complexity = "paging::cost(first.or(Some(TOP_VALUES)), child_complexity)")]
    async fn top_values(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 1 to 100; 10 when absent.")] first: Option<i32>,
    ) -> ApiResult<Option<Vec<ValueCount>>> {
        let first = paging::first(first.or(Some(TOP_VALUES)))?;
        let found = loaders::when_loaded(attributes::top_values(ctx.cx()?, &self.0.key, first).await)?;
        Ok(found.map(|counts| counts.into_iter().map(ValueCount).collect()))
    }

    /// The segments whose rule reads this attribute, by key.
    #[graphql(complexity = "paging::cost(first, child_complexity)")]
    async fn used_by(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
    ) -> ApiResult<CountedPages<Segment>> {
        let request = paging::read(first, after.as_deref())?;
        let users = ctx.loader()?.load_one(UsersOf { of: self.0.key.clone(), request }).await?.unwrap_or_default();
        let counted = (after.is_some(), users.total);
        Ok(paging::counted_pages(users.page, counted, |segment| segment.key.clone(), Segment::from))
    }
}

pub(super) struct ValueCount(attributes::ValueCount);

/// One value, and how many profiles have it.
#[Object]
impl ValueCount {
    /// The value. Decimals, and integers beyond 2^53, are strings.
    async fn value(&self) -> Json {
        self.0.value.to_json()
    }

    /// The value as people read it.
    async fn text(&self) -> String {
        self.0.value.to_string()
    }

    /// How many profiles have it.
    async fn count(&self) -> u64 {
        self.0.count
    }
}

/// What came of declaring or editing an attribute.
#[derive(SimpleObject)]
pub(super) struct AttributePayload {
    /// The attribute; null when there are problems.
    attribute: Option<Attribute>,
    /// Why nothing was done; empty on success.
    problems: Vec<Problem>,
}

impl AttributePayload {
    fn from_outcome(outcome: Result<schema::AttributeDefinition, Error>) -> ApiResult<Self> {
        let (attribute, problems) = problems::split(outcome)?;
        Ok(Self { attribute: attribute.map(Attribute::from), problems })
    }
}

impl From<schema::AttributeDefinition> for Attribute {
    fn from(definition: schema::AttributeDefinition) -> Self {
        Self(Arc::new(definition))
    }
}

#[derive(Default)]
pub(super) struct AttributeQueries;

#[expect(clippy::too_many_arguments, reason = "each argument of a GraphQL field is a parameter")]
#[Object]
impl AttributeQueries {
    /// The attribute with this key, in any case; null when there is none.
    async fn attribute(&self, ctx: &Context<'_>, key: String) -> ApiResult<Option<Attribute>> {
        Ok(attributes::find_by_key(ctx.cx()?, &key).await?.map(Attribute::from))
    }

    /// Attribute definitions, by key.
    #[graphql(complexity = "paging::cost(first, child_complexity)")]
    async fn attributes(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        #[graphql(desc = "Only those whose key or label holds this text, in any case.")] search: Option<String>,
    ) -> ApiResult<CountedPages<Attribute>> {
        let (cx, search) = (ctx.cx()?, search.as_deref());
        let request = paging::read(first, after.as_deref())?;
        let page = attributes::page(cx, search, request).await?;
        let total = if paging::wants_total(ctx) { attributes::count(cx, search).await? } else { 0 };
        let key = |definition: &schema::AttributeDefinition| definition.key.clone();
        Ok(paging::counted_pages(page, (after.is_some(), total), key, Attribute::from))
    }
}

#[derive(Default)]
pub(super) struct AttributeMutations;

#[Object]
impl AttributeMutations {
    /// Declares an attribute.
    async fn create_attribute(&self, ctx: &Context<'_>, input: CreateAttributeInput) -> ApiResult<AttributePayload> {
        let (cx, idempotency_key) = (ctx.cx()?, input.idempotency_key.clone());
        let outcome = async { attributes::create(cx, input.into_draft()?, idempotency_key).await };
        AttributePayload::from_outcome(outcome.await)
    }

    /// Edits an attribute's label, description, format and privacy class. What is absent stays as it is;
    /// the key and the type never change.
    async fn update_attribute(&self, ctx: &Context<'_>, input: UpdateAttributeInput) -> ApiResult<AttributePayload> {
        let (cx, idempotency_key) = (ctx.cx()?, input.idempotency_key.clone());
        let outcome = async { attributes::update(cx, input.into_edit()?, idempotency_key).await };
        AttributePayload::from_outcome(outcome.await)
    }
}
