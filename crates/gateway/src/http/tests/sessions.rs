//! Who a request speaks for: cookies with their CSRF token, API keys, and nobody.

use attrium_engine::commands::{self, Command};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};

use super::house::{Answer, EMAIL, House, PASSWORD, json_request, with_headers};
use crate::config::Profile;

fn viewer() -> Value {
    json!({ "query": "{ viewer { user { email } workspace { key } } }" })
}

pub(super) async fn sign_in(house: &House, headers: &[(&str, &str)]) -> Answer {
    let query = "mutation($input: SignInInput!) { signIn(input: $input) { viewer { csrfToken } problems { code } } }";
    let variables = json!({ "input": { "email": EMAIL, "password": PASSWORD } });
    house.send(with_headers(&json!({ "query": query, "variables": variables }), headers)).await
}

pub(super) fn csrf_of(cookies: &str) -> &str {
    cookies.split("attrium_csrf=").nth(1).and_then(|rest| rest.split(';').next()).unwrap()
}

#[tokio::test]
async fn a_visitor_may_only_ask_who_they_are() {
    let house = House::open(Profile::Production).await.with_ann().await;
    let answer = house.send(json_request(&viewer())).await;
    assert_eq!(answer.json(), json!({ "data": { "viewer": null } }));
    let profiles = json!({ "query": "{ profiles { totalCount } }" });
    let answer = house.send(json_request(&profiles)).await;
    assert_eq!((answer.status, answer.code().as_str()), (StatusCode::OK, "UNAUTHENTICATED"));
    let accept = [("accept", "application/graphql-response+json")];
    assert_eq!(house.send(with_headers(&profiles, &accept)).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_session_works_with_its_csrf_token_from_our_own_pages() {
    let house = House::open(Profile::Production).await.with_ann().await;
    let signed_in = sign_in(&house, &[("origin", "https://attrium.test")]).await;
    let set: Vec<&str> =
        signed_in.headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap()).collect();
    assert_eq!(set.len(), 2, "{}", signed_in.body);
    assert!(set.iter().all(|cookie| cookie.contains("; SameSite=Lax; Secure")), "{set:?}");
    assert!(
        set.iter().any(|cookie| cookie.starts_with("__Host-attrium_session=") && cookie.contains("HttpOnly")),
        "{set:?}"
    );

    let cookies = signed_in.cookies();
    let csrf = csrf_of(&cookies);
    assert_eq!(signed_in.json()["data"]["signIn"]["viewer"]["csrfToken"], csrf);
    let ask = async |headers: &[(&str, &str)]| {
        let answer = house.send(with_headers(&viewer(), headers)).await;
        (answer.status, answer.body)
    };
    let (status, body) = ask(&[("cookie", &cookies), ("x-csrf-token", csrf)]).await;
    assert!(status == StatusCode::OK && body.contains(EMAIL), "{body}");
    let (status, _) = ask(&[("cookie", &cookies), ("x-csrf-token", csrf), ("origin", "https://attrium.test")]).await;
    assert_eq!(status, StatusCode::OK);
    for refused in [
        vec![("cookie", cookies.as_str())],
        vec![("cookie", &cookies), ("x-csrf-token", "x")],
        vec![("cookie", &cookies), ("x-csrf-token", csrf), ("origin", "https://evil.test")],
        vec![("cookie", &cookies), ("x-csrf-token", csrf), ("origin", "null")],
    ] {
        let (status, body) = ask(&refused).await;
        assert!(status == StatusCode::FORBIDDEN && !body.contains(EMAIL), "{refused:?}: {body}");
    }
}

#[tokio::test]
async fn a_cookie_never_speaks_for_a_get() {
    let house = House::open(Profile::Production).await.with_ann().await;
    let cookies = sign_in(&house, &[]).await.cookies();
    let request = Request::builder().uri("/graphql?query=%7Bviewer%7Bworkspace%7Bkey%7D%7D%7D");
    let request = request.header("cookie", &cookies).header("x-csrf-token", csrf_of(&cookies));
    let answer = house.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.json(), json!({ "data": { "viewer": null } }));
}

#[tokio::test]
async fn another_site_cannot_sign_a_browser_in() {
    let house = House::open(Profile::Production).await.with_ann().await;
    let answer = sign_in(&house, &[("origin", "https://evil.test")]).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(answer.cookies().is_empty());
}

#[tokio::test]
async fn behind_a_trusted_proxy_each_client_is_slowed_alone() {
    let proxies = |config: &mut crate::config::Config| {
        config.http.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()];
    };
    let house = House::open_with(Profile::Production, proxies).await;
    let guess = async |from: &str| {
        let query = "mutation { signIn(input: { email: \"a@example.com\", password: \"x\" }) { problems { code } } }";
        let answer = house.send(with_headers(&json!({ "query": query }), &[("x-forwarded-for", from)])).await;
        answer.json()["data"]["signIn"]["problems"][0]["code"].clone()
    };
    for attempt in 0..10 {
        // What the client itself wrote in front does not help it.
        assert_eq!(guess(&format!("203.0.113.{attempt}, 192.0.2.1")).await, "WRONG_CREDENTIALS");
    }
    assert_eq!(guess("192.0.2.1").await, "TOO_MANY");
    assert_eq!(guess("192.0.2.2").await, "WRONG_CREDENTIALS");
}

#[tokio::test]
async fn a_session_that_is_over_is_a_visitor_who_may_sign_in() {
    let house = House::open(Profile::Production).await.with_ann().await;
    let stale = [("cookie", "__Host-attrium_session=unknown")];
    assert_eq!(house.send(with_headers(&viewer(), &stale)).await.json()["data"]["viewer"], Value::Null);
    assert!(!sign_in(&house, &stale).await.cookies().is_empty());
}

#[tokio::test]
async fn a_key_speaks_until_it_is_revoked() {
    let house = House::open(Profile::Production).await.with_ann().await;
    let (text, id) = house.key().await;
    let bearer = format!("Bearer {text}");
    let with_key = async |value: &str| house.send(with_headers(&viewer(), &[("authorization", value)])).await;
    assert_eq!(with_key(&bearer).await.json()["data"]["viewer"]["workspace"]["key"], "demo");

    let wrong = format!("{}x", &bearer[..bearer.len() - 1]);
    for value in [wrong.as_str(), "Bearer", "Bearer x", "Basic YTpi"] {
        let answer = with_key(value).await;
        assert_eq!((answer.status, answer.code().as_str()), (StatusCode::UNAUTHORIZED, "UNAUTHENTICATED"), "{value}");
    }
    let revoke = Command::RevokeKey { workspace: Some("demo".to_owned()), key: id };
    commands::run(&house.app.engine, revoke).await.unwrap();
    assert_eq!(with_key(&bearer).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_workspace_the_user_does_not_belong_to_is_not_there() {
    let house = House::open(Profile::Production).await.with_ann().await;
    let cookies = sign_in(&house, &[]).await.cookies();
    let headers = [("cookie", cookies.as_str()), ("x-csrf-token", csrf_of(&cookies)), ("x-attrium-workspace", "other")];
    let answer = house.send(with_headers(&viewer(), &headers)).await;
    assert_eq!((answer.status, answer.code().as_str()), (StatusCode::NOT_FOUND, "NOT_FOUND"));
}
