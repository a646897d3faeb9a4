//! Profiles: one customer each, with values that know where they came from.

mod inputs;
mod list;

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use attrium_engine::{Error, changes, memberships, profiles};
use attrium_schema as schema;

use self::inputs::SetProfileAttributesInput;
use super::attributes::{Attribute, AttributeType};
use super::changes::Change;
use super::error::{ApiError, ApiResult};
use super::ids;
use super::labels;
use super::loaders::{MembershipCountOf, MembershipsOf};
use super::memberships::{Membership, Transition};
use super::paging::{self, CountedPages, Pages};
use super::problems::{self, Problem};
use super::request::ContextExt as _;
use super::rule_input::RuleInput;
use super::scalars::{DateTime, Int64, Json};

pub(super) struct Profile(pub(super) Arc<schema::Profile>);

/// One customer.
#[expect(clippy::too_many_arguments, reason = "each argument of a GraphQL field is a parameter")]
#[Object]
impl Profile {
    /// Its global id: `prof_…`.
    pub(super) async fn id(&self) -> ID {
        ids::global(self.0.id)
    }

    /// The id your own systems know it by; null when it has none.
    async fn external_id(&self) -> Option<&str> {
        self.0.external_id()
    }

    /// Counts its changes, from 1. Send it as `expectedVersion` to change only what you have read.
    async fn version(&self) -> Int64 {
        Int64(self.0.version)
    }

    /// When it was first recorded.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// When its last change was recorded.
    async fn updated_at(&self) -> DateTime {
        DateTime(self.0.updated_at)
    }

    /// Its values, by key; attributes without a value are left out.
    #[graphql(complexity = "paging::named_cost(keys.as_deref(), child_complexity)")]
    async fn attributes(
        &self,
        #[graphql(desc = "Only these keys, in any case; every key when absent.")] keys: Option<Vec<String>>,
    ) -> Vec<ProfileAttribute> {
        let is_wanted = |key: &schema::AttributeKey| {
            keys.as_ref().is_none_or(|keys| keys.iter().any(|wanted| wanted.eq_ignore_ascii_case(key.as_str())))
        };
        self.0
            .held
            .iter()
            .filter(|(key, _)| is_wanted(key))
            .filter_map(|(key, held)| ProfileAttribute::of(key, held))
            .collect()
    }

    /// Its changes, newest first.
    #[graphql(complexity = "paging::cost(first, child_complexity)")]
    async fn history(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        #[graphql(desc = "Only changes that touched this attribute.")] key: Option<String>,
    ) -> ApiResult<Pages<Change>> {
        let (cx, request) = (ctx.cx()?, paging::read(first, after.as_deref())?);
        let key = key.map(|key| schema::AttributeKey::parse(&key)).transpose();
        let key = key.map_err(|error| ApiError::invalid(format!("`key`: {error}.")))?;
        let page = changes::of_profile(cx, self.0.id, key.as_ref(), request).await?;
        Ok(paging::pages(page, after.is_some(), |change| change.version, Change))
    }

    /// The segments it is in now, by segment id.
    #[graphql(complexity = "paging::cost(first, child_complexity)")]
    async fn memberships(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
    ) -> ApiResult<CountedPages<Membership>> {
        let (loader, request) = (ctx.loader()?, paging::read(first, after.as_deref())?);
        let page = loader.load_one(MembershipsOf { of: self.0.id, request }).await?.unwrap_or_default();
        let total = if paging::wants_total(ctx) { loader.load_one(MembershipCountOf(self.0.id)).await? } else { None };
        let counted = (after.is_some(), total.unwrap_or_default());
        Ok(paging::counted_pages(page, counted, |membership| membership.segment, Membership))
    }

    /// How it entered and left segments, newest first.
    #[graphql(complexity = "paging::cost(first, child_complexity)")]
    async fn transitions(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
    ) -> ApiResult<Pages<Transition>> {
        let request = paging::read(first, after.as_deref())?;
        let page = memberships::transitions_of_profile(ctx.cx()?, self.0.id, request).await?;
        Ok(paging::pages(page, after.is_some(), |transition| transition.sequence, Transition))
    }
}

impl Profile {
    /// The profile that something else refers to.
    ///
    /// # Errors
    /// `NOT_FOUND` when it was deleted in this very moment.
    pub(super) async fn load(ctx: &Context<'_>, id: schema::ProfileId) -> ApiResult<Self> {
        ctx.loader()?.load_one(id).await?.map(Self).ok_or_else(|| ApiError::not_found("profile"))
    }
}

impl From<schema::Profile> for Profile {
    fn from(profile: schema::Profile) -> Self {
        Self(Arc::new(profile))
    }
}

pub(super) struct ProfileAttribute {
    key: schema::AttributeKey,
    value_type: schema::ValueType,
    value: schema::Value,
    occurred_at: schema::Timestamp,
    source: schema::Source,
}

impl ProfileAttribute {
    /// `None` for an attribute that holds no value.
    fn of(key: &schema::AttributeKey, held: &schema::Held) -> Option<Self> {
        let value = held.value.clone()?;
        Some(Self {
            key: key.clone(),
            value_type: value.value_type()?,
            value,
            occurred_at: held.occurred_at,
            source: held.source,
        })
    }
}

/// One value of a profile.
#[Object]
impl ProfileAttribute {
    /// The attribute's key.
    async fn key(&self) -> &str {
        self.key.as_str()
    }

    /// The type of the value, or of each item of a list.
    #[graphql(name = "type")]
    async fn value_type(&self) -> AttributeType {
        self.value_type.scalar.into()
    }

    /// Whether the value is a list.
    async fn is_list(&self) -> bool {
        self.value_type.is_list
    }

    /// The value. Decimals, and integers beyond 2^53, are strings.
    async fn value(&self) -> Json {
        self.value.to_json()
    }

    /// The value as people read it.
    async fn text(&self) -> String {
        self.value.to_string()
    }

    /// Where it came from, for people: `dashboard`, `import bank-full.csv`, `API key crm`.
    async fn source(&self, ctx: &Context<'_>) -> ApiResult<String> {
        labels::source(ctx, self.source).await
    }

    /// The API key or import it came from; null for every other source.
    async fn source_id(&self) -> Option<ID> {
        labels::source_id(self.source)
    }

    /// When it became true.
    async fn occurred_at(&self) -> DateTime {
        DateTime(self.occurred_at)
    }

    /// The attribute's definition; null when it no longer has one.
    async fn definition(&self, ctx: &Context<'_>) -> ApiResult<Option<Attribute>> {
        let definition = ctx.loader()?.load_one(self.key.clone()).await?;
        Ok(definition.map(Attribute))
    }
}

/// What came of altering a profile.
#[derive(SimpleObject)]
pub(super) struct ProfilePayload {
    /// The profile as committed; null when there are problems.
    profile: Option<Profile>,
    /// Why nothing was done; empty on success.
    problems: Vec<Problem>,
}

impl ProfilePayload {
    fn from_outcome(outcome: Result<schema::Profile, Error>) -> ApiResult<Self> {
        let (profile, problems) = problems::split(outcome)?;
        Ok(Self { profile: profile.map(Profile::from), problems })
    }
}

#[derive(Default)]
pub(super) struct ProfileQueries;

#[expect(clippy::too_many_arguments, reason = "each argument of a GraphQL field is a parameter")]
#[Object]
impl ProfileQueries {
    /// The profile with this id or this external id; exactly one of them. Null when there is none.
    async fn profile(
        &self,
        ctx: &Context<'_>,
        id: Option<ID>,
        external_id: Option<String>,
    ) -> ApiResult<Option<Profile>> {
        let cx = ctx.cx()?;
        let found = match (id, external_id) {
            (Some(id), None) => profiles::find(cx, ids::read("id", &id)?).await?,
            (None, Some(external_id)) => profiles::find_by_external_id(cx, &external_id).await?,
            (None, None) | (Some(_), Some(_)) => return Err(ApiError::invalid("Send either `id` or `externalId`.")),
        };
        Ok(found.map(Profile::from))
    }

    /// All profiles by id; or those a rule selects, by id; or those whose external id starts with a
    /// text, by external id.
    #[graphql(complexity = "paging::cost(first, child_complexity)")]
    async fn profiles(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        #[graphql(desc = "Only those this rule selects now. Not together with `search`.")] rule: Option<RuleInput>,
        #[graphql(desc = "Only those whose external id starts so.")] search: Option<String>,
    ) -> ApiResult<CountedPages<Profile>> {
        let cx = ctx.cx()?;
        let filter = list::filter(cx, rule, search).await?;
        let request = list::request(&filter, first, after.as_deref())?;
        let page = profiles::page(cx, &filter, request).await?;
        let total = if paging::wants_total(ctx) { profiles::count(cx, &filter).await? } else { 0 };
        let key = |profile: &schema::Profile| list::place(&filter, profile);
        Ok(paging::counted_pages(page, (after.is_some(), total), key, Profile::from))
    }
}

#[derive(Default)]
pub(super) struct ProfileMutations;

#[Object]
impl ProfileMutations {
    /// Sets attributes of a profile, which is made when its external id is new. All or nothing: one wrong
    /// value, and none is set.
    async fn set_profile_attributes(
        &self,
        ctx: &Context<'_>,
        input: SetProfileAttributesInput,
    ) -> ApiResult<ProfilePayload> {
        let (cx, idempotency_key) = (ctx.cx()?, input.idempotency_key.clone());
        let outcome = async { profiles::set_attributes(cx, input.into_edit()?, idempotency_key).await };
        ProfilePayload::from_outcome(outcome.await)
    }
}
