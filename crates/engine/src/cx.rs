//! The context of one request: who asks, what they may do, where, and when.

use std::sync::Arc;

use attrium_schema::{Actor, SessionId, Source, Timestamp, WorkspaceId};
use attrium_storage::Db;

use crate::audience::Audience;
use crate::engine::Engine;
use crate::error::Error;
use crate::ids::Ids;
use crate::nouns::{ApiKey, Role, User};
use crate::rights::{Right, Rights};

/// The context of one request. `now` is read once, so all of a request happens at one instant.
#[derive(Clone)]
pub struct Cx {
    /// The workspace the request is about.
    pub workspace: WorkspaceId,
    /// When.
    pub now: Timestamp,
    /// Makes ids.
    pub ids: Ids,
    pub(crate) caller: Caller,
    pub(crate) rights: Rights,
    pub(crate) engine: Engine,
}

/// Who asks.
#[derive(Clone, Debug)]
pub enum Caller {
    /// Someone signed in to the dashboard.
    User {
        /// Who.
        user: User,
        /// Their role in the workspace.
        role: Role,
        /// Their sign-in.
        session: SessionId,
    },
    /// A program with an API key.
    Key(ApiKey),
    /// Whoever runs the server, by command line.
    Operator,
}

impl Cx {
    /// Who asks.
    pub fn caller(&self) -> &Caller {
        &self.caller
    }

    /// What they may do.
    pub fn rights(&self) -> Rights {
        self.rights
    }

    /// The caller as changes record it.
    pub fn actor(&self) -> Actor {
        match &self.caller {
            Caller::User { user, .. } => Actor::User(user.id),
            Caller::Key(key) => Actor::Key(key.id),
            Caller::Operator => Actor::Operator,
        }
    }

    /// Where values this caller gives come from.
    pub fn source(&self) -> Source {
        match &self.caller {
            Caller::User { .. } => Source::Dashboard,
            Caller::Key(key) => Source::Key(key.id),
            Caller::Operator => Source::Cli,
        }
    }

    pub(crate) fn db(&self) -> Db<'_> {
        self.engine.store().db()
    }

    /// The audience of the request's workspace.
    ///
    /// # Errors
    /// [`Error::IndexLoading`] when this process does not follow it, or not yet.
    pub(crate) fn audience(&self) -> Result<Arc<Audience>, Error> {
        self.engine.audience(self.workspace)
    }

    /// Tells followers of this process at once what others hear by wake-up.
    pub(crate) fn ring(&self) {
        if let Ok(audience) = self.audience() {
            audience.rounds.ring();
        }
    }

    /// The first line of every use case.
    ///
    /// # Errors
    /// [`Error::Denied`] without the right.
    pub fn require(&self, right: Right) -> Result<(), Error> {
        if self.rights.has(right) { Ok(()) } else { Err(Error::Denied { right }) }
    }
}
