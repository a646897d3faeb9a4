//! Who asks: an API key, a browser session with its CSRF token, or a visitor.

use std::net::IpAddr;

use attrium_engine::{Cx, Error};
use axum::http::{HeaderMap, Method, StatusCode, header};
use serde_json::{Map, Value};

use super::answer::Refused;
use super::{App, security};
use crate::browser::Browser;
use crate::config::Profile;
use crate::graphql::Visit;

/// Names the workspace a user's request is about; a key belongs to one.
const WORKSPACE_HEADER: &str = "x-attrium-workspace";

/// Who asks, and with which browser.
pub(super) struct Identity {
    pub(super) visit: Visit,
    pub(super) browser: Browser,
}

/// Identifies the caller of a GraphQL request. A cookie never speaks for a GET: other sites can make
/// browsers send those.
pub(super) async fn of_request(
    app: &App,
    method: &Method,
    headers: &HeaderMap,
    address: IpAddr,
) -> Result<Identity, Refused> {
    let browser = Browser::of(headers, app.config.profile == Profile::Production);
    let workspace = headers.get(WORKSPACE_HEADER).and_then(|value| value.to_str().ok());
    let cx = match headers.get(header::AUTHORIZATION) {
        Some(authorization) => Some(of_key(app, authorization.to_str().unwrap_or_default()).await?),
        None if method == Method::GET => None,
        None if security::is_foreign(headers, app.config.public_url.as_deref()) => return Err(foreign()),
        None => of_session(app, &browser, browser.has_csrf_token(headers), workspace).await?,
    };
    Ok(Identity { visit: Visit { cx, address }, browser })
}

/// Identifies the caller of a socket by the request that opened it and by its first message, since browsers let
/// pages set no header: `{"authorization": "Bearer …"}`, or `{"csrfToken": …, "workspace": …}` beside a cookie.
pub(super) async fn of_socket(
    app: &App,
    headers: &HeaderMap,
    first: &Map<String, Value>,
) -> Result<(Cx, Browser), Refused> {
    let browser = Browser::of(headers, app.config.profile == Profile::Production);
    let said = |name: &str| first.get(name).and_then(Value::as_str);
    let authorization = headers.get(header::AUTHORIZATION).map(|value| value.to_str().unwrap_or_default());
    let cx = match said("authorization").or(authorization) {
        Some(authorization) => of_key(app, authorization).await?,
        None if security::is_foreign(headers, app.config.public_url.as_deref()) => return Err(foreign()),
        None => {
            let is_proved = browser.is_proved_by(said("csrfToken"));
            of_session(app, &browser, is_proved, said("workspace")).await?.ok_or_else(unauthenticated)?
        }
    };
    Ok((cx, browser))
}

async fn of_key(app: &App, authorization: &str) -> Result<Cx, Refused> {
    let key = bearer(authorization).ok_or_else(unknown_key)?;
    let cx = app.engine.cx_of_key(key).await.map_err(|error| unavailable(&error))?;
    cx.ok_or_else(unknown_key)
}

/// `is_proved` says that the session's CSRF token was sent.
async fn of_session(
    app: &App,
    browser: &Browser,
    is_proved: bool,
    workspace: Option<&str>,
) -> Result<Option<Cx>, Refused> {
    let Some(session) = browser.session() else { return Ok(None) };
    let cx = match app.engine.cx_of_session(session, workspace).await {
        // The caller named it: a fault of theirs, and none to be tried again or logged.
        Err(Error::NotFound { .. }) => {
            return Err(Refused::new(StatusCode::NOT_FOUND, "NOT_FOUND", "There is no such workspace."));
        }
        outcome => outcome.map_err(|error| unavailable(&error))?,
    };
    if cx.is_some() && !is_proved {
        let message = "A session by cookie must send its CSRF token as `X-CSRF-Token`.";
        return Err(Refused::new(StatusCode::FORBIDDEN, "DENIED", message));
    }
    Ok(cx)
}

fn bearer(authorization: &str) -> Option<&str> {
    let (scheme, key) = authorization.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| key.trim())
}

fn foreign() -> Refused {
    Refused::new(StatusCode::FORBIDDEN, "DENIED", "The request comes from another site.")
}

/// Nobody is signed in where somebody must be.
pub(super) fn unauthenticated() -> Refused {
    Refused::new(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", "Sign in, or send an API key as `Bearer …`.")
}

fn unknown_key() -> Refused {
    Refused::new(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", "The API key is unknown or revoked.")
}

/// The cause is logged here, once; the client learns that it may try again.
fn unavailable(error: &Error) -> Refused {
    tracing::error!(error = %crate::causes(error), "could not identify a caller");
    Refused::new(StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE", "Not now. Try again in a moment.")
}
