//! Signing in and out of the dashboard.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use attrium_engine::sessions;

use super::error::ApiResult;
use super::problems::{self, Problem};
use super::request::ContextExt as _;
use super::viewer::Viewer;
use crate::browser::Browser;

/// What signs someone in.
#[derive(InputObject)]
pub(super) struct SignInInput {
    /// The address of the account, in any case.
    email: String,
    /// Its password.
    password: String,
}

/// What came of signing in.
#[derive(SimpleObject)]
pub(super) struct SignInPayload {
    /// Who has signed in; null when there are problems.
    viewer: Option<Viewer>,
    /// `WRONG_CREDENTIALS`, whether the address or the password is wrong, or `TOO_MANY`; empty on success.
    problems: Vec<Problem>,
}

/// What came of signing out.
#[derive(SimpleObject)]
pub(super) struct SignOutPayload {
    /// Why nothing was done; empty on success.
    problems: Vec<Problem>,
}

#[derive(Default)]
pub(super) struct SessionMutations;

#[Object]
impl SessionMutations {
    /// Begins a session and sets its cookies. Further requests send `viewer.csrfToken` as
    /// `X-CSRF-Token`. Needs no session, and takes no idempotency key.
    async fn sign_in(&self, ctx: &Context<'_>, input: SignInInput) -> ApiResult<SignInPayload> {
        let password = input.password.into();
        let outcome = sessions::sign_in(ctx.engine(), &input.email, &password, ctx.visit().address).await;
        let (signed_in, problems) = problems::split(outcome)?;
        let Some(signed_in) = signed_in else {
            return Ok(SignInPayload { viewer: None, problems });
        };
        ctx.data_unchecked::<Browser>().sign_in(ctx, &signed_in.token);
        Ok(SignInPayload { viewer: Viewer::of_session(ctx, &signed_in.token).await?, problems })
    }

    /// Ends the session on the server and clears its cookies.
    async fn sign_out(&self, ctx: &Context<'_>) -> ApiResult<SignOutPayload> {
        ctx.cx()?;
        let browser = ctx.data_unchecked::<Browser>();
        let Some(token) = browser.session() else {
            return Ok(SignOutPayload { problems: vec![problems::no_session()] });
        };
        sessions::sign_out(ctx.engine(), token).await?;
        browser.sign_out(ctx);
        Ok(SignOutPayload { problems: Vec::new() })
    }
}
