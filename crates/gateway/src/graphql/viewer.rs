//! The viewer: who is asking, where, and what they may do. Users and workspaces live here too.

use async_graphql::{Context, Enum, ID, Object};
use attrium_engine::{self as engine, Caller, Cx, SessionToken, workspaces};

use super::error::ApiResult;
use super::request::ContextExt as _;
use super::{ids, paging};
use crate::browser::Browser;

/// What a user is in a workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "engine::Role")]
pub(super) enum Role {
    /// May do everything.
    Owner,
    /// May do everything but manage workspaces.
    Admin,
    /// Works with profiles, segments and imports.
    Marketer,
    /// Reads everything, changes nothing.
    Analyst,
    /// Works with attributes, imports and keys.
    Developer,
}

/// What someone may do. Every operation requires one, whoever asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "engine::Right")]
pub(super) enum Right {
    /// See profiles, their history and their memberships.
    ReadProfiles,
    /// Change values of profiles.
    EditProfiles,
    /// See attribute definitions.
    ReadAttributes,
    /// Declare and edit attribute definitions.
    EditAttributes,
    /// See segments, and count audiences.
    ReadSegments,
    /// Create, edit and delete segments.
    EditSegments,
    /// See message templates.
    ReadTemplates,
    /// Create, edit and delete message templates.
    EditTemplates,
    /// See imports.
    ReadImports,
    /// Start imports.
    Import,
    /// See webhook endpoints and what is delivered to them.
    ReadEndpoints,
    /// Create, edit, pause and delete webhook endpoints; send deliveries again.
    ManageEndpoints,
    /// Add users and set their roles.
    ManageUsers,
    /// Create and revoke API keys.
    ManageKeys,
    /// Create and edit workspaces.
    ManageWorkspaces,
}

pub(super) struct Viewer {
    cx: Cx,
    csrf_token: Option<String>,
}

impl Viewer {
    /// Who this request comes from, or `None` for a visitor who has not signed in.
    pub(super) fn of_request(ctx: &Context<'_>) -> Option<Self> {
        let cx = ctx.visit().cx.clone()?;
        let browser = ctx.data_unchecked::<Browser>();
        let csrf_token = match cx.caller() {
            Caller::User { .. } => browser.session().map(SessionToken::csrf_token),
            Caller::Key(_) | Caller::Operator => None,
        };
        Some(Self { cx, csrf_token })
    }

    /// Whose session has just begun, in the first of their workspaces. `None` when they belong to none.
    ///
    /// # Errors
    /// The database's.
    pub(super) async fn of_session(ctx: &Context<'_>, token: &SessionToken) -> ApiResult<Option<Self>> {
        let cx = ctx.engine().cx_of_session(token, None).await?;
        Ok(cx.map(|cx| Self { cx, csrf_token: Some(token.csrf_token()) }))
    }
}

/// Who is asking, where, and what they may do there.
#[Object]
impl Viewer {
    /// The user who is signed in; null for an API key.
    async fn user(&self) -> Option<User> {
        User::of_caller(&self.cx)
    }

    /// The workspace this request is about: an API key's own, or the one named by the header
    /// `X-Attrium-Workspace`, or the first.
    async fn workspace(&self) -> ApiResult<Workspace> {
        Ok(Workspace(workspaces::current(&self.cx).await?))
    }

    /// The workspaces the viewer may enter, by key.
    #[graphql(complexity = "paging::short_list_cost(child_complexity)")]
    async fn workspaces(&self) -> ApiResult<Vec<Workspace>> {
        Ok(workspaces::of_caller(&self.cx).await?.into_iter().map(Workspace).collect())
    }

    /// The user's role in this workspace; null for an API key.
    async fn role(&self) -> Option<Role> {
        match self.cx.caller() {
            Caller::User { role, .. } => Some((*role).into()),
            Caller::Key(_) | Caller::Operator => None,
        }
    }

    /// What the viewer may do in this workspace.
    async fn rights(&self) -> Vec<Right> {
        self.cx.rights().iter().map(Right::from).collect()
    }

    /// What a session sends as `X-CSRF-Token` with every POST; null for an API key.
    async fn csrf_token(&self) -> Option<&str> {
        self.csrf_token.as_deref()
    }
}

pub(super) struct User(pub(super) engine::User);

impl User {
    /// The user who asks; `None` when a program does.
    pub(super) fn of_caller(cx: &Cx) -> Option<Self> {
        match cx.caller() {
            Caller::User { user, .. } => Some(Self(user.clone())),
            Caller::Key(_) | Caller::Operator => None,
        }
    }
}

/// Someone who signs in to the dashboard.
#[Object]
impl User {
    /// Its global id: `user_…`.
    pub(super) async fn id(&self) -> ID {
        ids::global(self.0.id)
    }

    /// The address they sign in with.
    async fn email(&self) -> &str {
        &self.0.email
    }

    /// What people call them.
    async fn name(&self) -> &str {
        &self.0.name
    }
}

pub(super) struct Workspace(pub(super) engine::Workspace);

/// A tenant: its attributes, profiles and segments are its own.
#[Object]
impl Workspace {
    /// Its global id: `ws_…`.
    pub(super) async fn id(&self) -> ID {
        ids::global(self.0.id)
    }

    /// What the header `X-Attrium-Workspace` names it by.
    async fn key(&self) -> &str {
        &self.0.key
    }

    /// What people see.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Its IANA time zone: whole days in rules are days there.
    async fn time_zone(&self) -> &str {
        &self.0.time_zone
    }
}

#[derive(Default)]
pub(super) struct ViewerQueries;

#[Object]
impl ViewerQueries {
    /// Who is asking, and what they may do; null for a visitor who has not signed in.
    async fn viewer(&self, ctx: &Context<'_>) -> Option<Viewer> {
        Viewer::of_request(ctx)
    }
}
