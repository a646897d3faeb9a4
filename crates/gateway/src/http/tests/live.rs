//! Sockets and event streams as clients see them, over a server with real connections: what they carry, and
//! when they end.

mod limits;
mod socket;
mod stream;

use std::net::SocketAddr;
use std::time::Duration;

use attrium_engine::commands::{self, Answer as Done, Command};
use attrium_engine::profiles::{self, ProfileEdit, ProfileTarget};
use attrium_engine::{Cx, Right, attributes};
use attrium_schema::{AttributeDraft, AttributeKey, PrivacyClass, ScalarType, ValueType};
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_util::task::TaskTracker;

use super::house::House;
use crate::config::{Config, Profile};

/// What must come comes within this, however busy the machine is.
const SOON: Duration = Duration::from_secs(30);

/// A house that serves.
struct Served {
    house: House,
    address: SocketAddr,
    server: JoinHandle<()>,
    /// An API key that may do everything.
    key: String,
    cx: Cx,
}

async fn serve(change: impl FnOnce(&mut Config)) -> Served {
    let house = House::open_with(Profile::Production, |config| {
        config.http.drain = Duration::ZERO;
        change(config);
    });
    let house = house.await.with_ann().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (router, app) = (house.router(), house.app.clone());
    let server = TaskTracker::new().spawn(async move {
        crate::server::serve(listener, router, &app.config.http, &app.lifecycle).await;
    });
    let cx = house.app.engine.cx_of_operator(Some("demo")).await.unwrap();
    let points = AttributeDraft {
        key: AttributeKey::parse("points").unwrap(),
        label: String::new(),
        description: String::new(),
        value_type: ValueType::one(ScalarType::Text),
        format: None,
        privacy_class: PrivacyClass::Public,
    };
    attributes::create(&cx, points, None).await.unwrap();
    let (key, _) = key(&house, "crm").await;
    Served { house, address, server, key, cx }
}

/// A key that may do everything: its text and its id.
async fn key(house: &House, name: &str) -> (String, String) {
    let (workspace, scopes) = (Some("demo".to_owned()), Right::ALL.to_vec());
    let create = Command::CreateKey { workspace, name: name.to_owned(), scopes };
    match commands::run(&house.app.engine, create).await.unwrap() {
        Done::Key { text, entry } => (text, entry.id),
        other => panic!("{other:?}"),
    }
}

impl Served {
    /// Gives a profile points, and answers its id.
    async fn give(&self, external_id: &str, points: &str) -> String {
        let edit = ProfileEdit {
            target: ProfileTarget::ExternalId(external_id.to_owned()),
            attributes: vec![("points".to_owned(), points.into())],
            occurred_at: None,
            expected_version: None,
        };
        profiles::set_attributes(&self.cx, edit, None).await.unwrap().id.to_string()
    }

    /// A socket that has said nothing yet.
    async fn socket(&self, headers: &[(&'static str, &str)]) -> Talk {
        let mut request = format!("ws://{}/graphql/ws", self.address).into_client_request().unwrap();
        request.headers_mut().insert("sec-websocket-protocol", "graphql-transport-ws".parse().unwrap());
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        let stream = TcpStream::connect(self.address).await.unwrap();
        let (socket, _) = tokio_tungstenite::client_async(request, stream).await.unwrap();
        Talk { socket }
    }

    /// A socket of the program with the key.
    async fn talk(&self) -> Talk {
        let mut talk = self.socket(&[]).await;
        talk.say(json!({ "type": "connection_init", "payload": { "authorization": format!("Bearer {}", self.key) } }))
            .await;
        assert_eq!(talk.hear().await, json!({ "type": "connection_ack" }));
        talk
    }
}

/// The client's side of a socket.
struct Talk {
    socket: WebSocketStream<TcpStream>,
}

impl Talk {
    async fn say(&mut self, message: Value) {
        self.socket.send(Message::text(message.to_string())).await.unwrap();
    }

    /// What the server says next.
    async fn hear(&mut self) -> Value {
        loop {
            match tokio::time::timeout(SOON, self.socket.next()).await.unwrap().unwrap().unwrap() {
                Message::Text(text) => return serde_json::from_str(&text).unwrap(),
                Message::Ping(_) | Message::Pong(_) => {}
                other => panic!("{other:?}"),
            }
        }
    }

    /// The code the server closes with.
    async fn closed(&mut self) -> u16 {
        loop {
            match tokio::time::timeout(SOON, self.socket.next()).await.unwrap() {
                Some(Ok(Message::Close(Some(frame)))) => return frame.code.into(),
                Some(Ok(_)) => {}
                other => panic!("no farewell: {other:?}"),
            }
        }
    }

    async fn subscribe(&mut self, id: &str, query: &str) {
        self.say(json!({ "id": id, "type": "subscribe", "payload": { "query": query } })).await;
    }
}
