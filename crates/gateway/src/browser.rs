//! The browser's side of a request: the cookies that carry a sign-in. What a session's token proves is
//! the engine's to say.

use async_graphql::Context;
use attrium_engine::SessionToken;
use axum::http::{HeaderMap, HeaderValue, header};

/// Holds the session; pages cannot read it.
const SESSION_COOKIE: &str = "attrium_session";
/// The same over HTTPS: browsers let no other host set a cookie of such a name, not even a subdomain.
const SESSION_COOKIE_OF_HOST: &str = "__Host-attrium_session";
/// Holds the CSRF token, for our pages to read and send back as a header.
const CSRF_COOKIE: &str = "attrium_csrf";
/// The header in which a cookie session sends its CSRF token.
const CSRF_HEADER: &str = "x-csrf-token";

/// Part of the data of every GraphQL request.
#[derive(Clone, Debug)]
pub(crate) struct Browser {
    session: Option<SessionToken>,
    is_secure: bool,
}

impl Browser {
    /// What the request's cookies say. `is_secure` keeps the cookies of its answer to HTTPS.
    pub(crate) fn of(headers: &HeaderMap, is_secure: bool) -> Self {
        let session = cookie(headers, session_cookie(is_secure)).map(SessionToken::presented);
        Self { session, is_secure }
    }

    /// The token of the session cookie, or `None` without one.
    pub(crate) fn session(&self) -> Option<&SessionToken> {
        self.session.as_ref()
    }

    /// Whether the request proves that it was made by our own pages.
    pub(crate) fn has_csrf_token(&self, headers: &HeaderMap) -> bool {
        self.is_proved_by(headers.get(CSRF_HEADER).and_then(|value| value.to_str().ok()))
    }

    /// Whether this is the CSRF token of the session.
    pub(crate) fn is_proved_by(&self, csrf_token: Option<&str>) -> bool {
        csrf_token.zip(self.session.as_ref()).is_some_and(|(sent, session)| session.has_csrf_token(sent))
    }

    /// Adds the cookies of a new session to the answer.
    pub(crate) fn sign_in(&self, ctx: &Context<'_>, session: &SessionToken) {
        self.set(ctx, &format!("{}={}; HttpOnly", session_cookie(self.is_secure), session.expose()));
        self.set(ctx, &format!("{CSRF_COOKIE}={}", session.csrf_token()));
    }

    /// Takes the cookies back.
    pub(crate) fn sign_out(&self, ctx: &Context<'_>) {
        self.set(ctx, &format!("{}=; HttpOnly; Max-Age=0", session_cookie(self.is_secure)));
        self.set(ctx, &format!("{CSRF_COOKIE}=; Max-Age=0"));
    }

    /// Without an age the cookie ends with the browser; the engine ends the session before that.
    fn set(&self, ctx: &Context<'_>, cookie: &str) {
        let secure = if self.is_secure { "; Secure" } else { "" };
        let text = format!("{cookie}; Path=/; SameSite=Lax{secure}");
        let cookie = HeaderValue::from_str(&text).expect("tokens are base 64");
        ctx.append_http_header(header::SET_COOKIE, cookie);
    }
}

const fn session_cookie(is_secure: bool) -> &'static str {
    if is_secure { SESSION_COOKIE_OF_HOST } else { SESSION_COOKIE }
}

fn cookie<'a>(headers: &'a HeaderMap, wanted: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, value)| *name == wanted && !value.is_empty())
        .map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn browser(cookies: &str) -> Browser {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_str(cookies).unwrap());
        Browser::of(&headers, false)
    }

    fn csrf_headers(token: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(CSRF_HEADER, HeaderValue::from_str(token).unwrap());
        headers
    }

    #[test]
    fn the_session_is_found_among_other_cookies() {
        let found = |cookies| browser(cookies).session().map(|token| token.expose().to_owned());
        assert_eq!(found("a=b; attrium_session=s1; c=d"), Some("s1".to_owned()));
        assert_eq!(found("xattrium_session=s1"), None);
        assert_eq!(found("attrium_session="), None);
    }

    #[test]
    fn over_https_no_other_host_can_plant_a_session() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_static("attrium_session=planted; __Host-attrium_session=own"));
        assert_eq!(Browser::of(&headers, true).session().unwrap().expose(), "own");
        headers.insert(header::COOKIE, HeaderValue::from_static("attrium_session=planted"));
        assert!(Browser::of(&headers, true).session().is_none());
    }

    #[test]
    fn only_its_own_csrf_token_opens_a_session() {
        let ann = browser("attrium_session=s1");
        let token = ann.session().unwrap().csrf_token();
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
