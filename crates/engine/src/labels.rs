//! What people read where a value says who gave it: `import bank-full.csv`, `API key crm`.

use std::collections::{BTreeSet, HashMap};

use attrium_schema::{Actor, ApiKeyId, ImportId, Source, UserId};
use attrium_storage::{api_keys, imports, users};

use crate::cx::Cx;
use crate::error::Error;
use crate::rights::Right;

/// Labels of sources, for loaders: `dashboard`, `import bank-full.csv`, `API key crm`, `command line`, `Attrium`.
///
/// # Errors
/// [`Error::Denied`].
pub async fn of_sources(cx: &Cx, sources: &[Source]) -> Result<HashMap<Source, String>, Error> {
    cx.require(Right::ReadProfiles)?;
    let keys =
        key_names(cx, sources.iter().filter_map(|source| if let Source::Key(id) = source { Some(*id) } else { None }))
            .await?;
    let imports = import_names(
        cx,
        sources.iter().filter_map(|source| if let Source::Import(id) = source { Some(*id) } else { None }),
    )
    .await?;
    let label = |source: &Source| match source {
        Source::Dashboard => "dashboard".to_owned(),
        Source::Key(id) => labelled("API key", keys.get(id)),
        Source::Import(id) => labelled("import", imports.get(id)),
        Source::Cli => "command line".to_owned(),
        Source::System => "Attrium".to_owned(),
    };
    Ok(sources.iter().map(|source| (*source, label(source))).collect())
}

/// Labels of actors, for loaders: a user's name, `API key crm`, `operator`, `Attrium`.
///
/// # Errors
/// [`Error::Denied`].
pub async fn of_actors(cx: &Cx, actors: &[Actor]) -> Result<HashMap<Actor, String>, Error> {
    cx.require(Right::ReadProfiles)?;
    let keys =
        key_names(cx, actors.iter().filter_map(|actor| if let Actor::Key(id) = actor { Some(*id) } else { None }))
            .await?;
    let users =
        user_names(cx, actors.iter().filter_map(|actor| if let Actor::User(id) = actor { Some(*id) } else { None }))
            .await?;
    let label = |actor: &Actor| match actor {
        Actor::User(id) => users.get(id).cloned().unwrap_or_else(|| "former user".to_owned()),
        Actor::Key(id) => labelled("API key", keys.get(id)),
        Actor::Operator => "operator".to_owned(),
        Actor::System => "Attrium".to_owned(),
    };
    Ok(actors.iter().map(|actor| (*actor, label(actor))).collect())
}

fn labelled(kind: &str, name: Option<&String>) -> String {
    name.map_or_else(|| kind.to_owned(), |name| format!("{kind} {name}"))
}

async fn key_names(cx: &Cx, ids: impl Iterator<Item = ApiKeyId>) -> Result<HashMap<ApiKeyId, String>, Error> {
    let ids: Vec<ApiKeyId> = ids.collect::<BTreeSet<_>>().into_iter().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let found = api_keys::find_many(cx.db(), cx.workspace, &ids).await?;
    Ok(found.into_iter().map(|key| (key.id, key.name)).collect())
}

async fn import_names(cx: &Cx, ids: impl Iterator<Item = ImportId>) -> Result<HashMap<ImportId, String>, Error> {
    let ids: Vec<ImportId> = ids.collect::<BTreeSet<_>>().into_iter().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let found = imports::find_many(cx.db(), cx.workspace, &ids).await?;
    Ok(found.into_iter().map(|import| (import.id, import.name)).collect())
}

async fn user_names(cx: &Cx, ids: impl Iterator<Item = UserId>) -> Result<HashMap<UserId, String>, Error> {
    let ids: Vec<UserId> = ids.collect::<BTreeSet<_>>().into_iter().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let found = users::find_many(cx.db(), &ids).await?;
    Ok(found.into_iter().map(|user| (user.id, user.name)).collect())
}
