//! Headers that tell browsers what a page of ours may do, and the check of `Origin`.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

/// For answers that are no pages: they may load and frame nothing.
const POLICY_OF_DATA: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const ON_EVERYTHING: [(HeaderName, &str); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Adds the headers to every answer; a page that set its own policy keeps it.
pub(super) async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in ON_EVERYTHING {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(POLICY_OF_DATA));
    response
}

/// The policy of the dashboard: scripts are files of ours, inline styles carry the nonce.
pub(super) fn policy_of_dashboard(nonce: &str) -> HeaderValue {
    policy("'self'", nonce)
}

/// The policy of a page that is one file: its one script carries the nonce too.
pub(super) fn policy_of_page(nonce: &str) -> HeaderValue {
    policy(&format!("'nonce-{nonce}'"), nonce)
}

fn policy(scripts: &str, nonce: &str) -> HeaderValue {
    let policy = format!(
        "default-src 'none'; script-src {scripts}; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; \
         font-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; \
         frame-ancestors 'none'"
    );
    HeaderValue::from_str(&policy).expect("a nonce is base 64")
}

/// Whether a browser says that another site made this request. Without an `Origin` no browser did, or
/// the page asks for itself.
pub(super) fn is_foreign(headers: &HeaderMap, public_url: Option<&str>) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else { return false };
    let Ok(origin) = origin.to_str() else { return true };
    if let Some(public_url) = public_url {
        return !origin.eq_ignore_ascii_case(public_url);
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let from = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
    match (from, host) {
        (Some(from), Some(host)) => !from.eq_ignore_ascii_case(host),
        (Some(_) | None, _) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_must_be_the_host_or_the_public_url() {
        let check = |origin: &str, public_url: Option<&str>, expected| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static("attrium.example.com"));
            headers.insert(header::ORIGIN, HeaderValue::from_str(origin).unwrap());
            assert_eq!(is_foreign(&headers, public_url), expected, "{origin}");
        };
        check("https://attrium.example.com", None, false);
        check("https://evil.example.com", None, true);
        check("https://attrium.example.com.evil.example", None, true);
        check("https://attrium.example.com:8443", None, true);
        check("null", None, true);
        check("https://crm.example.com", Some("https://crm.example.com"), false);
        check("https://attrium.example.com", Some("https://crm.example.com"), true);
        assert!(!is_foreign(&HeaderMap::new(), None));
    }
}
