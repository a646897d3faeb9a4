//! `/graphql/stream`: server-sent events as `graphql-sse` speaks them. A POST that accepts an event stream is
//! answered by one for its operation alone. With a reserved stream, every operation is answered on that one.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::sse::{Event as SentEvent, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use futures_util::StreamExt as _;
use futures_util::stream::{self, Stream};
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::answer::Refused;
use super::super::client::Client;
use super::super::graphql::{read_body, too_long};
use super::super::negotiation::{self, Media};
use super::super::{App, BODY_BYTES_MAX, identity};
use super::operations::{self, Caller, Event};
use super::reservations::Opened;

/// Names a reserved stream.
const TOKEN_HEADER: &str = "x-graphql-event-stream-token";
/// How often a stream shows that it is there, so that nothing on the way takes it for idle.
const BEAT: Duration = Duration::from_secs(15);

/// What the query string may say.
#[derive(Deserialize)]
pub(in crate::http) struct Named {
    token: Option<String>,
    #[serde(rename = "operationId")]
    operation_id: Option<String>,
}

/// A request about streams.
struct Asked {
    caller: Caller,
    token: Option<String>,
}

/// Finds out who asks, as for a POST to `/graphql`: a cookie never speaks without its CSRF token, not even for
/// a GET.
async fn asked(app: &App, client: Client, headers: &HeaderMap, named: &Named) -> Result<Asked, Refused> {
    let identity = identity::of_request(app, &Method::POST, headers, client.address).await?;
    let cx = identity.visit.cx.ok_or_else(identity::unauthenticated)?;
    let in_header = headers.get(TOKEN_HEADER).and_then(|value| value.to_str().ok());
    let token = in_header.or(named.token.as_deref()).map(ToOwned::to_owned);
    Ok(Asked { caller: Caller { cx, browser: identity.browser, address: client.address }, token })
}

impl Asked {
    fn token(&self) -> Result<&str, Refused> {
        self.token.as_deref().ok_or_else(|| Refused::malformed("Name the stream as `X-GraphQL-Event-Stream-Token`."))
    }
}

fn answer(outcome: Result<Response, Refused>) -> Response {
    outcome.unwrap_or_else(|refused| refused.into_response(Media::Json))
}

/// PUT: reserves a stream, and answers its token.
pub(in crate::http) async fn reserve(
    State(app): State<Arc<App>>,
    client: Client,
    headers: HeaderMap,
    Query(named): Query<Named>,
) -> Response {
    let outcome = async {
        let asked = asked(&app, client, &headers, &named).await?;
        let token = app.random_hex::<16>();
        app.live_streams.reserve(token.clone(), asked.caller.cx.actor())?;
        Ok((StatusCode::CREATED, [(header::CACHE_CONTROL, "no-store")], token).into_response())
    };
    answer(outcome.await)
}

/// GET: opens a reserved stream.
pub(in crate::http) async fn open(
    State(app): State<Arc<App>>,
    client: Client,
    headers: HeaderMap,
    Query(named): Query<Named>,
) -> Response {
    let outcome = async {
        let asked = asked(&app, client, &headers, &named).await?;
        let opened = app.live_streams.open(asked.token()?, asked.caller.cx.actor())?;
        let events = stream::unfold(opened, Opened::next);
        let events = events.map(|(id, event)| match event {
            Event::Next(result) => sent("next", format!(r#"{{"id":{},"payload":{result}}}"#, Value::from(id))),
            Event::Refused(errors) => sent("next", json!({ "id": id, "payload": { "errors": errors } }).to_string()),
            Event::Complete => sent("complete", json!({ "id": id }).to_string()),
        });
        Ok(streamed(&app, &asked.caller, events))
    };
    answer(outcome.await)
}

/// POST: runs an operation, on the stream that is named or on one of its own.
pub(in crate::http) async fn post(
    State(app): State<Arc<App>>,
    (client, headers): (Client, HeaderMap),
    Query(named): Query<Named>,
    body: Body,
) -> Response {
    let outcome = async {
        if !negotiation::is_json(&headers) {
            let message = "Send the request as application/json, in UTF-8.";
            return Err(Refused::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "INVALID", message));
        }
        let asked = asked(&app, client, &headers, &named).await?;
        let mut parameters = read_body(body, BODY_BYTES_MAX).await?.ok_or_else(too_long)?;
        if asked.token.is_some() {
            let id = parameters.operation_id.take();
            let id = id.ok_or_else(|| Refused::malformed("Name the operation by `extensions.operationId`."))?;
            let events = operations::start(&app, &asked.caller, parameters)?;
            app.live_streams.run((asked.token()?, asked.caller.cx.actor()), id, events)?;
            return Ok(StatusCode::ACCEPTED.into_response());
        }
        if !negotiation::accepts_events(&headers) {
            let message = "Accept text/event-stream, or name a reserved stream.";
            return Err(Refused::new(StatusCode::NOT_ACCEPTABLE, "INVALID", message));
        }
        let events = operations::start(&app, &asked.caller, parameters)?;
        let events = events.map(|event| match event {
            Event::Next(result) => sent("next", result),
            Event::Refused(errors) => sent("next", json!({ "errors": errors }).to_string()),
            // Empty lines, not none: a browser passes an event without data on to nobody.
            Event::Complete => sent("complete", "\n".to_owned()),
        });
        Ok(streamed(&app, &asked.caller, events))
    };
    answer(outcome.await)
}

/// DELETE: ends an operation of a reserved stream.
pub(in crate::http) async fn stop(
    State(app): State<Arc<App>>,
    client: Client,
    headers: HeaderMap,
    Query(named): Query<Named>,
) -> Response {
    let outcome = async {
        let asked = asked(&app, client, &headers, &named).await?;
        let id = named.operation_id.as_deref();
        let id = id.ok_or_else(|| Refused::malformed("Name the operation by `operationId`."))?;
        app.live_streams.stop(asked.token()?, asked.caller.cx.actor(), id)?;
        Ok(StatusCode::OK.into_response())
    };
    answer(outcome.await)
}

fn sent(name: &str, data: String) -> SentEvent {
    SentEvent::default().event(name).data(data)
}

/// An event stream that ends when its caller is shut out or the server closes.
fn streamed(app: &Arc<App>, caller: &Caller, events: impl Stream<Item = SentEvent> + Send + 'static) -> Response {
    let (app, shut_out) = (Arc::clone(app), caller.cx.until_shut_out());
    let over = Box::pin(async move {
        tokio::select! {
            () = app.lifecycle.until_closing() => {}
            () = shut_out => {}
        }
    });
    let events = events.map(Ok::<_, Infallible>).take_until(over);
    // Proxies that gather answers before they pass them on would hold the events back.
    let headers = [("x-accel-buffering", "no"), ("cache-control", "no-store")];
    (headers, Sse::new(events).keep_alive(KeepAlive::new().interval(BEAT))).into_response()
}
