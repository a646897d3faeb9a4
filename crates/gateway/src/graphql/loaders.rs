//! Batched reads: what many resolvers of one request want to know one by one is read at once. Each kind
//! of key is a batch of its own, and what was read is kept for the rest of the request.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use async_graphql::dataloader::{DataLoader, HashMapCache, Loader};
use attrium_engine::webhooks::{self, Attempt, Backlog, Endpoint};
use attrium_engine::{
    Cx, Membership, Page, PageRequest, Segment, attributes, changes, labels, memberships, profiles, segments,
};
use attrium_schema::{
    Actor, AttributeDefinition, AttributeId, AttributeKey, Change, DeliveryId, EndpointId, Profile, ProfileId,
    SegmentId, Source,
};

use super::error::{ApiError, ApiResult};

/// Every batched read of a request.
pub(super) struct Reads {
    cx: Cx,
}

/// The loader of one request.
pub(super) type RequestLoader = DataLoader<Reads, HashMapCache>;

impl Reads {
    /// A loader for a request by this someone.
    #[expect(clippy::disallowed_methods, reason = "it only reads, and the request it reads for is tracked")]
    pub(super) fn loader(cx: Cx) -> RequestLoader {
        DataLoader::with_cache(Self { cx }, tokio::spawn, HashMapCache::default())
    }
}

/// A page of what one object has many of: `K` tells the object, `P` a place in its list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct PageOf<K, P> {
    /// Whose.
    pub(super) of: K,
    /// Which page.
    pub(super) request: PageRequest<P>,
}

/// The memberships of a profile.
pub(super) type MembershipsOf = PageOf<ProfileId, SegmentId>;

/// How many segments a profile is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct MembershipCountOf(pub(super) ProfileId);

/// The segments whose rule reads an attribute.
pub(super) type UsersOf = PageOf<AttributeKey, String>;

/// The objects of each page that is wanted: of all objects of a list it is the same page, and one read.
fn by_request<K: Clone, P: Clone + Eq + Hash>(keys: &[PageOf<K, P>]) -> HashMap<PageRequest<P>, Vec<K>> {
    let mut objects: HashMap<PageRequest<P>, Vec<K>> = HashMap::new();
    for key in keys {
        objects.entry(key.request.clone()).or_default().push(key.of.clone());
    }
    objects
}

/// What was read of some objects, each under its key.
fn keyed<K, P: Clone, T>(
    of: Vec<K>,
    request: &PageRequest<P>,
    found: Vec<T>,
) -> impl Iterator<Item = (PageOf<K, P>, T)> {
    let key = |of| PageOf { of, request: request.clone() };
    of.into_iter().map(key).zip(found)
}

/// The change of this number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct ChangeOf(pub(super) i64);

/// The attempts of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct AttemptsOf(pub(super) DeliveryId);

/// What an endpoint has still to take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct BacklogOf(pub(super) EndpointId);

/// How many profiles have a value of an attribute.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct FilledOf(pub(super) AttributeKey);

/// How many profiles a segment selects.
#[derive(Clone, Debug)]
pub(super) struct AudienceOf(pub(super) Arc<Segment>);

impl PartialEq for AudienceOf {
    fn eq(&self, other: &Self) -> bool {
        (self.0.id, self.0.revision) == (other.0.id, other.0.revision)
    }
}

impl Eq for AudienceOf {}

impl Hash for AudienceOf {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (self.0.id, self.0.revision).hash(state);
    }
}

impl Loader<AttributeKey> for Reads {
    type Value = Arc<AttributeDefinition>;
    type Error = ApiError;

    async fn load(&self, keys: &[AttributeKey]) -> ApiResult<HashMap<AttributeKey, Self::Value>> {
        let schema = attributes::schema(&self.cx).await?;
        let find = |key: &AttributeKey| Some((key.clone(), schema.find(key.as_str())?.clone()));
        Ok(keys.iter().filter_map(find).collect())
    }
}

impl Loader<AttributeId> for Reads {
    type Value = Arc<AttributeDefinition>;
    type Error = ApiError;

    async fn load(&self, ids: &[AttributeId]) -> ApiResult<HashMap<AttributeId, Self::Value>> {
        let schema = attributes::schema(&self.cx).await?;
        let wanted = schema.iter().filter(|definition| ids.contains(&definition.id));
        Ok(wanted.map(|definition| (definition.id, definition.clone())).collect())
    }
}

impl Loader<SegmentId> for Reads {
    type Value = Arc<Segment>;
    type Error = ApiError;

    async fn load(&self, ids: &[SegmentId]) -> ApiResult<HashMap<SegmentId, Self::Value>> {
        let found = segments::find_many(&self.cx, ids).await?;
        Ok(found.into_iter().map(|segment| (segment.id, Arc::new(segment))).collect())
    }
}

impl Loader<EndpointId> for Reads {
    type Value = Endpoint;
    type Error = ApiError;

    async fn load(&self, ids: &[EndpointId]) -> ApiResult<HashMap<EndpointId, Self::Value>> {
        let found = webhooks::find_many(&self.cx, ids).await?;
        Ok(found.into_iter().map(|endpoint| (endpoint.id, endpoint)).collect())
    }
}

impl Loader<BacklogOf> for Reads {
    type Value = Backlog;
    type Error = ApiError;

    async fn load(&self, keys: &[BacklogOf]) -> ApiResult<HashMap<BacklogOf, Self::Value>> {
        let endpoints: Vec<EndpointId> = keys.iter().map(|key| key.0).collect();
        let found = webhooks::backlogs(&self.cx, &endpoints).await?;
        Ok(found.into_iter().map(|backlog| (BacklogOf(backlog.endpoint), backlog)).collect())
    }
}

impl Loader<AttemptsOf> for Reads {
    type Value = Vec<Attempt>;
    type Error = ApiError;

    async fn load(&self, keys: &[AttemptsOf]) -> ApiResult<HashMap<AttemptsOf, Self::Value>> {
        let deliveries: Vec<DeliveryId> = keys.iter().map(|key| key.0).collect();
        let mut attempts: HashMap<AttemptsOf, Vec<Attempt>> = HashMap::new();
        for attempt in webhooks::attempts_of(&self.cx, &deliveries).await? {
            attempts.entry(AttemptsOf(attempt.delivery)).or_default().push(attempt);
        }
        Ok(attempts)
    }
}

impl Loader<ProfileId> for Reads {
    type Value = Arc<Profile>;
    type Error = ApiError;

    async fn load(&self, ids: &[ProfileId]) -> ApiResult<HashMap<ProfileId, Self::Value>> {
        let found = profiles::find_many(&self.cx, ids).await?;
        Ok(found.into_iter().map(|profile| (profile.id, Arc::new(profile))).collect())
    }
}

impl Loader<ChangeOf> for Reads {
    type Value = Arc<Change>;
    type Error = ApiError;

    async fn load(&self, keys: &[ChangeOf]) -> ApiResult<HashMap<ChangeOf, Self::Value>> {
        let sequences: Vec<i64> = keys.iter().map(|key| key.0).collect();
        let found = changes::find_many(&self.cx, &sequences).await?;
        Ok(found.into_iter().map(|change| (ChangeOf(change.sequence), Arc::new(change))).collect())
    }
}

impl Loader<MembershipsOf> for Reads {
    type Value = Page<Membership>;
    type Error = ApiError;

    async fn load(&self, keys: &[MembershipsOf]) -> ApiResult<HashMap<MembershipsOf, Self::Value>> {
        let mut found = HashMap::new();
        for (request, profiles) in by_request(keys) {
            let pages = memberships::pages_of_profiles(&self.cx, &profiles, &request).await?;
            found.extend(keyed(profiles, &request, pages));
        }
        Ok(found)
    }
}

impl Loader<MembershipCountOf> for Reads {
    type Value = u64;
    type Error = ApiError;

    async fn load(&self, keys: &[MembershipCountOf]) -> ApiResult<HashMap<MembershipCountOf, Self::Value>> {
        let profiles: Vec<ProfileId> = keys.iter().map(|key| key.0).collect();
        let counts = memberships::counts_of_profiles(&self.cx, &profiles).await?;
        Ok(keys.iter().copied().zip(counts).collect())
    }
}

impl Loader<UsersOf> for Reads {
    type Value = attributes::Users;
    type Error = ApiError;

    async fn load(&self, keys: &[UsersOf]) -> ApiResult<HashMap<UsersOf, Self::Value>> {
        let mut found = HashMap::new();
        for (request, attributes) in by_request(keys) {
            let users = attributes::used_by(&self.cx, &attributes, &request).await?;
            found.extend(keyed(attributes, &request, users));
        }
        Ok(found)
    }
}

impl Loader<FilledOf> for Reads {
    type Value = u64;
    type Error = ApiError;

    async fn load(&self, keys: &[FilledOf]) -> ApiResult<HashMap<FilledOf, Self::Value>> {
        let attributes: Vec<AttributeKey> = keys.iter().map(|key| key.0.clone()).collect();
        let counts = when_loaded(attributes::filled_counts(&self.cx, &attributes).await)?;
        Ok(keys.iter().cloned().zip(counts.unwrap_or_default()).collect())
    }
}

impl Loader<AudienceOf> for Reads {
    type Value = u64;
    type Error = ApiError;

    async fn load(&self, keys: &[AudienceOf]) -> ApiResult<HashMap<AudienceOf, Self::Value>> {
        let segments: Vec<Segment> = keys.iter().map(|key| Segment::clone(&key.0)).collect();
        let counts = when_loaded(segments::audience_counts(&self.cx, &segments).await)?;
        Ok(keys.iter().cloned().zip(counts.unwrap_or_default()).collect())
    }
}

impl Loader<Source> for Reads {
    type Value = String;
    type Error = ApiError;

    async fn load(&self, sources: &[Source]) -> ApiResult<HashMap<Source, String>> {
        Ok(labels::of_sources(&self.cx, sources).await?)
    }
}

impl Loader<Actor> for Reads {
    type Value = String;
    type Error = ApiError;

    async fn load(&self, actors: &[Actor]) -> ApiResult<HashMap<Actor, String>> {
        Ok(labels::of_actors(&self.cx, actors).await?)
    }
}

/// `None` while the audience index loads, which is no error of a field that may be null.
///
/// # Errors
/// Every other one.
pub(super) fn when_loaded<T>(counted: Result<T, attrium_engine::Error>) -> ApiResult<Option<T>> {
    match counted {
        Ok(counted) => Ok(Some(counted)),
        Err(attrium_engine::Error::IndexLoading { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
