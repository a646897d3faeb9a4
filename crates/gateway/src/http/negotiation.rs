//! Media types: what a body is sent as, and what the client wants back. Follows the GraphQL over HTTP
//! specification; a request that names no wish gets `application/json`.

use axum::http::{HeaderMap, HeaderValue, header};

/// The two forms of a GraphQL answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Media {
    /// `application/graphql-response+json`: the HTTP status tells whether the request was executed.
    GraphqlResponse,
    /// `application/json`: 200 for every well-formed request, as old clients expect.
    Json,
}

impl Media {
    pub(super) const fn content_type(self) -> HeaderValue {
        match self {
            Self::GraphqlResponse => HeaderValue::from_static("application/graphql-response+json; charset=utf-8"),
            Self::Json => HeaderValue::from_static("application/json; charset=utf-8"),
        }
    }
}

/// The form the client likes best, the earlier on a draw; `None` when it accepts neither.
pub(super) fn wanted(headers: &HeaderMap) -> Option<Media> {
    let mut best: Option<(Media, f32)> = None;
    let mut names_any = false;
    for range in headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok()) {
        for range in range.split(',').filter(|range| !range.trim().is_empty()) {
            names_any = true;
            let (essence, quality) = essence_and_quality(range);
            let media = match essence.as_str() {
                "application/graphql-response+json" => Media::GraphqlResponse,
                "application/json" | "application/*" | "*/*" => Media::Json,
                _ => continue,
            };
            if 0.0 < quality && best.is_none_or(|(_, other)| other < quality) {
                best = Some((media, quality));
            }
        }
    }
    if names_any { best.map(|(media, _)| media) } else { Some(Media::Json) }
}

/// Whether the client accepts an event stream by name.
pub(super) fn accepts_events(headers: &HeaderMap) -> bool {
    let ranges = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    ranges
        .flat_map(|range| range.split(','))
        .map(essence_and_quality)
        .any(|(essence, quality)| essence == "text/event-stream" && 0.0 < quality)
}

/// Whether the body is announced as JSON in UTF-8.
pub(super) fn is_json(headers: &HeaderMap) -> bool {
    let mut values = headers.get_all(header::CONTENT_TYPE).iter();
    let (Some(value), None) = (values.next(), values.next()) else { return false };
    let Ok(text) = value.to_str() else { return false };
    let mut parts = text.split(';').map(str::trim);
    let is_json = parts.next().is_some_and(|essence| essence.eq_ignore_ascii_case("application/json"));
    is_json
        && parts.all(|parameter| match parameter.split_once('=') {
            Some((name, value)) if name.trim().eq_ignore_ascii_case("charset") => {
                matches!(value.trim().trim_matches('"').to_ascii_lowercase().as_str(), "utf-8" | "utf8")
            }
            Some(_) | None => true,
        })
}

fn essence_and_quality(range: &str) -> (String, f32) {
    let mut parts = range.split(';').map(str::trim);
    let essence = parts.next().unwrap_or_default().to_ascii_lowercase();
    let quality = parts
        .find_map(|parameter| parameter.strip_prefix("q=").or_else(|| parameter.strip_prefix("Q=")))
        .map_or(1.0, |quality| quality.parse().unwrap_or(0.0));
    (essence, quality)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: header::HeaderName, value: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        if !value.is_empty() {
            headers.insert(name, HeaderValue::from_str(value).unwrap());
        }
        headers
    }

    #[test]
    fn the_answer_has_the_form_the_client_likes_best() {
        let check = |accept: &str, expected| {
            assert_eq!(wanted(&headers(header::ACCEPT, accept)), expected, "{accept}");
        };
        check("", Some(Media::Json));
        check("*/*", Some(Media::Json));
        check("application/json", Some(Media::Json));
        check("application/graphql-response+json", Some(Media::GraphqlResponse));
        check("application/graphql-response+json, application/json;q=0.9", Some(Media::GraphqlResponse));
        check("application/json;q=0.2, Application/GraphQL-Response+JSON;q=0.3", Some(Media::GraphqlResponse));
        check("text/html,application/xhtml+xml,*/*;q=0.8", Some(Media::Json));
        check("application/json;q=0", None);
        check("text/html", None);
    }

    #[test]
    fn only_json_in_utf8_is_read() {
        let check = |content_type: &str, expected| {
            assert_eq!(is_json(&headers(header::CONTENT_TYPE, content_type)), expected, "{content_type}");
        };
        check("application/json", true);
        check("Application/JSON; Charset=\"UTF-8\"", true);
        check("application/json; charset=utf-16", false);
        check("text/plain", false);
        check("application/x-www-form-urlencoded", false);
        check("multipart/form-data; boundary=x", false);
        check("", false);
    }
}
