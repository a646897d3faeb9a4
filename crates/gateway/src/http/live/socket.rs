//! `/graphql/ws`: one task per socket, which sends a message before it looks for the next. So a client that
//! does not read stops only itself, and is cut off when a message finds no way for too long.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::extract::State;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::{Map, Value};
use tokio::time::{interval, timeout};
use tokio_stream::{StreamExt as _, StreamMap};

use super::super::answer::Refused;
use super::super::client::Client;
use super::super::negotiation::Media;
use super::super::parameters::Parameters;
use super::super::{App, identity};
use super::operations::{self, Caller, Event, Events};
use super::protocol::{self, Farewell, Received};
use crate::server::Hold;

/// Most bytes of a message: a document of 16 KB, and its variables.
const MESSAGE_BYTES_MAX: usize = 64 << 10;
/// Bytes that are read at once.
const BUFFER_BYTES: usize = 4 << 10;
/// How long a socket may take to say who asks, where a connection may not take less for a request.
const INIT_MAX: Duration = Duration::from_secs(5);
/// How often a client must show that it is there.
const BEAT: Duration = Duration::from_secs(20);
/// How long a client may take to close its side.
const CLOSE_MAX: Duration = Duration::from_secs(1);

/// Upgrades a request to a socket.
pub(in crate::http) async fn open(
    State(app): State<Arc<App>>,
    client: Client,
    headers: HeaderMap,
    (hold, upgrade): (Option<Extension<Hold>>, Result<WebSocketUpgrade, WebSocketUpgradeRejection>),
) -> Response {
    let upgrade = upgrade.ok().map(|upgrade| upgrade.protocols([protocol::NAME]));
    let Some(upgrade) = upgrade.filter(|upgrade| upgrade.selected_protocol().is_some()) else {
        let message = "Open a WebSocket here, with the protocol graphql-transport-ws.";
        return Refused::new(StatusCode::BAD_REQUEST, "INVALID", message).into_response(Media::Json);
    };
    let upgrade = upgrade.max_message_size(MESSAGE_BYTES_MAX).max_frame_size(MESSAGE_BYTES_MAX);
    // A socket that says little takes little memory, and what it is sent goes out at once.
    upgrade.read_buffer_size(BUFFER_BYTES).write_buffer_size(0).on_upgrade(async move |web| {
        // Keeps the connection's place, and the server waiting, until the socket is closed.
        let _held = hold;
        let guest = Guest { client, headers };
        Socket { app, web, operations: StreamMap::new() }.serve(guest).await;
    })
}

/// Who asks, as far as the request that opened the socket says.
struct Guest {
    client: Client,
    headers: HeaderMap,
}

impl Guest {
    async fn identify(self, app: &App, said: Map<String, Value>) -> Result<Caller, Ended> {
        let identified = identity::of_socket(app, &self.headers, &said).await;
        let (cx, browser) = identified.map_err(|refused| Some(Farewell::unknown(refused)))?;
        Ok(Caller { cx, browser, address: self.client.address })
    }
}

struct Socket {
    app: Arc<App>,
    web: WebSocket,
    operations: StreamMap<String, Events>,
}

/// Why a socket ends: with a farewell, or because the client is gone.
type Ended = Option<Farewell>;

impl Socket {
    async fn serve(mut self, guest: Guest) {
        let app = Arc::clone(&self.app);
        let ended = tokio::select! {
            ended = self.talk(guest) => ended,
            () = app.lifecycle.until_closing() => Some(Farewell::GOING_AWAY),
        };
        // Operations end before the client hears of it.
        self.operations.clear();
        if let Some(farewell) = ended
            && self.send(farewell.into_message()).await.is_ok()
        {
            let rest = async { while self.web.recv().await.is_some_and(|received| received.is_ok()) {} };
            let _closed = timeout(CLOSE_MAX, rest).await;
        }
    }

    async fn talk(&mut self, guest: Guest) -> Ended {
        let patience = INIT_MAX.min(self.app.config.http.header_timeout);
        let caller = match timeout(patience, self.greet(guest)).await {
            Ok(Ok(caller)) => caller,
            Ok(Err(ended)) => return ended,
            Err(_) => return Some(Farewell::INIT_TIMEOUT),
        };
        // Given back when the socket ends.
        let Some(_place) = self.app.live_sockets.take(caller.cx.actor()) else {
            return Some(Farewell::TOO_MANY_SOCKETS);
        };
        match self.send(protocol::ack()).await {
            Ok(()) => self.converse(&caller).await,
            Err(ended) => ended,
        }
    }

    /// Waits until the client says who asks.
    async fn greet(&mut self, guest: Guest) -> Result<Caller, Ended> {
        loop {
            let received = self.web.recv().await;
            match read(received)? {
                Some(Received::ConnectionInit { payload }) => {
                    return guest.identify(&self.app, payload.unwrap_or_default()).await;
                }
                Some(Received::Ping { payload }) => self.send(protocol::pong(payload)).await?,
                Some(Received::Pong | Received::Complete { .. }) | None => {}
                Some(Received::Subscribe { .. }) => return Err(Some(Farewell::NOT_INITIALISED)),
            }
        }
    }

    async fn converse(&mut self, caller: &Caller) -> Ended {
        let mut shut_out = pin!(caller.cx.until_shut_out());
        let mut beat = interval(BEAT);
        beat.reset();
        let mut is_silent = false;
        loop {
            let message = tokio::select! {
                () = &mut shut_out => return Some(Farewell::SHUT_OUT),
                _ = beat.tick() => {
                    if is_silent {
                        return None;
                    }
                    is_silent = true;
                    Some(Message::Ping(Vec::new().into()))
                }
                received = self.web.recv() => {
                    is_silent = false;
                    match read(received).and_then(|received| self.hear(caller, received)) {
                        Ok(reply) => reply,
                        Err(ended) => return ended,
                    }
                }
                Some((id, event)) = self.operations.next() => {
                    if !matches!(event, Event::Next(_)) {
                        self.operations.remove(&id);
                    }
                    Some(protocol::message_of(&id, &event))
                }
            };
            if let Some(message) = message
                && let Err(ended) = self.send(message).await
            {
                return ended;
            }
        }
    }

    /// Does what a client says; answers the reply.
    fn hear(&mut self, caller: &Caller, received: Option<Received>) -> Result<Option<Message>, Ended> {
        match received {
            None | Some(Received::Pong) => Ok(None),
            Some(Received::ConnectionInit { .. }) => Err(Some(Farewell::INIT_TWICE)),
            Some(Received::Ping { payload }) => Ok(Some(protocol::pong(payload))),
            Some(Received::Complete { id }) => {
                self.operations.remove(&id);
                Ok(None)
            }
            Some(Received::Subscribe { id, .. }) if self.operations.contains_key(&id) => Err(Some(Farewell::DUPLICATE)),
            Some(Received::Subscribe { id, payload }) => {
                let started = Parameters::from_fields(payload)
                    .map_err(Refused::malformed)
                    .and_then(|parameters| operations::start(&self.app, caller, parameters));
                match started {
                    Ok(events) => {
                        self.operations.insert(id, events);
                        Ok(None)
                    }
                    Err(refused) => Ok(Some(protocol::error(&id, &[refused.error()]))),
                }
            }
        }
    }

    /// Sends a message, for as long as a connection may take for anything.
    async fn send(&mut self, message: Message) -> Result<(), Ended> {
        match timeout(self.app.config.http.header_timeout, self.web.send(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(None),
        }
    }
}

/// Reads what came; `None` for a frame that says nothing, such as a pong.
fn read(received: Option<Result<Message, axum::Error>>) -> Result<Option<Received>, Ended> {
    match received {
        Some(Ok(Message::Text(text))) => Received::read(&text).map(Some).map_err(Some),
        Some(Ok(Message::Binary(_))) => Err(Some(Farewell::MALFORMED)),
        Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(None),
        Some(Ok(Message::Close(_))) | None => Err(None),
        // Nearly always a message beyond the limit; a connection that broke hears no farewell anyway.
        Some(Err(_)) => Err(Some(Farewell::TOO_LARGE)),
    }
}
