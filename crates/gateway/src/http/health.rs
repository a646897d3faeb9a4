//! `/livez`, `/readyz` and `/metrics`. Liveness asks nothing of the database; readiness asks only it, and tells when
//! Redis is away.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::App;
use super::client::Client;

/// A database that does not answer within this is not there.
const PING_MAX: Duration = Duration::from_secs(2);

pub(super) async fn live() -> &'static str {
    "ok\n"
}

pub(super) async fn ready(State(app): State<Arc<App>>) -> Response {
    if app.lifecycle.is_draining() {
        return (StatusCode::SERVICE_UNAVAILABLE, "draining\n").into_response();
    }
    match tokio::time::timeout(PING_MAX, app.engine.health()).await {
        Ok(health) if health.is_closing => (StatusCode::SERVICE_UNAVAILABLE, "draining\n").into_response(),
        Ok(health) if health.is_database_up && health.is_cache_degraded => {
            "ready, degraded: Redis does not answer\n".into_response()
        }
        Ok(health) if health.is_database_up => "ready\n".into_response(),
        Ok(_) | Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response(),
    }
}

/// [`metrics()`] on the server's own address, which may be open to the world: for programs of this machine, unless
/// metrics have an address of their own.
pub(super) async fn metrics_for_this_machine(State(app): State<Arc<App>>, client: Client) -> Response {
    if client.is_local && app.config.metrics.listen.is_none() {
        return metrics(State(app)).await.into_response();
    }
    let message = "metrics are served on an address of their own, or to this machine alone; see metrics.listen\n";
    (StatusCode::FORBIDDEN, message).into_response()
}

/// Numbers for Prometheus. Labels are routes, methods and statuses: no workspace, no person.
pub(super) async fn metrics(State(app): State<Arc<App>>) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], app.metrics.render())
}
