//! A whole server without a socket: an engine on SQLite in a temporary folder, and its routes.

use attrium_engine::commands::{self, Answer as Done, Command};
use attrium_engine::{Clock, Engine, EngineConfig, Right};
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt as _;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use serde_json::Value;
use tower::ServiceExt as _;

use super::super::*;
use crate::config::Sources;

pub(super) const EMAIL: &str = "ann@example.com";
pub(super) const PASSWORD: &str = "correct horse battery";

pub(super) struct House {
    pub(super) app: Arc<App>,
    router: Router,
    _folder: tempfile::TempDir,
}

/// What was answered.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

impl Answer {
    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("{} is not JSON", self.body))
    }

    /// The code of the first error.
    pub(super) fn code(&self) -> String {
        self.json()["errors"][0]["extensions"]["code"].as_str().unwrap_or_default().to_owned()
    }

    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Cookies that were set, as the browser sends them back.
    pub(super) fn cookies(&self) -> String {
        let set = self.headers.get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
        set.filter_map(|cookie| cookie.split(';').next()).collect::<Vec<_>>().join("; ")
    }
}

impl House {
    pub(super) async fn open(profile: Profile) -> Self {
        Self::open_with(profile, |_| {}).await
    }

    pub(super) async fn open_with(profile: Profile, change: impl FnOnce(&mut Config)) -> Self {
        let silent = PrometheusBuilder::new().build_recorder().handle();
        Self::build(profile, change, silent, Clock::system()).await
    }

    pub(super) async fn open_recording(profile: Profile, metrics: PrometheusHandle) -> Self {
        Self::build(profile, |_| {}, metrics, Clock::system()).await
    }

    pub(super) async fn open_with_test_clock() -> Self {
        let silent = PrometheusBuilder::new().build_recorder().handle();
        let clock = Clock::test(Clock::system().now());
        Self::build(Profile::Development, |_| {}, silent, clock).await
    }

    async fn build(
        profile: Profile,
        change: impl FnOnce(&mut Config),
        metrics: PrometheusHandle,
        clock: Clock,
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut config = crate::config::load(&Sources::default()).unwrap();
        config.database_url = format!("sqlite://{}/attrium.db", folder.path().display()).into();
        config.profile = profile;
        change(&mut config);
        let engine_config = EngineConfig::new(config.database_url.clone());
        let engine = Engine::open(EngineConfig { migrates: true, clock, ..engine_config }).await.unwrap();
        let app = Arc::new(App::new(engine, config, metrics, Lifecycle::default()));
        Self { router: router(Arc::clone(&app)), app, _folder: folder }
    }

    pub(super) async fn send(&self, request: Request<Body>) -> Answer {
        send_to(self.router.clone(), request).await
    }

    /// The routes, for a server with real connections.
    pub(super) fn router(&self) -> Router {
        self.router.clone()
    }

    pub(super) async fn get(&self, path: &str) -> Answer {
        self.send(Request::builder().uri(path).body(Body::empty()).unwrap()).await
    }

    /// A workspace `demo` with Ann in it, who may do everything.
    pub(super) async fn with_ann(self) -> Self {
        let engine = &self.app.engine;
        let workspace = Command::CreateWorkspace { key: "demo".to_owned(), name: None, time_zone: None };
        commands::run(engine, workspace).await.unwrap();
        let user = Command::AddUser {
            workspace: Some("demo".to_owned()),
            email: EMAIL.to_owned(),
            name: Some("Ann".to_owned()),
            role: "owner".to_owned(),
            password: Some(PASSWORD.to_owned()),
        };
        commands::run(engine, user).await.unwrap();
        self
    }

    /// A key that may read profiles: its text and its id.
    pub(super) async fn key(&self) -> (String, String) {
        let (workspace, name) = (Some("demo".to_owned()), "crm".to_owned());
        let create = Command::CreateKey { workspace, name, scopes: vec![Right::ReadProfiles] };
        match commands::run(&self.app.engine, create).await.unwrap() {
            Done::Key { text, entry } => (text, entry.id),
            other => panic!("{other:?}"),
        }
    }
}

pub(super) async fn send_to(router: Router, request: Request<Body>) -> Answer {
    let (head, body) = router.oneshot(request).await.unwrap().into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    Answer { status: head.status, headers: head.headers, body: String::from_utf8(body.to_vec()).unwrap() }
}

/// A POST of JSON, as a program sends it.
pub(super) fn json_request(body: &Value) -> Request<Body> {
    with_headers(body, &[])
}

/// The same with more headers.
pub(super) fn with_headers(body: &Value, headers: &[(&str, &str)]) -> Request<Body> {
    let request = Request::builder().method(Method::POST).uri("/graphql").header(header::HOST, "attrium.test");
    let request = request.header(header::CONTENT_TYPE, "application/json");
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    request.body(Body::from(body.to_string())).unwrap()
}
