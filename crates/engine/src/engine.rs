//! The engine: opened once per process, cheap to clone, closed before the process ends.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use attrium_schema::WorkspaceId;
use attrium_storage::{Cache, CacheConfig, Store, StoreConfig, settings, workspaces};

use crate::audience::{Audience, Audiences};
use crate::cache::{self, Tails};
use crate::changes::{Tools, Writers};
use crate::clock::Clock;
use crate::config::EngineConfig;
use crate::cpu::Cpu;
use crate::doors::is_taken;
use crate::error::{Error, ProblemCode};
use crate::ids::Ids;
use crate::jobs::JobBoard;
use crate::limits::Limits;
use crate::live::Live;
use crate::nouns::Workspace;
use crate::passwords::Passwords;
use crate::rounds::Rounds;
use crate::secret_keys::SecretKeys;
use crate::segments::CompiledRules;
use crate::tasks::Tasks;
use crate::throttle::Throttle;
use crate::webhooks::{WebhooksConfig, Worker};
use crate::{follower, housekeeping, jobs};

/// How long [`Engine::close`] waits for what was begun.
pub const CLOSE_MAX: Duration = Duration::from_secs(7);

/// Where a request comes from, as far as the server can tell: for throttling alone.
pub type Address = IpAddr;

/// Everything behind the API: use cases, writers, jobs, followers.
#[derive(Clone)]
pub struct Engine {
    shared: Arc<Shared>,
}

struct Shared {
    store: Store,
    clock: Clock,
    ids: Ids,
    limits: Limits,
    lease: Duration,
    has_workers: bool,
    holder: String,
    tasks: Tasks,
    cpu: Cpu,
    cache: Arc<Cache>,
    tails: Tails,
    writers: Writers,
    audiences: Audiences,
    compiled_rules: CompiledRules,
    live: Live,
    jobs: JobBoard,
    passwords: Passwords,
    throttle: Throttle,
    secret_keys: SecretKeys,
    webhooks: WebhooksConfig,
    webhook_rounds: Rounds<bool>,
}

/// What `/readyz` wants to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Health {
    /// Whether the database answers.
    pub is_database_up: bool,
    /// Whether profiles are read more slowly than they should be, because Redis is away.
    pub is_cache_degraded: bool,
    /// Whether the engine is closing.
    pub is_closing: bool,
}

impl Engine {
    /// Opens the database, checks its tables, and starts writers, jobs and followers. A database without
    /// a workspace gets one called `default`.
    ///
    /// # Errors
    /// [`Error::Storage`] when the database cannot be opened, [`Error::Tables`] when it is behind (unless
    /// the configuration migrates) or ahead, [`Error::Invalid`] for a test clock on a database that was not made with one.
    pub async fn open(config: EngineConfig) -> Result<Self, Error> {
        let mut store_config = StoreConfig::new(config.database_url.clone());
        store_config.lock_wait = config.lock_wait;
        let store = Store::open(store_config).await?;
        Self::on_store(store, config).await
    }

    /// As [`Engine::open`], on a store that is open already.
    ///
    /// # Errors
    /// As [`Engine::open`].
    pub async fn on_store(store: Store, config: EngineConfig) -> Result<Self, Error> {
        prepare_tables(&store, config.migrates).await?;
        let ids = match config.seed {
            Some(seed) => Ids::seeded(config.clock.clone(), seed),
            None => Ids::random(config.clock.clone()),
        };
        prepare_settings(&store, &config).await?;
        prepare_workspace(&store, &ids, &config.clock).await?;
        let tasks = Tasks::default();
        let cache = if config.has_workers { config.cache } else { CacheConfig::Off };
        let cache = Arc::new(Cache::open(&cache)?);
        let (clock, limits) = (config.clock.clone(), config.limits);
        let writers = Writers::start(&Tools { store: store.clone(), cache: Arc::clone(&cache), clock, limits }, &tasks);
        let shared = Shared {
            holder: format!("node-{}", ids.next()),
            passwords: Passwords::new(&ids),
            store,
            clock: config.clock,
            ids,
            limits: config.limits,
            lease: config.lease,
            has_workers: config.has_workers,
            tasks,
            cpu: Cpu::new(),
            cache,
            tails: Tails::default(),
            writers,
            audiences: Audiences::default(),
            compiled_rules: CompiledRules::default(),
            live: Live::default(),
            jobs: JobBoard::default(),
            throttle: Throttle::default(),
            secret_keys: config.secret_keys,
            webhooks: config.webhooks,
            webhook_rounds: Rounds::default(),
        };
        let engine = Self { shared: Arc::new(shared) };
        if config.has_workers {
            engine.start_workers().await?;
        }
        Ok(engine)
    }

    async fn start_workers(&self) -> Result<(), Error> {
        self.follow_workspaces().await?;
        let tasks = self.tasks();
        tasks.spawn(follower::watch_workspaces(self.clone()));
        tasks.spawn(jobs::run(self.clone()));
        tasks.spawn(Worker::new(self.clone())?.run());
        tasks.spawn(housekeeping::run(self.clone()));
        tasks.spawn(cache::tend(self.clone()));
        Ok(())
    }

    /// Begins to follow every workspace that is not followed yet.
    pub(crate) async fn follow_workspaces(&self) -> Result<(), Error> {
        for workspace in self.workspaces().await? {
            if let Some(audience) = self.shared.audiences.add(&workspace) {
                if !self.cache().is_off() {
                    self.tasks().spawn(cache::follow(self.clone(), workspace.id));
                }
                self.tasks().spawn(follower::run(self.clone(), audience));
            }
        }
        Ok(())
    }

    /// Every workspace, oldest first.
    pub(crate) async fn workspaces(&self) -> Result<Vec<Workspace>, Error> {
        Ok(workspaces::page(self.store().db(), attrium_storage::Page::first(attrium_storage::LIST_MAX)).await?)
    }

    /// Stops taking work, finishes what was taken (at most [`CLOSE_MAX`]), gives leases back.
    pub async fn close(&self) {
        self.tasks().stop();
        if tokio::time::timeout(CLOSE_MAX, self.tasks().ended()).await.is_err() {
            tracing::warn!("closing with work unfinished; it is taken up again at the next start");
            self.tasks().cut();
        }
        self.store().close().await;
    }

    /// Answers when all due work is done: feeds followed to their heads, memberships written, no job due.
    ///
    /// # Errors
    /// [`Error::Closing`], or the database's error.
    pub async fn settle(&self) -> Result<(), Error> {
        crate::settle::run(self).await
    }

    /// Whether it can serve.
    pub async fn health(&self) -> Health {
        Health {
            is_database_up: self.store().ping().await.is_ok(),
            is_cache_degraded: self.cache().is_degraded(),
            is_closing: self.tasks().is_stopping(),
        }
    }

    /// Its clock: `/_test/clock` moves it when it is a test clock.
    pub fn clock(&self) -> &Clock {
        &self.shared.clock
    }

    /// Every published limit.
    pub fn limits(&self) -> &Limits {
        &self.shared.limits
    }

    /// Maker of ids.
    pub fn ids(&self) -> &Ids {
        &self.shared.ids
    }

    pub(crate) fn store(&self) -> &Store {
        &self.shared.store
    }

    pub(crate) fn tasks(&self) -> &Tasks {
        &self.shared.tasks
    }

    pub(crate) fn cpu(&self) -> &Cpu {
        &self.shared.cpu
    }

    pub(crate) fn cache(&self) -> &Cache {
        &self.shared.cache
    }

    pub(crate) fn tails(&self) -> &Tails {
        &self.shared.tails
    }

    pub(crate) fn writers(&self) -> &Writers {
        &self.shared.writers
    }

    pub(crate) fn audiences(&self) -> &Audiences {
        &self.shared.audiences
    }

    pub(crate) fn compiled_rules(&self) -> &CompiledRules {
        &self.shared.compiled_rules
    }

    pub(crate) fn live(&self) -> &Live {
        &self.shared.live
    }

    pub(crate) fn jobs(&self) -> &JobBoard {
        &self.shared.jobs
    }

    pub(crate) fn passwords(&self) -> &Passwords {
        &self.shared.passwords
    }

    pub(crate) fn throttle(&self) -> &Throttle {
        &self.shared.throttle
    }

    pub(crate) fn secret_keys(&self) -> &SecretKeys {
        &self.shared.secret_keys
    }

    pub(crate) fn webhooks(&self) -> &WebhooksConfig {
        &self.shared.webhooks
    }

    /// Rounds of the webhook worker: whether one found nothing due and nothing under way.
    pub(crate) fn webhook_rounds(&self) -> &Rounds<bool> {
        &self.shared.webhook_rounds
    }

    pub(crate) fn lease(&self) -> Duration {
        self.shared.lease
    }

    /// Whether it follows feeds and runs jobs.
    pub(crate) fn has_workers(&self) -> bool {
        self.shared.has_workers
    }

    /// What leases know this process by.
    pub(crate) fn holder(&self) -> &str {
        &self.shared.holder
    }

    /// The audience of a workspace.
    ///
    /// # Errors
    /// [`Error::IndexLoading`] when this process does not follow it, or not yet.
    pub(crate) fn audience(&self, workspace: WorkspaceId) -> Result<Arc<Audience>, Error> {
        self.shared.audiences.find(workspace).ok_or(Error::IndexLoading { loaded: 0, total: 0 })
    }
}

async fn prepare_tables(store: &Store, migrates: bool) -> Result<(), Error> {
    use attrium_storage::SchemaState;
    match store.schema_state().await? {
        SchemaState::Current => Ok(()),
        SchemaState::Behind { .. } if migrates => {
            let applied = store.migrate().await?;
            tracing::info!(applied, "migrated the database");
            Ok(())
        }
        state @ (SchemaState::Behind { .. } | SchemaState::Ahead { .. }) => Err(Error::Tables { state }),
    }
}

/// Only a server settles what the database is for; the command line's short writes leave it open.
async fn prepare_settings(store: &Store, config: &EngineConfig) -> Result<(), Error> {
    let is_test_clock = config.clock.is_test();
    match settings::find(store.db()).await? {
        Some(found) if is_test_clock && !found.is_test_clock => {
            let message = "This database was not created with a test clock.";
            Err(Error::problem(ProblemCode::Invalid, &["test_clock"], message))
        }
        None if config.has_workers => {
            let tx = store.begin().await?;
            match settings::insert(&tx, &settings::Settings { epoch: 1, is_test_clock }).await {
                Ok(()) => Ok(tx.commit().await?),
                Err(error) if is_taken(&error) => Ok(()),
                Err(error) => Err(error.into()),
            }
        }
        Some(_) | None => Ok(()),
    }
}

async fn prepare_workspace(store: &Store, ids: &Ids, clock: &Clock) -> Result<(), Error> {
    if !workspaces::page(store.db(), attrium_storage::Page::first(1)).await?.is_empty() {
        return Ok(());
    }
    let workspace = Workspace {
        id: ids.workspace(),
        key: "default".to_owned(),
        name: "Default".to_owned(),
        time_zone: "UTC".to_owned(),
        created_at: clock.now(),
    };
    let tx = store.begin().await?;
    match workspaces::insert(&tx, &workspace).await {
        Ok(()) => Ok(tx.commit().await?),
        // Another node was first.
        Err(error) if is_taken(&error) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// The version of the SQLite library in this binary, such as `3.51.3`.
///
/// # Errors
/// [`Error::Storage`] when the library does not even open a database in memory.
pub async fn sqlite_version() -> Result<String, Error> {
    Ok(attrium_storage::sqlite_version().await?)
}
