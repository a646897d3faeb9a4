//! The dashboard's files, built into the binary. Only `/`, `/sign-in` and `/w/…` are pages; a file that
//! is not there is a 404, so that an old tab notices an upgrade.

use std::collections::HashMap;
use std::io::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse as _, Response};
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use rust_embed::RustEmbed;

use super::{App, security};

#[derive(RustEmbed)]
#[folder = "../../dashboard/dist"]
#[allow_missing = true]
struct Dist;

/// What `index.html` holds where the request's nonce belongs.
const NONCE_PLACE: &str = "__CSP_NONCE__";
/// And where the address belongs that the sign-in page prefills.
const DEMO_USER_PLACE: &str = "__DEMO_USER__";
/// Names under this folder carry a hash of their content.
const HASHED: &str = "assets/";
/// Below this, gzip saves nothing.
const GZIP_BYTES_MIN: usize = 1_024;

const NOT_BUILT: &str = include_str!("not_built.html");

/// A page: its scripts and styles are let through by the nonce written into it.
pub(super) async fn index(State(app): State<Arc<App>>) -> Response {
    let nonce = app.nonce();
    let (page, policy) = match Dist::get("index.html") {
        Some(file) => {
            let text = String::from_utf8_lossy(&file.data);
            let demo_user = app.demo_user.as_deref().unwrap_or_default();
            let page = text.replace(NONCE_PLACE, &nonce).replace(DEMO_USER_PLACE, demo_user);
            (page, security::policy_of_dashboard(&nonce))
        }
        None => (NOT_BUILT.replace(NONCE_PLACE, &nonce), security::policy_of_page(&nonce)),
    };
    let headers =
        [(header::CONTENT_SECURITY_POLICY, policy), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    (headers, Html(page)).into_response()
}

/// Any other path: a file of the dashboard, or a 404.
pub(super) async fn file(uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    // The page is only served with a nonce.
    let file = if path == "index.html" { None } else { Dist::get(path) };
    let Some(file) = file else { return (StatusCode::NOT_FOUND, "not found\n").into_response() };

    let cache = if path.starts_with(HASHED) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let media = file.metadata.mimetype().to_owned();
    let content_type = HeaderValue::from_str(&media).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    let zipped = (is_text(&media) && takes_gzip(&headers)).then(|| gzipped(path, &file.data)).flatten();
    let mut response = match zipped {
        Some(zipped) => ([(header::CONTENT_ENCODING, "gzip")], zipped).into_response(),
        None => Bytes::from(file.data.into_owned()).into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, content_type);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    response
}

/// Everything else in a build is compressed already.
fn is_text(media: &str) -> bool {
    media.starts_with("text/") || media.ends_with("javascript") || media.ends_with("json") || media.ends_with("xml")
}

fn takes_gzip(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|encoding| {
        let mut parts = encoding.split(';').map(str::trim);
        parts.next() == Some("gzip") && !parts.any(|weight| weight == "q=0")
    })
}

/// The file in gzip, made once per process; `None` when that does not make it smaller. In a development
/// build files change on the disk, so nothing is kept.
fn gzipped(path: &str, data: &[u8]) -> Option<Bytes> {
    static MADE: Mutex<Option<HashMap<String, Bytes>>> = Mutex::new(None);
    if data.len() < GZIP_BYTES_MIN {
        return None;
    }
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    let made = made.get_or_insert_default();
    if let Some(zipped) = made.get(path).filter(|_| !cfg!(debug_assertions)) {
        return Some(zipped.clone());
    }
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(data).ok()?;
    let zipped = Bytes::from(encoder.finish().ok()?);
    if data.len() <= zipped.len() {
        return None;
    }
    made.insert(path.to_owned(), zipped.clone());
    Some(zipped)
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use flate2::read::GzDecoder;

    use super::*;

    #[test]
    fn gzip_goes_to_those_who_take_it() {
        let check = |accepted: &'static str, expected| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(accepted));
            assert_eq!(takes_gzip(&headers), expected, "{accepted}");
        };
        check("gzip, deflate, br", true);
        check("br;q=1.0, gzip;q=0.8", true);
        check("gzip;q=0", false);
        check("br", false);
        assert!(!takes_gzip(&HeaderMap::new()));
    }

    #[test]
    fn a_file_is_packed_when_that_makes_it_smaller() {
        let text = "attrium ".repeat(1_000);
        let mut unpacked = String::new();
        let packed = gzipped("assets/a.js", text.as_bytes()).unwrap();
        GzDecoder::new(&packed[..]).read_to_string(&mut unpacked).unwrap();
        assert_eq!(unpacked, text);
        assert_eq!(gzipped("assets/b.js", b"short"), None);
    }
}
