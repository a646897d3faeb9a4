//! The engine: opened once per process, cheap to clone, closed before the process ends.

use std::net::IpAddr;

use crate::config::EngineConfig;
use crate::clock::Clock;
use crate::cx::Cx;
use crate::error::Error;
use crate::limits::Limits;
use crate::tokens::SessionToken;

/// Everything behind the API: use cases, writers, jobs, followers.
#[derive(Clone)]
pub struct Engine {}

/// What `/readyz` wants to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Health {
    /// Whether the database answers.
    pub is_database_up: bool,
    /// Whether the engine is closing.
    pub is_closing: bool,
}

impl Engine {
    /// Opens the database, checks its tables, and starts writers, jobs and followers.
    ///
    /// # Errors
    /// [`Error::Storage`] when the database cannot be opened, is behind (unless `migrates`) or ahead.
    pub async fn open(_config: EngineConfig) -> Result<Self, Error> {
        unimplemented!()
    }

    /// Stops taking work, finishes what was taken (at most 15 seconds), gives leases back.
    pub async fn close(&self) {
        unimplemented!()
    }

    /// Answers when all due work is done: feeds followed to their heads, memberships written, no job due.
    ///
    /// # Errors
    /// [`Error::Closing`], or the database's error.
    pub async fn settle(&self) -> Result<(), Error> {
        unimplemented!()
    }

    /// Its clock: `/_test/clock` moves it when it is a test clock.
    pub fn clock(&self) -> &Clock {
        unimplemented!()
    }

    /// Every published limit.
    pub fn limits(&self) -> &Limits {
        unimplemented!()
    }

    /// Whether it can serve.
    pub async fn health(&self) -> Health {
        unimplemented!()
    }

    /// The context of a request with a session cookie, which the request keeps alive. `workspace` is the
    /// key of the one it is about; without it, the first the user belongs to.
    /// `None` when the session is unknown or over, or the user does not belong to that workspace.
    ///
    /// # Errors
    /// The database's.
    pub async fn cx_of_session(&self, _token: &SessionToken, _workspace: Option<&str>) -> Result<Option<Cx>, Error> {
        unimplemented!()
    }

    /// The context of a request with an API key, whole as sent. `None` when it is unknown or revoked.
    ///
    /// # Errors
    /// The database's.
    pub async fn cx_of_key(&self, _key: &str) -> Result<Option<Cx>, Error> {
        unimplemented!()
    }

    /// The context of the command line, which may do everything. `None` names the first workspace.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such workspace.
    pub async fn cx_of_operator(&self, _workspace: Option<&str>) -> Result<Cx, Error> {
        unimplemented!()
    }
}

/// Where a request comes from, as far as the server can tell: for throttling alone.
pub type Address = IpAddr;
