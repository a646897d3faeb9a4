//! Workspaces: the one a request is about, and those its caller may enter.

use attrium_schema::TimeZone;
use attrium_storage::{users, workspaces};

use crate::conflicts::taken_key;
use crate::cx::{Caller, Cx};
use crate::doors::MEMBERS_MAX;
use crate::error::{Error, Problem, ProblemCode};
use crate::names::{NAME_CHARS_MAX, check_name};
use crate::nouns::Workspace;
use crate::problems::Problems;
use crate::rights::Right;

const KEY_CHARS_MAX: usize = 40;

/// What someone wants a workspace to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkspaceDraft {
    /// Its key: a lower-case letter, then letters, digits or `-`.
    pub key: String,
    /// Its name; the key when blank.
    pub name: String,
    /// The IANA name of the zone its days begin in.
    pub time_zone: String,
}

/// The workspace the request is about.
///
/// # Errors
/// The database's.
pub async fn current(cx: &Cx) -> Result<Workspace, Error> {
    workspaces::find(cx.db(), cx.workspace).await?.ok_or(Error::NotFound { noun: "workspace" })
}

/// Those the caller may enter, oldest first.
///
/// # Errors
/// The database's.
pub async fn of_caller(cx: &Cx) -> Result<Vec<Workspace>, Error> {
    match cx.caller() {
        Caller::User { user, .. } => {
            let members = users::memberships(cx.db(), user.id, MEMBERS_MAX).await?;
            Ok(members.into_iter().map(|member| member.workspace).collect())
        }
        Caller::Key(_) => Ok(vec![current(cx).await?]),
        Caller::Operator => cx.engine.workspaces().await,
    }
}

/// Makes a workspace, which this process follows from now on.
///
/// # Errors
/// [`Error::Denied`], or [`Error::Invalid`] with every problem found; a taken key is one.
pub async fn create(cx: &Cx, draft: WorkspaceDraft) -> Result<Workspace, Error> {
    cx.require(Right::ManageWorkspaces)?;
    let name = check(&draft)?;
    let workspace =
        Workspace { id: cx.ids.workspace(), key: draft.key, name, time_zone: draft.time_zone, created_at: cx.now };
    let (engine, made) = (cx.engine.clone(), workspace.clone());
    cx.engine
        .tasks()
        .unit(async move {
            let tx = engine.store().begin().await?;
            workspaces::insert(&tx, &made).await.map_err(|error| taken_key(error, &made.key))?;
            tx.commit().await?;
            if engine.has_workers() { engine.follow_workspaces().await } else { Ok(()) }
        })
        .await?;
    Ok(workspace)
}

/// Answers the name.
fn check(draft: &WorkspaceDraft) -> Result<String, Error> {
    let mut problems = Problems::default();
    let is_key = draft.key.len() <= KEY_CHARS_MAX
        && draft.key.starts_with(|letter: char| letter.is_ascii_lowercase())
        && draft.key.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
    if !is_key {
        let message = format!("A key is a lower-case letter, then letters, digits or `-`: at most {KEY_CHARS_MAX}.");
        problems.push(Problem::new(ProblemCode::Invalid, &["key"], message));
    }
    let name = match draft.name.trim() {
        "" => Some(draft.key.clone()),
        name => problems.keep(check_name(name, NAME_CHARS_MAX)),
    };
    if TimeZone::get(&draft.time_zone).is_err() {
        let message = "No such time zone; use an IANA name such as Europe/Istanbul.";
        problems.push(Problem::new(ProblemCode::Invalid, &["timeZone"], message));
    }
    problems.or_parts(name)
}
