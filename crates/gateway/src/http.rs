//! The HTTP server's routes: GraphQL, health, the dashboard's files. The accept loop is in
//! [`crate::server`]; what a request may do is the engine's to say.

mod answer;
mod assets;
mod client;
mod echo;
mod graphiql;
mod graphql;
mod health;
mod identity;
mod json;
mod layers;
mod live;
mod negotiation;
mod parameters;
mod security;
mod test_handles;

#[cfg(test)]
mod tests;

use std::fmt::Write as _;
use std::sync::Arc;

use attrium_engine::{Clock, Engine, Ids};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{any, get, post};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::sync::Semaphore;
use tower_http::catch_panic::CatchPanicLayer;

pub(crate) use self::echo::Echo;
use crate::config::{Config, Profile};
use crate::graphql::Schema;
use crate::lifecycle::Lifecycle;

/// Most bytes of a request's body.
pub const BODY_BYTES_MAX: usize = 1 << 20;

/// Visitors take one place in so many.
const VISITOR_SHARE: usize = 4;

/// What the routes share.
pub struct App {
    pub(crate) engine: Engine,
    pub(crate) schema: Schema,
    pub(crate) config: Config,
    pub(crate) lifecycle: Lifecycle,
    pub(crate) metrics: PrometheusHandle,
    /// Whose sign-in the demo prefills.
    pub(crate) demo_user: Option<String>,
    /// The demo's own receiver of webhooks.
    pub(crate) echo: Option<Echo>,
    /// Places for requests in flight.
    places: Semaphore,
    /// Places for visitors whose body is not there yet: by keeping us waiting they keep out one another alone.
    visitor_places: Semaphore,
    /// Places for operations over sockets and event streams.
    live_places: Arc<live::Places>,
    /// Places for sockets.
    live_sockets: Arc<live::Places>,
    /// Event streams that carry many operations.
    live_streams: Arc<live::Reservations>,
    /// Chance for nonces and names of requests; no id of a thing is made here.
    ids: Ids,
}

impl App {
    /// Brings the parts together.
    pub fn new(engine: Engine, config: Config, metrics: PrometheusHandle, lifecycle: Lifecycle) -> Self {
        Self {
            schema: crate::graphql::schema(engine.clone(), config.profile),
            engine,
            lifecycle,
            metrics,
            demo_user: None,
            echo: None,
            places: Semaphore::new(config.http.in_flight_max),
            visitor_places: Semaphore::new(config.http.in_flight_max.div_ceil(VISITOR_SHARE)),
            live_places: Arc::new(live::Places::of_operations()),
            live_sockets: Arc::new(live::Places::of_sockets()),
            live_streams: Arc::default(),
            ids: Ids::random(Clock::system()),
            config,
        }
    }

    fn is_development(&self) -> bool {
        self.config.profile == Profile::Development
    }

    fn nonce(&self) -> String {
        STANDARD_NO_PAD.encode(self.ids.bytes::<16>())
    }

    fn request_id(&self) -> String {
        self.random_hex::<8>()
    }

    fn random_hex<const BYTES: usize>(&self) -> String {
        self.ids.bytes::<BYTES>().iter().fold(String::with_capacity(2 * BYTES), |mut text, byte| {
            write!(text, "{byte:02x}").expect("writing to a string cannot fail");
            text
        })
    }
}

/// All routes, behind the layers every request passes.
pub fn router(app: Arc<App>) -> Router {
    let mut router = Router::new()
        .route("/graphql", any(graphql::not_allowed).get(graphql::get).post(graphql::post))
        .route("/graphql/ws", get(live::open_socket))
        .route("/graphql/stream", get(live::open).put(live::reserve).post(live::post).delete(live::stop))
        .route("/livez", get(health::live))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(health::metrics_for_this_machine))
        .route("/", get(assets::index))
        .route("/sign-in", get(assets::index))
        .route("/w/{*path}", get(assets::index))
        .fallback(get(assets::file));
    if app.is_development() {
        router = router.route("/graphiql", get(graphiql::page));
    }
    if app.echo.is_some() {
        router = router.merge(echo::router(&app));
    }
    if app.engine.clock().is_test() {
        router =
            router.route("/_test/clock", post(test_handles::clock)).route("/_test/settle", post(test_handles::settle));
    }
    behind_layers(router, app)
}

/// What the address of `metrics.listen` serves: whoever reaches it may read them.
pub fn metrics_router(app: Arc<App>) -> Router {
    behind_layers(Router::new().route("/metrics", get(health::metrics)), app)
}

/// The last layer is the outermost.
fn behind_layers(router: Router<Arc<App>>, app: Arc<App>) -> Router {
    router
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(from_fn_with_state(Arc::clone(&app), layers::admit))
        .layer(CatchPanicLayer::custom(layers::after_panic))
        .layer(from_fn_with_state(Arc::clone(&app), layers::observe))
        .layer(from_fn(security::headers))
        .with_state(app)
}
