//! `/graphiql`: a page to try queries on, in development only. One file of ours, because the well-known
//! page of that name loads its scripts from other sites, which our content security policy forbids.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse as _, Response};

use super::{App, security};

const PAGE: &str = include_str!("graphiql.html");

pub(super) async fn page(State(app): State<Arc<App>>) -> Response {
    let nonce = app.nonce();
    let headers = [
        (header::CONTENT_SECURITY_POLICY, security::policy_of_page(&nonce)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (headers, Html(PAGE.replace("__CSP_NONCE__", &nonce))).into_response()
}
