//! The doors into a workspace: a session cookie, an API key, the operator's command line. Each makes
//! the [`Cx`] of one request.

mod lasting;

use attrium_schema::Timestamp;
use attrium_storage::{Session, StorageError, api_keys, sessions, users, workspaces};

use crate::cx::{Caller, Cx};
use crate::engine::Engine;
use crate::error::Error;
use crate::key_text::PresentedKey;
use crate::nouns::{ApiKey, Member, User, Workspace};
use crate::rights::{Right, Rights, of_role};
use crate::tokens::SessionToken;

/// A session that nobody used for this long is over.
pub(crate) const IDLE_MICROS: i64 = 30 * 60 * 1_000_000;
/// Uses are noted this often at most: a page of twenty requests writes once.
const NOTE_MICROS: i64 = 60 * 1_000_000;
/// Most workspaces of one user.
pub(crate) const MEMBERS_MAX: usize = 1_000;

impl Engine {
    /// The context of a request with a session cookie, which the request keeps alive. `workspace` is the
    /// key of the one it is about; without it, the first the user belongs to. `None` when the session is
    /// unknown or over, or the user belongs nowhere.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the user does not belong to that workspace, or there is none such.
    pub async fn cx_of_session(&self, token: &SessionToken, workspace: Option<&str>) -> Result<Option<Cx>, Error> {
        let Some((session, user)) = self.session(token).await? else {
            return Ok(None);
        };
        self.note_use(&session).await?;
        let members = users::memberships(self.store().db(), user.id, MEMBERS_MAX).await?;
        let member = match workspace {
            Some(key) => Some(
                members
                    .into_iter()
                    .find(|member| member.workspace.key == key)
                    .ok_or(Error::NotFound { noun: "workspace" })?,
            ),
            None => members.into_iter().next(),
        };
        Ok(member.map(|Member { workspace, role }| {
            let caller = Caller::User { user, role, session: session.id };
            self.cx(&workspace, caller, of_role(role))
        }))
    }

    /// The session of a token and its user, while it lasts.
    async fn session(&self, token: &SessionToken) -> Result<Option<(Session, User)>, Error> {
        let found = sessions::find_by_token(self.store().db(), &token.hash()).await?;
        let now = self.clock().now();
        let Some(session) = found.filter(|session| is_alive(session, now)) else {
            return Ok(None);
        };
        let user = users::find(self.store().db(), session.user).await?;
        Ok(user.map(|user| (session, user)))
    }

    async fn note_use(&self, session: &Session) -> Result<(), Error> {
        let (id, now) = (session.id, self.clock().now());
        if now.as_micros() - session.last_used_at.as_micros() < NOTE_MICROS {
            return Ok(());
        }
        let store = self.store().clone();
        self.tasks()
            .unit(async move {
                let tx = store.begin().await?;
                sessions::update_last_used(&tx, id, now).await?;
                Ok(tx.commit().await?)
            })
            .await
    }

    /// The context of a request with an API key, whole as sent. `None` when it is unknown or revoked; a slip of the
    /// pen is known by the checksum, without a look at the database.
    ///
    /// # Errors
    /// The database's.
    pub async fn cx_of_key(&self, text: &str) -> Result<Option<Cx>, Error> {
        let Some(presented) = PresentedKey::parse(text) else {
            return Ok(None);
        };
        let candidates = api_keys::find_by_prefix(self.store().db(), &presented.public).await?;
        let Some(key) = presented.among(candidates).filter(|key| key.revoked_at.is_none()) else {
            return Ok(None);
        };
        let workspace = workspaces::find(self.store().db(), key.workspace).await?;
        let workspace = workspace.ok_or(Error::NotFound { noun: "workspace" })?;
        self.note_key(&key).await?;
        // A scope this version does not know gives nothing.
        let rights = key.scopes.iter().filter_map(|scope| scope.parse::<Right>().ok()).collect();
        Ok(Some(self.cx(&workspace, Caller::Key(key), rights)))
    }

    async fn note_key(&self, key: &ApiKey) -> Result<(), Error> {
        let (workspace, id, now) = (key.workspace, key.id, self.clock().now());
        if key.last_used_at.is_some_and(|last| now.as_micros() - last.as_micros() < NOTE_MICROS) {
            return Ok(());
        }
        let store = self.store().clone();
        self.tasks()
            .unit(async move {
                let tx = store.begin().await?;
                api_keys::update_last_used(&tx, workspace, id, now).await?;
                Ok(tx.commit().await?)
            })
            .await
    }

    /// The context of the command line, which may do everything. `None` names the first workspace.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such workspace.
    pub async fn cx_of_operator(&self, workspace: Option<&str>) -> Result<Cx, Error> {
        let found = match workspace {
            Some(key) => workspaces::find_by_key(self.store().db(), key).await?,
            None => workspaces::page(self.store().db(), attrium_storage::Page::first(1)).await?.pop(),
        };
        let workspace = found.ok_or(Error::NotFound { noun: "workspace" })?;
        Ok(self.cx(&workspace, Caller::Operator, Rights::all()))
    }

    fn cx(&self, workspace: &Workspace, caller: Caller, rights: Rights) -> Cx {
        let (now, ids) = (self.clock().now(), self.ids().clone());
        Cx { workspace: workspace.id, now, ids, caller, rights, engine: self.clone() }
    }
}

fn is_alive(session: &Session, now: Timestamp) -> bool {
    now < session.expires_at && now.as_micros() - session.last_used_at.as_micros() < IDLE_MICROS
}

/// Whether a storage error says that something unique is taken.
pub(crate) fn is_taken(error: &StorageError) -> bool {
    matches!(error, StorageError::UniqueViolation { .. })
}
