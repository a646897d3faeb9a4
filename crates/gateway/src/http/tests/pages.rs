//! The dashboard's pages and files, and the headers on everything.

use axum::http::StatusCode;

use super::house::House;
use crate::config::Profile;

#[tokio::test]
async fn pages_carry_a_fresh_nonce_and_are_not_stored() {
    let house = House::open(Profile::Production).await;
    let mut nonces = std::collections::HashSet::new();
    for path in ["/", "/sign-in", "/w/demo", "/w/demo/profiles/prof_x?tab=history"] {
        let page = house.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert_eq!(page.header("cache-control"), "no-store");
        let policy = page.header("content-security-policy");
        let nonce = policy.split("style-src 'self' 'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).unwrap();
        assert!(page.body.contains(&format!("content=\"{nonce}\"")), "{path}: {}", page.body);
        assert!(!page.body.contains("__CSP_NONCE__") && !policy.contains("unsafe"), "{policy}");
        nonces.insert(nonce.to_owned());
    }
    assert_eq!(nonces.len(), 4);
}

#[tokio::test]
async fn a_missing_file_is_missing() {
    let house = House::open(Profile::Production).await;
    for path in ["/assets/gone-1a2b3c.js", "/index.html", "/w", "/admin", "/../Cargo.toml", "/%2e%2e/Cargo.toml"] {
        let answer = house.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!answer.header("content-security-policy").contains("nonce"));
    }
}

#[tokio::test]
async fn every_answer_tells_browsers_to_be_careful() {
    let house = House::open(Profile::Production).await;
    for path in ["/", "/livez", "/graphql?query=%7B__typename%7D", "/nowhere"] {
        let answer = house.get(path).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
        assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
        assert_eq!(answer.header("x-request-id").len(), 16, "{path}");
    }
}

#[tokio::test]
async fn the_page_to_try_queries_on_is_for_development() {
    let house = House::open(Profile::Production).await;
    assert_eq!(house.get("/graphiql").await.status, StatusCode::NOT_FOUND);
    let house = House::open(Profile::Development).await;
    let page = house.get("/graphiql").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("__CSP_NONCE__") && !page.body.contains("https://"), "{}", page.body);
}
