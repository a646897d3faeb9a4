//! What every request passes on its way in and out: panics are caught, a request gets an id and a
//! place among those in flight, a time to finish, and a line in the metrics.

use std::any::Any;
use std::sync::Arc;
use std::time::Duration;

use attrium_engine::clock::Stopwatch;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use serde_json::json;
use tokio::sync::Semaphore;
use tracing::Instrument as _;

use super::App;

/// The header that names a request in answers, logs and bug reports.
const REQUEST_ID: &str = "x-request-id";
/// Answered even when every place is taken: three tell a balancer what to do, and the last one, which only a test
/// clock serves, waits for work to be done, however long that takes.
const ALWAYS_ADMITTED: [&str; 4] = ["/livez", "/readyz", "/metrics", "/_test/settle"];

/// What a panic becomes. The text goes to the log by the panic hook; the client gets a fixed sentence.
pub(super) fn after_panic(_panic: Box<dyn Any + Send + 'static>) -> Response {
    metrics::counter!("attrium_http_panics_total").increment(1);
    refusal(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL", "Something failed here, not in your request.")
}

/// Opens the request's span, answers with its id, and counts it.
pub(super) async fn observe(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let id = app.request_id();
    let method = known_method(request.method());
    let route = request.extensions().get::<MatchedPath>().map_or("other", MatchedPath::as_str).to_owned();
    let span = tracing::info_span!("request", request.id = %id, http.method = method, http.route = %route);
    let start = Stopwatch::start();
    let mut response = next.run(request).instrument(span.clone()).await;
    let status = response.status();
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    let duration = start.elapsed();
    let labels = [("method", method.to_owned()), ("route", route), ("status", status.as_u16().to_string())];
    metrics::counter!("attrium_http_requests_total", &labels).increment(1);
    metrics::histogram!("attrium_http_request_duration_seconds", &labels[..2]).record(duration);
    let duration_ms = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
    span.in_scope(|| tracing::debug!(http.status = status.as_u16(), duration_ms, "answered"));
    response
}

/// Refuses what does not find a place, and what does not finish in time.
pub(super) async fn admit(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    if ALWAYS_ADMITTED.contains(&request.uri().path()) {
        return next.run(request).await;
    }
    let Ok(_place) = app.places.try_acquire() else {
        metrics::counter!("attrium_http_shed_total").increment(1);
        return busy("Too many requests at once. Try again in a second.");
    };
    metrics::gauge!("attrium_http_in_flight").set(in_flight(&app.places, app.config.http.in_flight_max));
    match tokio::time::timeout(app.config.http.timeout, next.run(request)).await {
        Ok(response) => response,
        Err(_) => busy("The request took too long. What it wrote may have been kept."),
    }
}

#[expect(clippy::cast_precision_loss, reason = "a gauge is a float; the numbers are small")]
fn in_flight(places: &Semaphore, places_max: usize) -> f64 {
    places_max.saturating_sub(places.available_permits()) as f64
}

fn busy(message: &str) -> Response {
    let mut response = refusal(StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE", message);
    response.headers_mut().insert(header::RETRY_AFTER, seconds(Duration::from_secs(1)));
    response
}

pub(super) fn seconds(duration: Duration) -> HeaderValue {
    HeaderValue::from(duration.as_secs().max(1))
}

/// An error in the shape of a GraphQL answer, so that every client can read it.
fn refusal(status: StatusCode, code: &str, message: &str) -> Response {
    let body = json!({ "errors": [{ "message": message, "extensions": { "code": code } }] });
    (status, [(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}

/// Methods a client may invent do not become labels.
fn known_method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
