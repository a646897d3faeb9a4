//! Search: one text, and everything it may mean.
//!
//! Profiles are found by their identifiers alone, each look-up a walk along an index. Everything else is few enough
//! that its keys and names are read and compared here, so that both databases find the same; see `fit`.

mod fit;

pub use fit::Fit;
pub(crate) use fit::holds;

use attrium_schema::{AttributeDefinition, Identifier, IdentifierKind, Profile, ProfileId, SegmentId, TemplateId};
use attrium_storage::identifiers::{self, IdentifierSearch};
use attrium_storage::{Heading, LIST_MAX, Page, endpoints, profiles, segments, templates};

use self::fit::Wanted;
use crate::attributes;
use crate::cx::Cx;
use crate::error::{Error, ProblemCode};
use crate::nouns::{Endpoint, Segment, Template};
use crate::rights::Right;

/// Something a text was found in.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// How well the text fits it.
    pub fit: Fit,
    /// What was found.
    pub found: Found,
}

/// What can be found. The order is that of hits that fit alike.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// By key and label.
    Attribute(AttributeDefinition),
    /// By key and name.
    Segment(Segment),
    /// By key and name.
    Template(Template),
    /// By name.
    Endpoint(Endpoint),
    /// By external id.
    Profile(Profile),
}

/// What of all that the caller may see fits a text, best first: at most `first` hits. Everything is found by its
/// global id, too. A text of nothing but blanks finds nothing.
///
/// # Errors
/// [`Error::Invalid`] when the text is too long.
pub async fn search(cx: &Cx, text: &str, first: usize) -> Result<Vec<Hit>, Error> {
    let bytes_max = cx.engine.limits().search_text_bytes_max;
    if bytes_max < text.len() {
        let message = format!("A text to search for has at most {bytes_max} bytes.");
        return Err(Error::problem(ProblemCode::Invalid, &["text"], message));
    }
    let Some(wanted) = Wanted::new(text, first) else {
        return Ok(Vec::new());
    };
    let mut hits = of_attributes(cx, &wanted).await?;
    hits.extend(of_segments(cx, &wanted).await?);
    hits.extend(of_templates(cx, &wanted).await?);
    hits.extend(of_endpoints(cx, &wanted).await?);
    hits.extend(of_profiles(cx, &wanted).await?);
    // Stable: among those that fit alike, kinds and then names keep their order.
    hits.sort_by_key(|hit| hit.fit);
    hits.truncate(first);
    Ok(hits)
}

async fn of_attributes(cx: &Cx, wanted: &Wanted<'_>) -> Result<Vec<Hit>, Error> {
    if !cx.rights.has(Right::ReadAttributes) {
        return Ok(Vec::new());
    }
    let schema = attributes::schema_of(cx).await?;
    let fitting = wanted.best(schema.iter(), |found| wanted.fit(&found.id, [found.key.as_str(), &found.label]));
    let found = |found| Found::Attribute(AttributeDefinition::clone(found));
    Ok(fitting.into_iter().map(|(fit, definition)| Hit { fit, found: found(definition) }).collect())
}

async fn of_segments(cx: &Cx, wanted: &Wanted<'_>) -> Result<Vec<Hit>, Error> {
    if !cx.rights.has(Right::ReadSegments) {
        return Ok(Vec::new());
    }
    let headings = segments::headings(cx.db(), cx.workspace).await?;
    let fitting =
        wanted.best(headings, |heading: &Heading<SegmentId>| wanted.fit(&heading.id, [&heading.key, &heading.name]));
    let ids: Vec<SegmentId> = fitting.iter().map(|(_, heading)| heading.id).collect();
    let found = segments::find_many(cx.db(), cx.workspace, &ids).await?;
    Ok(in_order(fitting, found, |heading, segment| heading.id == segment.id, Found::Segment))
}

async fn of_templates(cx: &Cx, wanted: &Wanted<'_>) -> Result<Vec<Hit>, Error> {
    if !cx.rights.has(Right::ReadTemplates) {
        return Ok(Vec::new());
    }
    let headings = templates::headings(cx.db(), cx.workspace).await?;
    let fitting =
        wanted.best(headings, |heading: &Heading<TemplateId>| wanted.fit(&heading.id, [&heading.key, &heading.name]));
    let ids: Vec<TemplateId> = fitting.iter().map(|(_, heading)| heading.id).collect();
    let found = templates::find_many(cx.db(), cx.workspace, &ids).await?;
    Ok(in_order(fitting, found, |heading, template| heading.id == template.id, Found::Template))
}

async fn of_endpoints(cx: &Cx, wanted: &Wanted<'_>) -> Result<Vec<Hit>, Error> {
    if !cx.rights.has(Right::ReadEndpoints) {
        return Ok(Vec::new());
    }
    let all = endpoints::page(cx.db(), cx.workspace, Page::first(LIST_MAX)).await?;
    let fitting = wanted.best(all, |endpoint: &Endpoint| wanted.fit(&endpoint.id, [&endpoint.name]));
    Ok(fitting.into_iter().map(|(fit, endpoint)| Hit { fit, found: Found::Endpoint(endpoint) }).collect())
}

/// An external id is compared as it is written: every letter counts. The one that is the text itself sorts before all
/// that begin with it.
async fn of_profiles(cx: &Cx, wanted: &Wanted<'_>) -> Result<Vec<Hit>, Error> {
    if !cx.rights.has(Right::ReadProfiles) {
        return Ok(Vec::new());
    }
    let fitting: Vec<(Fit, ProfileId)> = if let Ok(id) = wanted.text().parse() {
        vec![(Fit::Exact, id)]
    } else if let Ok(external_id) = Identifier::external_id(wanted.text()) {
        let search = IdentifierSearch { kind: IdentifierKind::ExternalId, prefix: external_id.value() };
        let found = identifiers::page(cx.db(), cx.workspace, search, Page::first(wanted.first())).await?;
        let fit = |found: &Identifier| if *found == external_id { Fit::Exact } else { Fit::Beginning };
        found.into_iter().map(|(identifier, profile)| (fit(&identifier), profile)).collect()
    } else {
        Vec::new()
    };
    let ids: Vec<ProfileId> = fitting.iter().map(|(_, id)| *id).collect();
    let found = profiles::find_many(cx.db(), cx.workspace, &ids).await?;
    Ok(in_order(fitting, found, |id, profile| *id == profile.id, Found::Profile))
}

/// What was read, in the order of what it was read by. What has just been deleted is left out.
fn in_order<A, B>(
    fitting: Vec<(Fit, A)>,
    mut read: Vec<B>,
    is_same: impl Fn(&A, &B) -> bool,
    wrap: impl Fn(B) -> Found,
) -> Vec<Hit> {
    let mut hits = Vec::with_capacity(read.len());
    for (fit, by) in fitting {
        if let Some(place) = read.iter().position(|found| is_same(&by, found)) {
            hits.push(Hit { fit, found: wrap(read.swap_remove(place)) });
        }
    }
    hits
}
