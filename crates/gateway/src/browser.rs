//! Sign-ins of browsers: the cookies that carry them, and the token that proves a request was made by
//! our own pages. Whether a session still stands is the engine's to say.

use async_graphql::Context;
use axum::http::{HeaderMap, HeaderValue, header};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

/// Holds the session; pages cannot read it.
const SESSION_COOKIE: &str = "attrium_session";
/// Holds the CSRF token, for our pages to read and send back as a header.
const CSRF_COOKIE: &str = "attrium_csrf";
/// The header a cookie session sends its CSRF token in.
const CSRF_HEADER: &str = "x-csrf-token";

/// The browser's side of one request; part of its GraphQL data.
#[derive(Debug)]
pub(crate) struct Browser {
    session: Option<SecretString>,
    is_secure: bool,
}

impl Browser {
    /// What the request's cookies say. `is_secure` keeps the cookies of its answer to HTTPS.
    pub(crate) fn of(headers: &HeaderMap, is_secure: bool) -> Self {
        Self { session: cookie(headers, SESSION_COOKIE).map(SecretString::from), is_secure }
    }

    /// The token of the session cookie, or `None` without one.
    pub(crate) fn session(&self) -> Option<&SecretString> {
        self.session.as_ref()
    }

    /// The CSRF token that goes with the session cookie, or `None` without one.
    pub(crate) fn csrf_token(&self) -> Option<String> {
        self.session.as_ref().map(csrf_token_of)
    }

    /// Whether the request proves that it was made by our own pages.
    pub(crate) fn has_csrf_token(&self, headers: &HeaderMap) -> bool {
        let sent = headers.get(CSRF_HEADER).and_then(|value| value.to_str().ok()).unwrap_or_default();
        self.csrf_token().is_some_and(|expected| bool::from(expected.as_bytes().ct_eq(sent.as_bytes())))
    }

    /// Adds the cookies of a new session to the answer.
    pub(crate) fn sign_in(&self, ctx: &Context<'_>, session: &SecretString) {
        self.set(ctx, SESSION_COOKIE, session.expose_secret(), "; HttpOnly");
        self.set(ctx, CSRF_COOKIE, &csrf_token_of(session), "");
    }

    /// Takes the cookies back.
    pub(crate) fn sign_out(&self, ctx: &Context<'_>) {
        self.set(ctx, SESSION_COOKIE, "", "; HttpOnly; Max-Age=0");
        self.set(ctx, CSRF_COOKIE, "", "; Max-Age=0");
    }

    /// Without an age the cookie ends with the browser; the engine ends the session before that.
    fn set(&self, ctx: &Context<'_>, name: &str, value: &str, attributes: &str) {
        let secure = if self.is_secure { "; Secure" } else { "" };
        let text = format!("{name}={value}; Path=/; SameSite=Lax{secure}{attributes}");
        let cookie = HeaderValue::from_str(&text).expect("tokens are base 62 or base 64");
        ctx.append_http_header(header::SET_COOKIE, cookie);
    }
}

/// The CSRF token of a session. It is derived, so that nothing more is stored, and it does not tell the
/// session.
pub(crate) fn csrf_token_of(session: &SecretString) -> String {
    let digest = Sha256::new().chain_update("attrium csrf ").chain_update(session.expose_secret()).finalize();
    URL_SAFE_NO_PAD.encode(digest)
}

fn cookie(headers: &HeaderMap, wanted: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, value)| *name == wanted && !value.is_empty())
        .map(|(_, value)| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn browser(cookies: &str) -> Browser {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_str(cookies).unwrap());
        Browser::of(&headers, true)
    }

    fn csrf_headers(token: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(CSRF_HEADER, HeaderValue::from_str(token).unwrap());
        headers
    }

    #[test]
    fn the_session_is_found_among_other_cookies() {
        let found = |cookies| browser(cookies).session().map(|token| token.expose_secret().to_owned());
        assert_eq!(found("a=b; attrium_session=s1; c=d"), Some("s1".to_owned()));
        assert_eq!(found("xattrium_session=s1"), None);
        assert_eq!(found("attrium_session="), None);
    }

    #[test]
    fn only_its_own_csrf_token_opens_a_session() {
        let ann = browser("attrium_session=s1");
        let token = ann.csrf_token().unwrap();
        assert!(ann.has_csrf_token(&csrf_headers(&token)));
        assert!(!browser("attrium_session=s2").has_csrf_token(&csrf_headers(&token)));
        assert!(!ann.has_csrf_token(&csrf_headers("")));
        assert!(!ann.has_csrf_token(&HeaderMap::new()));
        assert!(!browser("a=b").has_csrf_token(&csrf_headers(&token)));
    }

    #[test]
    fn a_debug_print_hides_the_session() {
        assert!(!format!("{:?}", browser("attrium_session=hunter2")).contains("hunter2"));
    }
}
