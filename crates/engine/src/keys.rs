//! API keys: what programs sign in with, bound to one workspace and to what it may do there.

use attrium_schema::ApiKeyId;
use attrium_storage::{LIST_MAX, api_keys};
use secrecy::SecretString;

use crate::cx::Cx;
use crate::error::{Error, ProblemCode};
use crate::key_text::FreshKey;
use crate::names::{NAME_CHARS_MAX, check_name};
use crate::nouns::ApiKey;
use crate::rights::{Right, Rights};

/// Makes a key; its text is answered here and never again.
///
/// # Errors
/// [`Error::Denied`] without the right, or with scopes the caller lacks; [`Error::Invalid`].
pub async fn create(cx: &Cx, name: &str, scopes: Rights) -> Result<(ApiKey, SecretString), Error> {
    cx.require(Right::ManageKeys)?;
    // Nobody hands out what they do not have.
    for scope in scopes.iter() {
        cx.require(scope)?;
    }
    let name = check_name(name, NAME_CHARS_MAX).map_err(|problem| Error::Invalid(vec![problem]))?;
    if scopes == Rights::NONE {
        return Err(Error::problem(ProblemCode::Invalid, &["scopes"], "A key needs at least one scope."));
    }
    let fresh = FreshKey::make(&cx.ids);
    let key = ApiKey {
        id: cx.ids.api_key(),
        workspace: cx.workspace,
        name,
        prefix: fresh.public,
        secret_hash: fresh.secret_hash,
        scopes: scopes.iter().map(|scope| scope.name().to_owned()).collect(),
        created_by: cx.actor(),
        created_at: cx.now,
        last_used_at: None,
        revoked_at: None,
    };
    insert(cx, key.clone()).await?;
    Ok((key, fresh.text))
}

async fn insert(cx: &Cx, key: ApiKey) -> Result<(), Error> {
    let (store, workspace, keys_max) = (cx.engine.store().clone(), cx.workspace, cx.engine.limits().api_keys_max);
    cx.engine
        .tasks()
        .unit(async move {
            let tx = store.begin().await?;
            if keys_max as u64 <= api_keys::count(tx.db(), workspace).await? {
                let message = format!("A workspace has at most {keys_max} API keys; revoke one first.");
                return Err(Error::problem(ProblemCode::TooMany, &[], message));
            }
            api_keys::insert(&tx, &key).await?;
            Ok(tx.commit().await?)
        })
        .await
}

/// The keys of the workspace, oldest first, revoked ones included.
///
/// # Errors
/// [`Error::Denied`].
pub async fn list(cx: &Cx) -> Result<Vec<ApiKey>, Error> {
    cx.require(Right::ManageKeys)?;
    Ok(api_keys::page(cx.db(), cx.workspace, attrium_storage::Page::first(LIST_MAX)).await?)
}

/// Revokes a key; from then on it opens nothing, on any node.
///
/// # Errors
/// [`Error::Denied`], or [`Error::NotFound`] when there is no such key or it was revoked before.
pub async fn revoke(cx: &Cx, id: ApiKeyId) -> Result<ApiKey, Error> {
    cx.require(Right::ManageKeys)?;
    let found = api_keys::find(cx.db(), cx.workspace, id).await?;
    let key = found.ok_or(Error::NotFound { noun: "API key" })?;
    let (store, workspace, now) = (cx.engine.store().clone(), cx.workspace, cx.now);
    cx.engine
        .tasks()
        .unit(async move {
            let tx = store.begin().await?;
            if !api_keys::revoke(&tx, workspace, id, now).await? {
                return Err(Error::NotFound { noun: "API key" });
            }
            Ok(tx.commit().await?)
        })
        .await?;
    Ok(ApiKey { revoked_at: Some(now), ..key })
}
