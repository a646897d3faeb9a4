//! `/_echo`: a receiver of webhooks inside the demo, to see deliveries arrive, and to see what happens when they
//! cannot. Only programs of this machine reach it, and nothing of it outlives the process.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use attrium_schema::Timestamp;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::{get, put};
use axum::{Json, extract};
use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::client::Client;
use super::{App, security};

/// Where deliveries go.
pub(crate) const PATH: &str = "/_echo";
/// Deliveries that are remembered; older ones are forgotten.
const KEPT_MAX: usize = 100;
/// Bytes of a delivery that are remembered.
const BODY_BYTES_MAX: usize = 64 << 10;

const PAGE: &str = include_str!("echo.html");

/// What the receiver was sent, and how it answers.
#[derive(Debug)]
pub(crate) struct Echo {
    state: Mutex<Heard>,
}

#[derive(Debug)]
struct Heard {
    /// The status of every answer: 204 while it works.
    status: StatusCode,
    count: u64,
    deliveries: VecDeque<Delivery>,
}

/// One request that came.
#[derive(Clone, Debug, Serialize)]
struct Delivery {
    /// Counts them, from 1.
    number: u64,
    received_at: Timestamp,
    id: String,
    timestamp: String,
    signature: String,
    body: String,
    /// What it was answered.
    status: u16,
}

impl Default for Echo {
    fn default() -> Self {
        let heard = Heard { status: StatusCode::NO_CONTENT, count: 0, deliveries: VecDeque::new() };
        Self { state: Mutex::new(heard) }
    }
}

impl Echo {
    fn heard(&self) -> MutexGuard<'_, Heard> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Remembers a delivery; answers with which status.
    fn hear(&self, received_at: Timestamp, headers: &HeaderMap, body: &[u8]) -> StatusCode {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        let mut heard = self.heard();
        heard.count += 1;
        let delivery = Delivery {
            number: heard.count,
            received_at,
            id: text("webhook-id"),
            timestamp: text("webhook-timestamp"),
            signature: text("webhook-signature"),
            body: String::from_utf8_lossy(&body[..body.len().min(BODY_BYTES_MAX)]).into_owned(),
            status: heard.status.as_u16(),
        };
        heard.deliveries.push_front(delivery);
        heard.deliveries.truncate(KEPT_MAX);
        heard.status
    }
}

/// The receiver's routes.
pub(super) fn router(app: &Arc<App>) -> Router<Arc<App>> {
    Router::new()
        .route(PATH, get(page).post(receive))
        .route("/_echo/deliveries", get(deliveries).delete(forget))
        .route("/_echo/status", put(answer_with))
        .route_layer(from_fn_with_state(Arc::clone(app), for_this_machine))
}

async fn for_this_machine(client: Client, request: Request, next: Next) -> Response {
    if client.is_local { next.run(request).await } else { (StatusCode::NOT_FOUND, "not found\n").into_response() }
}

async fn page(State(app): State<Arc<App>>) -> Response {
    let nonce = app.nonce();
    let headers = [
        (header::CONTENT_SECURITY_POLICY, security::policy_of_page(&nonce)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (headers, Html(PAGE.replace("__CSP_NONCE__", &nonce))).into_response()
}

async fn receive(State(app): State<Arc<App>>, headers: HeaderMap, body: Bytes) -> Response {
    let Some(echo) = &app.echo else { return StatusCode::NOT_FOUND.into_response() };
    let status = echo.hear(app.engine.clock().now(), &headers, &body);
    if status.is_success() { status.into_response() } else { (status, "broken on purpose\n").into_response() }
}

/// What the page shows.
#[derive(Serialize)]
struct Shown {
    status: u16,
    deliveries: VecDeque<Delivery>,
}

async fn deliveries(State(app): State<Arc<App>>) -> Response {
    let Some(echo) = &app.echo else { return StatusCode::NOT_FOUND.into_response() };
    let heard = echo.heard();
    Json(Shown { status: heard.status.as_u16(), deliveries: heard.deliveries.clone() }).into_response()
}

async fn forget(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    alter(&app, &headers, |heard| heard.deliveries.clear())
}

/// How the receiver shall answer.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    status: u16,
}

async fn answer_with(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    extract::Json(Wanted { status }): extract::Json<Wanted>,
) -> Response {
    match StatusCode::from_u16(status) {
        Ok(status) if 200 <= status.as_u16() => alter(&app, &headers, |heard| heard.status = status),
        Ok(_) | Err(_) => (StatusCode::BAD_REQUEST, "a status is a number from 200 to 999\n").into_response(),
    }
}

/// Other sites may not press the page's buttons.
fn alter(app: &App, headers: &HeaderMap, change: impl FnOnce(&mut Heard)) -> Response {
    if security::is_foreign(headers, app.config.public_url.as_deref()) {
        return (StatusCode::FORBIDDEN, "the request comes from another site\n").into_response();
    }
    match &app.echo {
        Some(echo) => {
            change(&mut echo.heard());
            StatusCode::NO_CONTENT.into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
