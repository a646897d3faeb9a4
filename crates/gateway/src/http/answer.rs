//! The answer to a GraphQL request: body, status and content type by the GraphQL over HTTP
//! specification. Bounded: 20 errors, 2 MB.

use async_graphql::{Response as Executed, ServerError, Value as GraphqlValue};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

use super::negotiation::Media;

const ERRORS_MAX: usize = 20;
const BODY_BYTES_MAX: usize = 2 << 20;

/// A request that is refused before it is executed.
#[derive(Debug)]
pub(super) struct Refused {
    pub(super) status: StatusCode,
    pub(super) code: &'static str,
    pub(super) message: String,
}

impl Refused {
    pub(super) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into() }
    }

    /// The request is no GraphQL request.
    pub(super) fn malformed(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "INVALID", message)
    }

    /// It as an error of an answer.
    pub(super) fn error(&self) -> Value {
        json!({ "message": self.message, "extensions": { "code": self.code } })
    }

    /// It as the JSON of an answer.
    pub(super) fn text(&self) -> String {
        json!({ "errors": [self.error()] }).to_string()
    }

    pub(super) fn into_response(self, media: Media) -> Response {
        let mut response = with_body(self.status, media, self.text());
        let headers = response.headers_mut();
        if self.status == StatusCode::METHOD_NOT_ALLOWED {
            headers.insert(header::ALLOW, HeaderValue::from_static("POST"));
        }
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response
    }
}

/// What was executed, or did not validate, as an HTTP response.
pub(super) fn executed(mut executed: Executed, media: Media) -> Response {
    let status = status_of(&executed, media);
    let mut response = match text_of(&executed) {
        Ok(text) => with_body(status, media, text),
        Err(refused) => refused.into_response(media),
    };
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
    }
    response.headers_mut().extend(std::mem::take(&mut executed.http_headers));
    response
}

/// The JSON of an answer.
///
/// # Errors
/// When it is too large.
pub(super) fn text_of(executed: &Executed) -> Result<String, Refused> {
    let mut body = serde_json::Map::new();
    if !executed.errors.is_empty() {
        body.insert("errors".to_owned(), errors_of(executed).into());
    }
    // A request that was never executed has no `data`, not even null.
    if is_executed(executed) {
        body.insert("data".to_owned(), serde_json::to_value(&executed.data).unwrap_or_default());
    }
    let text = Value::Object(body).to_string();
    if BODY_BYTES_MAX < text.len() {
        return Err(Refused::new(StatusCode::OK, "TOO_MANY", "The answer would be larger than 2 MB: ask for less."));
    }
    Ok(text)
}

/// The errors of an answer.
pub(super) fn errors_of(executed: &Executed) -> Vec<Value> {
    executed.errors.iter().take(ERRORS_MAX).map(with_code).collect()
}

/// Errors of the execution point at a field; errors of parsing and validation have no path.
pub(super) fn is_executed(executed: &Executed) -> bool {
    executed.data != GraphqlValue::Null
        || executed.errors.is_empty()
        || executed.errors.iter().any(|error| !error.path.is_empty())
}

fn status_of(executed: &Executed, media: Media) -> StatusCode {
    let is_all = |code: &str| !executed.errors.is_empty() && executed.errors.iter().all(|error| has_code(error, code));
    if executed.data == GraphqlValue::Null && is_all("UNAVAILABLE") {
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    if media == Media::Json || executed.data != GraphqlValue::Null {
        return StatusCode::OK;
    }
    if !is_executed(executed) {
        return StatusCode::BAD_REQUEST;
    }
    if is_all("UNAUTHENTICATED") {
        return StatusCode::UNAUTHORIZED;
    }
    if is_all("DENIED") { StatusCode::FORBIDDEN } else { StatusCode::OK }
}

fn has_code(error: &ServerError, code: &str) -> bool {
    let held = error.extensions.as_ref().and_then(|extensions| extensions.get("code"));
    match held {
        Some(GraphqlValue::String(text)) => text == code,
        Some(GraphqlValue::Enum(name)) => name == code,
        _ => false,
    }
}

/// Errors of the library carry no code: they are all about the document or its variables.
pub(super) fn with_code(error: &ServerError) -> Value {
    let mut value = serde_json::to_value(error).unwrap_or_default();
    if let Some(fields) = value.as_object_mut() {
        let extensions = fields.entry("extensions").or_insert_with(|| json!({}));
        if extensions.get("code").is_none() {
            extensions["code"] = json!("INVALID");
        }
    }
    value
}

fn with_body(status: StatusCode, media: Media, body: String) -> Response {
    let headers =
        [(header::CONTENT_TYPE, media.content_type()), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    (status, headers, body).into_response()
}
