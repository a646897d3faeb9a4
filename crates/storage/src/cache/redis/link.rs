//! The way to Redis: here, over one connection to one run of it, or away.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use attrium_schema::{ProfileId, WorkspaceId};
use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, Client, ErrorKind, RedisError, RedisResult};

use super::ANSWER_WITHIN;
use super::missed::{Missed, Versions};

/// How long a connection may take to stand.
const CONNECTED_WITHIN: Duration = Duration::from_millis(300);
/// What every key of ours begins with; the number goes up when entries are written otherwise.
const PREFIX: &str = "attrium:cache:1";
/// How long a generation is remembered that nobody tends.
const ROOT_S: u64 = 3_600;

pub(super) struct Link {
    client: Client,
    state: Mutex<State>,
    names: AtomicU64,
}

enum State {
    Away {
        missed: Missed,
        /// Whether the log has told it.
        is_told: bool,
    },
    Here(Session),
}

/// One connection to one run of Redis, in one generation of entries.
#[derive(Clone)]
pub(super) struct Session {
    pub(super) connection: MultiplexedConnection,
    /// Redis gives each connection another number, so that leases and generations named by it are unique.
    pub(super) client_id: u64,
    /// The key that holds the generation in force; it names the run.
    pub(super) root: String,
    pub(super) generation: String,
}

impl Session {
    pub(super) fn key(&self, workspace: WorkspaceId, profile: ProfileId) -> String {
        format!("{}:{}:{workspace}:{profile}", self.root, self.generation)
    }

    /// Asks for a sign of life, and has the generation remembered.
    pub(super) async fn touch(&self) -> RedisResult<()> {
        redis::cmd("EXPIRE").arg(&self.root).arg(ROOT_S).query_async(&mut self.connection.clone()).await
    }
}

impl Link {
    /// Away, until somebody tends it.
    pub(super) fn new(client: Client) -> Self {
        let state = State::Away { missed: Missed::unknown(), is_told: false };
        Self { client, state: Mutex::new(state), names: AtomicU64::new(0) }
    }

    /// A name that nothing else in this run of Redis has.
    pub(super) fn name(&self, session: &Session) -> String {
        format!("{}.{}", session.client_id, self.names.fetch_add(1, Ordering::Relaxed))
    }

    /// The way there; `None` while Redis is away.
    pub(super) fn session(&self) -> Option<Session> {
        match &*self.lock() {
            State::Here(session) => Some(session.clone()),
            State::Away { .. } => None,
        }
    }

    /// The way there; while Redis is away, these are noted as missed.
    pub(super) fn session_or_miss(&self, versions: &Versions) -> Option<Session> {
        match &mut *self.lock() {
            State::Here(session) => Some(session.clone()),
            State::Away { missed, .. } => {
                missed.add(versions);
                None
            }
        }
    }

    /// A call failed: Redis is away, and has missed these. A session that was already given up takes the present one
    /// with it only when something was missed.
    pub(super) fn lose(&self, session: &Session, error: &RedisError, versions: &Versions) {
        metrics::counter!("attrium_cache_errors_total").increment(1);
        let mut state = self.lock();
        match &mut *state {
            State::Away { missed, .. } => missed.add(versions),
            State::Here(present) if present.client_id != session.client_id && versions.is_empty() => {}
            State::Here(_) => {
                let mut missed = Missed::default();
                missed.add(versions);
                *state = State::Away { missed, is_told: true };
                drop(state);
                warn_of(error);
            }
        }
    }

    /// Redis did not come back.
    pub(super) fn still_away(&self, error: &RedisError) {
        let mut state = self.lock();
        if let State::Away { is_told, .. } = &mut *state
            && !std::mem::replace(is_told, true)
        {
            drop(state);
            warn_of(error);
        }
    }

    /// The next generation begins before Redis is used again.
    pub(super) fn doubt(&self) {
        let mut state = self.lock();
        match &mut *state {
            State::Away { missed, .. } => missed.merge(&Missed::unknown()),
            State::Here(_) => *state = State::Away { missed: Missed::unknown(), is_told: false },
        }
    }

    pub(super) fn is_missing(&self) -> bool {
        matches!(&*self.lock(), State::Away { is_told: true, .. })
    }

    /// Connects, and learns which run of Redis this is. The session is in no generation yet.
    pub(super) async fn connect(&self) -> RedisResult<Session> {
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(CONNECTED_WITHIN))
            .set_response_timeout(Some(ANSWER_WITHIN));
        let mut connection = self.client.get_multiplexed_async_connection_with_config(&config).await?;
        let info: String = redis::cmd("INFO").arg("server").query_async(&mut connection).await?;
        let run = info.lines().find_map(|line| line.strip_prefix("run_id:")).map(str::trim).unwrap_or_default();
        if run.is_empty() {
            return Err(RedisError::from((ErrorKind::Client, "Redis does not say which run of it this is")));
        }
        let client_id: u64 = redis::cmd("CLIENT").arg("ID").query_async(&mut connection).await?;
        Ok(Session { connection, client_id, root: format!("{PREFIX}:{run}"), generation: String::new() })
    }

    /// Enters the generation in force, or begins the next one: everything older is lost to everybody.
    pub(super) async fn begin(&self, session: &mut Session, is_next: bool) -> RedisResult<()> {
        let mut set = redis::cmd("SET");
        set.arg(&session.root).arg(self.name(session)).arg("EX").arg(ROOT_S);
        if !is_next {
            set.arg("NX");
        }
        set.query_async::<redis::Value>(&mut session.connection).await?;
        let found: Option<String> = redis::cmd("GET").arg(&session.root).query_async(&mut session.connection).await?;
        session.generation = found.ok_or_else(|| RedisError::from((ErrorKind::Client, "Redis keeps nothing")))?;
        Ok(())
    }

    /// Follows the others into the generation in force. What this node had forgotten before, it had forgotten before
    /// that generation began, and everything in it was loaded later.
    pub(super) async fn retune(&self, session: &mut Session) -> RedisResult<()> {
        self.begin(session, false).await?;
        if let State::Here(present) = &mut *self.lock()
            && present.client_id == session.client_id
        {
            present.generation.clone_from(&session.generation);
        }
        Ok(())
    }

    pub(super) fn take_missed(&self) -> Missed {
        match &mut *self.lock() {
            State::Away { missed, .. } => std::mem::take(missed),
            State::Here(_) => Missed::default(),
        }
    }

    pub(super) fn give_back(&self, taken: &Missed) {
        if let State::Away { missed, .. } = &mut *self.lock() {
            missed.merge(taken);
        }
    }

    /// Redis is here, unless something was missed since [`Link::take_missed`].
    pub(super) fn join(&self, session: &Session) -> bool {
        let mut state = self.lock();
        let State::Away { missed, is_told } = &mut *state else {
            return true;
        };
        if !missed.is_empty() {
            return false;
        }
        let was_told = *is_told;
        *state = State::Here(session.clone());
        drop(state);
        if was_told {
            tracing::info!("Redis is back: profiles are read from it again");
        }
        true
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Says why, and nothing of what was kept: only the system's own errors are told whole, as others may quote an answer.
fn warn_of(error: &RedisError) {
    let reason = if error.is_io_error() { error.to_string() } else { error.category().to_owned() };
    let code = error.code();
    tracing::warn!(reason, code, "Redis is away: profiles are read from the database until it is back");
}
