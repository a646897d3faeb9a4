//! Callers that stay: what they may do is looked at again for as long as they do.

use std::time::Duration;

use attrium_storage::{Topic, api_keys, sessions, users};

use super::is_alive;
use crate::cx::{Caller, Cx};
use crate::error::{Error, causes};

/// Only a fallback: a revoked key and an ended session are told to every node at once.
const LOOK_AGAIN: Duration = Duration::from_secs(30);

impl Cx {
    /// The same caller at the instant it is now, for whatever outlives one request.
    #[must_use]
    pub fn renewed(&self) -> Self {
        Self { now: self.engine.clock().now(), ..self.clone() }
    }

    /// Answers when the engine begins to close.
    pub(crate) fn until_closing(&self) -> impl Future<Output = ()> + Send + use<> {
        let tasks = self.engine.tasks().clone();
        async move { tasks.stopping().await }
    }

    /// Answers when the caller is no longer let in: the API key is revoked, the session over (watching alone does
    /// not keep it alive), or the role another. At once as a rule, and within half a minute always.
    pub fn until_shut_out(&self) -> impl Future<Output = ()> + Send + use<> {
        let cx = self.clone();
        async move {
            let mut wakeups = cx.engine.store().wakeups();
            loop {
                match cx.is_let_in().await {
                    Ok(true) => {}
                    Ok(false) => return,
                    Err(error) => tracing::warn!(error = causes(&error), "could not look whether a caller may stay"),
                }
                tokio::select! {
                    () = wakeups.next(Topic::Access) => {}
                    () = tokio::time::sleep(LOOK_AGAIN) => {}
                }
            }
        }
    }

    async fn is_let_in(&self) -> Result<bool, Error> {
        match &self.caller {
            Caller::Operator => Ok(true),
            Caller::Key(key) => {
                let found = api_keys::find(self.db(), self.workspace, key.id).await?;
                Ok(found.is_some_and(|key| key.revoked_at.is_none()))
            }
            Caller::User { user, role, session } => {
                let now = self.engine.clock().now();
                let found = sessions::find(self.db(), *session).await?;
                let is_alive = found.is_some_and(|session| is_alive(&session, now));
                Ok(is_alive && users::find_role(self.db(), self.workspace, user.id).await? == Some(*role))
            }
        }
    }
}
