//! Opening PostgreSQL, and hearing its notifications.

use std::str::FromStr;
use std::time::Duration;

use sea_orm::DatabaseConnection;
use secrecy::ExposeSecret;
use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgListener, PgPoolOptions};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::config::StoreConfig;
use crate::error::StorageError;
use crate::wakeups::{Signals, Topic};

/// What every connection of the pool asks of the server. A unit of work is short: whoever passes one
/// of these holds others up. Migrations run on a connection without the first two.
const TIMEOUTS: [(&str, &str); 3] =
    [("statement_timeout", "5s"), ("lock_timeout", "1s"), ("idle_in_transaction_session_timeout", "15s")];

/// How long the listener waits before it tries an unreachable server again.
const RECONNECT_DELAY: Duration = Duration::from_secs(1);

#[derive(Debug)]
pub(super) struct Pools {
    pub(super) pool: DatabaseConnection,
    options: PgConnectOptions,
    acquire_timeout: Duration,
    tasks: TaskTracker,
    stop: CancellationToken,
}

impl Pools {
    pub(super) async fn open(config: &StoreConfig, signals: &Signals) -> Result<Self, StorageError> {
        let options = PgConnectOptions::from_str(config.url.expose_secret())
            .map_err(|error| StorageError::BadUrl { source: Some(Box::new(error)) })?
            .application_name(&config.application_name)
            // An answer means that the commit is on disk, whatever the database's own default is.
            .options([("synchronous_commit", "on")]);
        let pool = PgPoolOptions::new()
            .max_connections(config.connections_max.max(1))
            .acquire_timeout(config.acquire_timeout)
            .after_release(|connection, _| {
                Box::pin(async move {
                    // A BEGIN whose caller went away leaves its connection inside a transaction (sqlx
                    // 0.9.0), where the next write would vanish. A plain ROLLBACK would do, but makes
                    // the server warn on each release; one that fails closes the connection.
                    sqlx::raw_sql("BEGIN; ROLLBACK").execute(connection).await?;
                    Ok(true)
                })
            })
            .connect_with(options.clone().options(TIMEOUTS))
            .await?;
        let pools = Self {
            pool: pool.into(),
            options,
            acquire_timeout: config.acquire_timeout,
            tasks: TaskTracker::new(),
            stop: CancellationToken::new(),
        };
        // A pool of its own: a listener holds its connection for good, and reconnects through the pool.
        let listening = pools.single();
        let (signals, stop) = (signals.clone(), pools.stop.clone());
        pools.tasks.spawn(async move {
            stop.run_until_cancelled(listen(&listening, &signals)).await;
            listening.close().await;
        });
        Ok(pools)
    }

    /// A pool of one connection without timeouts, for what takes long: migrating and listening.
    pub(super) fn single(&self) -> PgPool {
        PgPoolOptions::new()
            .max_connections(1)
            .acquire_timeout(self.acquire_timeout)
            .connect_lazy_with(self.options.clone())
    }

    pub(super) async fn close(&self) {
        self.stop.cancel();
        self.tasks.close();
        self.tasks.wait().await;
        self.pool.get_postgres_connection_pool().close().await;
    }
}

impl Drop for Pools {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

/// Passes notifications on for ever. Whenever the connection was lost, some may have been missed, so
/// everybody is woken once it is back.
async fn listen(pool: &PgPool, signals: &Signals) {
    loop {
        if let Err(error) = listen_once(pool, signals).await {
            tracing::warn!(%error, "wake-ups from the database are interrupted; polling goes on");
        }
        tokio::time::sleep(RECONNECT_DELAY).await;
    }
}

async fn listen_once(pool: &PgPool, signals: &Signals) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen("attrium").await?;
    loop {
        signals.send_all();
        while let Some(notification) = listener.try_recv().await? {
            match Topic::ALL.into_iter().find(|topic| topic.name() == notification.payload()) {
                Some(topic) => signals.send(topic),
                // A newer node may know more topics.
                None => signals.send_all(),
            }
        }
    }
}
