//! A house of its own for each story, on each database: one workspace, an owner who is signed in, ids that
//! are always the same, and a clock that stands at noon of 1 May 2026 until it is moved.

use std::net::{IpAddr, Ipv4Addr};

use async_graphql::{Request, Response, Variables};
use attrium_engine::commands::{self, Answer, Command};
use attrium_engine::testing::{self, TestStore};
use attrium_engine::{Cx, Engine, Right, sessions};
use axum::http::HeaderMap;
use serde_json::Value as Json;

use crate::browser::Browser;
use crate::config::Profile;
use crate::graphql::{Schema, Visit, schema, visited_by};

pub(super) const EMAIL: &str = "ayse@example.com";
pub(super) const PASSWORD: &str = "correct horse battery";
const ADDRESS: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// An engine on a fresh database, and its API.
pub(super) struct House {
    pub(super) engine: Engine,
    schema: Schema,
    pub(super) owner: Cx,
}

impl House {
    /// Tells a story on SQLite and on PostgreSQL, in a new house each time.
    pub(super) async fn on_both(story: impl AsyncFn(Self)) {
        for fresh in TestStore::both().await {
            let engine = testing::open(fresh.store()).await.unwrap();
            let owner = signed_in(&engine, EMAIL, "owner").await;
            story(Self { schema: schema(engine.clone(), Profile::Development), engine: engine.clone(), owner }).await;
            engine.close().await;
        }
    }

    /// Someone else who is signed in, with this role.
    pub(super) async fn someone(&self, role: &str) -> Cx {
        signed_in(&self.engine, &format!("{role}@example.com"), role).await
    }

    /// A program whose API key has these scopes.
    pub(super) async fn program(&self, scopes: Vec<Right>) -> Cx {
        let command = Command::CreateKey { workspace: None, name: "crm".to_owned(), scopes };
        let Answer::Key { text, .. } = commands::run(&self.engine, command).await.unwrap() else {
            panic!("creating a key answers a key");
        };
        self.engine.cx_of_key(&text).await.unwrap().expect("the key has just been made")
    }

    /// What the owner is answered.
    pub(super) async fn ask(&self, query: &str) -> Response {
        self.execute(Request::new(query), Some(self.owner.clone()), HeaderMap::new()).await
    }

    /// The same with variables.
    pub(super) async fn ask_with(&self, query: &str, variables: Json) -> Response {
        let request = Request::new(query).variables(Variables::from_json(variables));
        self.execute(request, Some(self.owner.clone()), HeaderMap::new()).await
    }

    /// What someone else is answered.
    pub(super) async fn ask_as(&self, cx: &Cx, query: &str) -> Response {
        self.execute(Request::new(query), Some(cx.clone()), HeaderMap::new()).await
    }

    /// What a browser is answered whose cookies are these.
    pub(super) async fn ask_by_browser(&self, query: &str, cx: Option<Cx>, cookies: HeaderMap) -> Response {
        self.execute(Request::new(query), cx, cookies).await
    }

    async fn execute(&self, request: Request, cx: Option<Cx>, headers: HeaderMap) -> Response {
        let request = visited_by(request, Visit { cx, address: ADDRESS });
        self.schema.execute(request.data(Browser::of(&headers, false))).await
    }

    /// Asks for something that is sure to go well, and waits until all of it is done.
    pub(super) async fn must(&self, query: &str) -> Json {
        let answer = self.ask(query).await;
        assert!(answer.errors.is_empty(), "{query}: {:?}", answer.errors);
        let data = answer.data.into_json().unwrap();
        assert!(!data.to_string().contains("\"message\":"), "{query}: {data}");
        self.engine.settle().await.unwrap();
        data
    }

    /// Sets attributes (as GraphQL writes them) of the profile with this external id.
    pub(super) async fn set(&self, external_id: &str, attributes: &[(&str, &str)]) {
        let written: Vec<String> =
            attributes.iter().map(|(key, value)| format!("{{ key: \"{key}\", value: {value} }}")).collect();
        self.must(&format!(
            "mutation {{ setProfileAttributes(input: {{ externalId: \"{external_id}\", attributes: [{}] }}) {{
                 problems {{ message }} }} }}",
            written.join(", ")
        ))
        .await;
    }

    /// Three attributes to tell stories about.
    pub(super) async fn with_attributes(self) -> Self {
        for (key, kind) in [("country", "TEXT"), ("age", "INTEGER"), ("balance", "DECIMAL")] {
            self.must(&format!(
                "mutation {{ createAttribute(input: {{ key: \"{key}\", type: {kind}, privacyClass: PERSONAL }}) {{
                     problems {{ message }} }} }}"
            ))
            .await;
        }
        self
    }

    /// The global id of something a query answers as `{x: {id}}`.
    pub(super) async fn id_of(&self, query: &str) -> String {
        let data = self.must(&format!("{{ found: {query} {{ id }} }}")).await;
        data["found"]["id"].as_str().expect("it exists").to_owned()
    }
}

async fn signed_in(engine: &Engine, email: &str, role: &str) -> Cx {
    let command = Command::AddUser {
        workspace: None,
        email: email.to_owned(),
        name: Some("Ayşe".to_owned()),
        role: role.to_owned(),
        password: Some(PASSWORD.to_owned()),
    };
    commands::run(engine, command).await.unwrap();
    let session = sessions::sign_in(engine, email, &PASSWORD.into(), ADDRESS).await.unwrap();
    engine.cx_of_session(&session.token, None).await.unwrap().expect("the session has just begun")
}
