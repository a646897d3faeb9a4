//! Which profiles a list holds, and what its cursors are made of.

use attrium_engine::profiles::{ProfileFilter, ProfilePlace};
use attrium_engine::{Cx, PageRequest, audience};
use attrium_schema as schema;

use crate::graphql::error::{ApiError, ApiResult};
use crate::graphql::paging;
use crate::graphql::rule_input::RuleInput;

/// The profiles that the arguments name.
///
/// # Errors
/// `INVALID` when both are given, or the rule is wrong.
pub(super) async fn filter(cx: &Cx, rule: Option<RuleInput>, search: Option<String>) -> ApiResult<ProfileFilter> {
    match (rule, search.filter(|text| !text.is_empty())) {
        (None, None) => Ok(ProfileFilter::All),
        (None, Some(prefix)) => Ok(ProfileFilter::ExternalIdPrefix(prefix)),
        (Some(rule), None) => Ok(ProfileFilter::Rule(audience::check(cx, &rule.into(), &["rule"]).await?)),
        (Some(_), Some(_)) => Err(ApiError::invalid("Send either `rule` or `search`.")),
    }
}

/// Reads the arguments of a page. A list's cursor holds what the list is ordered by.
///
/// # Errors
/// As [`paging::read`].
pub(super) fn request(
    filter: &ProfileFilter,
    first: Option<i32>,
    after: Option<&str>,
) -> ApiResult<PageRequest<ProfilePlace>> {
    match filter {
        ProfileFilter::All | ProfileFilter::Rule(_) => {
            let request = paging::read(first, after)?;
            Ok(PageRequest::new(request.first(), request.after.map(ProfilePlace::Id)))
        }
        ProfileFilter::ExternalIdPrefix(_) => {
            let request = paging::read(first, after)?;
            Ok(PageRequest::new(request.first(), request.after.map(ProfilePlace::ExternalId)))
        }
    }
}

/// What the cursor of a profile holds.
pub(super) fn place(filter: &ProfileFilter, profile: &schema::Profile) -> String {
    match filter {
        ProfileFilter::All | ProfileFilter::Rule(_) => profile.id.to_string(),
        ProfileFilter::ExternalIdPrefix(_) => profile.external_id().unwrap_or_default().to_owned(),
    }
}
