//! The messages of the WebSocket protocol `graphql-transport-ws`, and the codes it closes with.

use std::borrow::Cow;

use axum::extract::ws::{CloseFrame, Message};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::super::answer::Refused;
use super::super::json;
use super::operations::Event;

/// The name under which the protocol is negotiated.
pub(super) const NAME: &str = "graphql-transport-ws";

/// Why a socket is closed from here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Farewell {
    pub(super) code: u16,
    reason: Cow<'static, str>,
}

impl Farewell {
    pub(super) const GOING_AWAY: Self = Self::new(1001, "The server is stopping.");
    pub(super) const TOO_LARGE: Self = Self::new(1009, "A message has at most 64 KB.");
    pub(super) const MALFORMED: Self = Self::new(4400, "That is no message of graphql-transport-ws.");
    pub(super) const NOT_INITIALISED: Self = Self::new(4401, "Send connection_init first.");
    pub(super) const TOO_MANY_SOCKETS: Self = Self::new(1013, "Too many sockets at once; close one of them.");
    pub(super) const SHUT_OUT: Self = Self::new(4403, "The session is over, or the API key is revoked.");
    pub(super) const INIT_TIMEOUT: Self = Self::new(4408, "Connection initialisation timeout");
    pub(super) const DUPLICATE: Self = Self::new(4409, "A subscriber for this id already exists");
    pub(super) const INIT_TWICE: Self = Self::new(4429, "Too many initialisation requests");

    const fn new(code: u16, reason: &'static str) -> Self {
        Self { code, reason: Cow::Borrowed(reason) }
    }

    /// The first message does not say who asks, or names someone who is not let in.
    pub(super) fn unknown(refused: Refused) -> Self {
        let code = if refused.status == StatusCode::SERVICE_UNAVAILABLE { 1013 } else { 4403 };
        // The text of a close frame has at most 123 bytes; our sentences are shorter.
        Self { code, reason: refused.message.into() }
    }

    pub(super) fn into_message(self) -> Message {
        Message::Close(Some(CloseFrame { code: self.code, reason: self.reason.as_ref().into() }))
    }
}

/// What a client says.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Received {
    ConnectionInit { payload: Option<Map<String, Value>> },
    Ping { payload: Option<Value> },
    Pong,
    Subscribe { id: String, payload: Map<String, Value> },
    Complete { id: String },
}

impl Received {
    /// Reads a text message.
    ///
    /// # Errors
    /// [`Farewell::MALFORMED`].
    pub(super) fn read(text: &str) -> Result<Self, Farewell> {
        let value = json::read(text.as_bytes()).map_err(|_| Farewell::MALFORMED)?;
        serde_json::from_value(value).map_err(|_| Farewell::MALFORMED)
    }
}

pub(super) fn ack() -> Message {
    text(&json!({ "type": "connection_ack" }))
}

/// Gives back what came with the ping.
pub(super) fn pong(payload: Option<Value>) -> Message {
    let mut pong = json!({ "type": "pong" });
    if let Some(payload) = payload {
        pong["payload"] = payload;
    }
    text(&pong)
}

pub(super) fn error(id: &str, errors: &[Value]) -> Message {
    text(&json!({ "id": id, "type": "error", "payload": errors }))
}

/// The message of an operation's event.
pub(super) fn message_of(id: &str, event: &Event) -> Message {
    match event {
        // The result is JSON already, and may be large.
        Event::Next(result) => {
            Message::text(format!(r#"{{"id":{},"type":"next","payload":{result}}}"#, Value::from(id)))
        }
        Event::Refused(errors) => error(id, errors),
        Event::Complete => text(&json!({ "id": id, "type": "complete" })),
    }
}

fn text(value: &Value) -> Message {
    Message::text(value.to_string())
}
