//! Users of the dashboard: added to workspaces, given new passwords.

use attrium_storage::{sessions, users};
use secrecy::SecretString;

use crate::cx::{Caller, Cx};
use crate::doors::is_taken;
use crate::error::{Error, Problem, ProblemCode};
use crate::names::check_name;
use crate::nouns::{Role, User};
use crate::passwords;
use crate::rights::Right;
use crate::sessions::normal_email;

pub(crate) const EMAIL_BYTES_MAX: usize = 254;
const NAME_CHARS_MAX: usize = 120;

/// Someone to be added to a workspace.
#[derive(Clone, Debug)]
pub struct UserDraft {
    /// The address they sign in with.
    pub email: String,
    /// Their name; the address's local part when blank.
    pub name: String,
    /// What they are in the workspace.
    pub role: Role,
    /// Their password; made here when absent.
    pub password: Option<SecretString>,
}

/// A user, with the password when it was made here.
#[derive(Clone, Debug)]
pub struct Added {
    /// The user.
    pub user: User,
    /// The password, to be shown once; `None` when the caller gave it, or the user has one already.
    pub password: Option<SecretString>,
}

/// Adds someone to the request's workspace. Someone new is made, with a password; who is known already keeps theirs.
///
/// # Errors
/// [`Error::Denied`], or [`Error::Invalid`]; being a member already is one.
pub async fn add(cx: &Cx, draft: UserDraft) -> Result<Added, Error> {
    cx.require(Right::ManageUsers)?;
    let email = check_email(&draft.email)?;
    let known = users::find_by_email(cx.db(), &email).await?;
    let is_new = known.is_none();
    let (user, password) = match known {
        Some(user) => (user, None),
        None => make(cx, &draft, email).await?,
    };
    let (store, workspace, role, made) = (cx.engine.store().clone(), cx.workspace, draft.role, user.clone());
    cx.engine
        .tasks()
        .unit(async move {
            let tx = store.begin().await?;
            if is_new {
                users::insert(&tx, &made).await.map_err(taken)?;
            }
            users::insert_role(&tx, workspace, made.id, role).await.map_err(taken)?;
            Ok(tx.commit().await?)
        })
        .await?;
    Ok(Added { user, password })
}

async fn make(cx: &Cx, draft: &UserDraft, email: String) -> Result<(User, Option<SecretString>), Error> {
    let name = match draft.name.trim() {
        "" => email.split('@').next().unwrap_or_default().to_owned(),
        name => check_name(name, NAME_CHARS_MAX).map_err(|problem| Error::Invalid(vec![problem]))?,
    };
    let given = draft.password.clone();
    let password = given.clone().unwrap_or_else(|| passwords::generate(&cx.ids));
    let hash = cx.engine.passwords().hash(&password, &cx.ids).await?;
    let user = User { id: cx.ids.user(), email, name, password_hash: hash.into(), created_at: cx.now };
    Ok((user, given.is_none().then_some(password)))
}

/// Gives a user a new password and ends their sessions.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`], or [`Error::Invalid`] for a password that is too short.
pub async fn reset_password(cx: &Cx, email: &str, password: Option<SecretString>) -> Result<Added, Error> {
    cx.require(Right::ManageUsers)?;
    let found = users::find_by_email(cx.db(), &normal_email(email)).await?;
    let mut user = found.ok_or(Error::NotFound { noun: "user" })?;
    // The operator answers for every workspace; anyone else for their own.
    let is_operator = matches!(cx.caller(), Caller::Operator);
    if !is_operator && users::find_role(cx.db(), cx.workspace, user.id).await?.is_none() {
        return Err(Error::NotFound { noun: "user" });
    }
    let fresh = password.clone().unwrap_or_else(|| passwords::generate(&cx.ids));
    user.password_hash = cx.engine.passwords().hash(&fresh, &cx.ids).await?.into();
    let (store, altered) = (cx.engine.store().clone(), user.clone());
    cx.engine
        .tasks()
        .unit(async move {
            let tx = store.begin().await?;
            users::update(&tx, &altered).await?;
            sessions::delete_of_user(&tx, altered.id).await?;
            Ok(tx.commit().await?)
        })
        .await?;
    Ok(Added { user, password: password.is_none().then_some(fresh) })
}

fn check_email(email: &str) -> Result<String, Error> {
    let email = normal_email(email);
    let is_email = email.len() <= EMAIL_BYTES_MAX && attrium_schema::Format::Email.check(&email).is_ok();
    let message = "That is not an e-mail address.";
    if is_email { Ok(email) } else { Err(Error::problem(ProblemCode::Invalid, &["email"], message)) }
}

fn taken(error: attrium_storage::StorageError) -> Error {
    if is_taken(&error) {
        let message = "This user is a member of the workspace already.";
        return Error::Invalid(vec![Problem::new(ProblemCode::Taken, &["email"], message)]);
    }
    error.into()
}
