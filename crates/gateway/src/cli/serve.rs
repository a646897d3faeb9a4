//! `attrium serve`: opens everything, serves, and closes it in order.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use attrium_engine::{Clock, Engine, EngineConfig, SecretKeys};
use clap::Args;
use tokio::net::TcpListener;
use tokio_util::task::TaskTracker;

use super::{CliError, Common, database};
use crate::config::Config;
use crate::http::{self, App};
use crate::lifecycle::Lifecycle;
use crate::{logging, server, socket, telemetry};

/// Between two rounds of upkeep of the metrics.
const UPKEEP_EVERY: Duration = Duration::from_secs(5);
/// What the engine and the database get to finish; with draining and requests in flight that makes 25 seconds.
const CLOSE_MAX: Duration = attrium_engine::CLOSE_MAX.saturating_add(Duration::from_secs(1));

#[derive(Debug, Args)]
pub(super) struct ServeArgs {
    /// The address and port to serve, such as 0.0.0.0:8080.
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
    /// Let tests set the time by POST /_test/clock. Refused on a database that was served without this.
    #[arg(long)]
    test_clock: bool,
}

pub(super) async fn run(common: &Common, args: &ServeArgs) -> Result<(), CliError> {
    let mut sources = common.sources();
    if let Some(listen) = &args.listen {
        sources.flags.push(("--listen", "listen", listen.clone()));
    }
    let config = crate::config::load(&sources)?;
    logging::start(&config.log);
    let lifecycle = listen_for_signals()?;
    let system = Clock::system();
    let clock = if args.test_clock { Clock::test(system.now()) } else { system };
    // A signal during a long migration ends the process too; the migration leaves nothing behind.
    let server = tokio::select! {
        server = Server::open(config, clock, lifecycle.clone()) => server?,
        () = lifecycle.until_draining() => return Ok(()),
    };
    server.serve().await;
    Ok(())
}

pub(super) fn listen_for_signals() -> Result<Lifecycle, CliError> {
    let lifecycle = Lifecycle::default();
    lifecycle.listen_for_signals().map_err(|error| CliError::io("signals cannot be listened for", error))?;
    Ok(lifecycle)
}

/// The keys of the settings; without any, those in the data folder, which gets one when it has none.
fn secret_keys(config: &Config) -> Result<SecretKeys, CliError> {
    match config.data_folder() {
        Some(folder) if config.secret_keys.is_empty() => SecretKeys::in_folder(&folder)
            .map_err(|error| CliError::io("the secret key of the data folder cannot be used", error)),
        Some(_) | None => Ok(config.secret_keys.clone()),
    }
}

/// Everything of a running server.
pub(super) struct Server {
    app: App,
    listener: TcpListener,
    metrics_listener: Option<TcpListener>,
    socket: Option<socket::Server>,
}

impl Server {
    /// Takes the addresses, then opens the engine: one in use is told at once.
    pub(super) async fn open(config: Config, clock: Clock, lifecycle: Lifecycle) -> Result<Self, CliError> {
        let listener = bind(config.listen).await?;
        let metrics_listener = match config.metrics.listen {
            Some(address) => Some(bind(address).await?),
            None => None,
        };
        let secret_keys = secret_keys(&config)?;
        let engine_config =
            EngineConfig { clock, migrates: config.migrates_at_start, secret_keys, ..database::engine_config(&config) };
        let engine = Engine::open(engine_config).await?;
        let socket = config.data_folder().and_then(|folder| match socket::Server::bind(&folder) {
            Ok(socket) => Some(socket),
            Err(error) => {
                tracing::warn!(%error, "there is no local socket; commands cannot reach this server");
                None
            }
        });
        let app = App::new(engine, config, telemetry::record(), lifecycle);
        Ok(Self { app, listener, metrics_listener, socket })
    }

    pub(super) fn engine(&self) -> &Engine {
        &self.app.engine
    }

    /// With what only the demo has: a sign-in that is prefilled, and a receiver of webhooks.
    pub(super) fn with_demo(mut self, email: &str) -> Self {
        self.app.demo_user = Some(email.to_owned());
        self.app.echo = Some(crate::http::Echo::default());
        self
    }

    /// Where it serves, such as `http://127.0.0.1:8080`.
    pub(super) fn url(&self) -> String {
        let address = self.listener.local_addr().unwrap_or(self.app.config.listen);
        format!("http://{address}")
    }

    /// Serves until a signal, then ends in order: not ready, no new connections, requests in flight,
    /// background work, database.
    pub(super) async fn serve(self) {
        let app = Arc::new(self.app);
        let (engine, lifecycle) = (app.engine.clone(), app.lifecycle.clone());
        let tasks = TaskTracker::new();
        if let Some(socket) = self.socket {
            tasks.spawn(socket.serve(engine.clone(), lifecycle.clone()));
        }
        tasks.spawn(upkeep(Arc::clone(&app)));
        if let Some(listener) = self.metrics_listener {
            tasks.spawn(serve_metrics(listener, Arc::clone(&app)));
        }
        tracing::info!(listen = %app.config.listen, "serving");
        server::serve(self.listener, http::router(Arc::clone(&app)), &app.config.http, &lifecycle).await;
        tasks.close();
        let closing = async {
            tasks.wait().await;
            engine.close().await;
        };
        tokio::select! {
            () = closing => tracing::info!("stopped"),
            () = tokio::time::sleep(CLOSE_MAX) => tracing::warn!("background work was cut off; it is taken up at the next start"),
            () = lifecycle.until_hurried() => {}
        }
    }
}

async fn bind(address: SocketAddr) -> Result<TcpListener, CliError> {
    let bound = TcpListener::bind(address).await;
    bound.map_err(|error| CliError::io(format!("cannot listen on {address}"), error))
}

async fn serve_metrics(listener: TcpListener, app: Arc<App>) {
    server::serve(listener, http::metrics_router(Arc::clone(&app)), &app.config.http, &app.lifecycle).await;
}

/// Old samples of histograms are folded away, or their memory would grow.
async fn upkeep(app: Arc<App>) {
    loop {
        tokio::select! {
            () = tokio::time::sleep(UPKEEP_EVERY) => app.metrics.run_upkeep(),
            () = app.lifecycle.until_closing() => return,
        }
    }
}
