//! `/_test/clock` and `/_test/settle`: for tests from outside, only under `--test-clock`, on a database
//! made with that flag.

use std::sync::Arc;

use attrium_engine::Clock;
use attrium_schema::Timestamp;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use serde::Deserialize;
use serde_json::json;

use super::App;

const MICROS_PER_SECOND: i64 = 1_000_000;

/// `{"now": "2026-05-01T00:00:00Z"}` or `{"advance_s": 60}`; `{}` asks for the time.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Move {
    now: Option<Timestamp>,
    advance_s: Option<i64>,
}

pub(super) async fn clock(State(app): State<Arc<App>>, body: Bytes) -> Response {
    let clock = app.engine.clock();
    match serde_json::from_slice::<Move>(&body) {
        Ok(wanted) => {
            set(clock, &wanted);
            json_answer(StatusCode::OK, &json!({ "now": clock.now() }))
        }
        Err(error) => json_answer(StatusCode::BAD_REQUEST, &json!({ "error": error.to_string() })),
    }
}

fn set(clock: &Clock, wanted: &Move) {
    if let Some(now) = wanted.now {
        clock.set(now);
    }
    if let Some(seconds) = wanted.advance_s {
        clock.advance_micros(seconds.saturating_mul(MICROS_PER_SECOND));
    }
}

/// Answers when all due work is done.
pub(super) async fn settle(State(app): State<Arc<App>>) -> Response {
    match app.engine.settle().await {
        Ok(()) => json_answer(StatusCode::OK, &json!({ "settled": true })),
        Err(error) => {
            tracing::error!(error = %crate::causes(&error), "could not settle");
            json_answer(StatusCode::SERVICE_UNAVAILABLE, &json!({ "settled": false }))
        }
    }
}

fn json_answer(status: StatusCode, body: &serde_json::Value) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}
