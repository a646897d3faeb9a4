//! Claims about the routes, each asked as a client would ask, over an engine on SQLite.

mod bodies;
mod house;
mod live;
mod metrics;
mod pages;
mod sessions;
mod specification;

use std::convert::Infallible;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use axum::routing::get;
use bytes::Bytes;
use house::{House, json_request};

use super::*;

#[tokio::test]
async fn a_query_of_nested_brackets_is_refused_with_a_code() {
    let house = House::open(Profile::Production).await;
    for levels in [1_600, 8_000] {
        let query = format!("{{a(x:{}1{})}}", "[".repeat(levels), "]".repeat(levels));
        let answer = house.send(json_request(&serde_json::json!({ "query": query }))).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        assert_eq!(answer.code(), "TOO_MANY");
    }
    assert_eq!(house.get("/livez").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_thousand_mistakes_are_answered_by_twenty_errors() {
    let house = House::open(Profile::Production).await;
    let fields: Vec<String> = (0..900).map(|place| format!("x{place}")).collect();
    let query = format!("{{{}}}", fields.join(" "));
    let answer = house.send(json_request(&serde_json::json!({ "query": query }))).await;
    let errors = answer.json()["errors"].as_array().unwrap().clone();
    assert_eq!(errors.len(), 20);
    assert!(errors.iter().all(|error| error["extensions"]["code"] == "INVALID"), "{errors:?}");
}

#[tokio::test]
async fn too_many_requests_at_once_are_told_when_to_come_back() {
    let house = House::open_with(Profile::Production, |config| config.http.in_flight_max = 1).await;
    let waiting = house.send(post(Body::from_stream(futures_util::stream::pending::<Result<Bytes, Infallible>>())));
    let second = async {
        // The first request has its place once it has been polled.
        tokio::task::yield_now().await;
        house.send(json_request(&serde_json::json!({ "query": "{ __typename }" }))).await
    };
    tokio::select! {
        biased;
        answer = waiting => panic!("nothing was sent, and yet: {}", answer.status),
        shed = second => {
            assert_eq!(shed.status, StatusCode::SERVICE_UNAVAILABLE);
            assert_eq!(shed.header("retry-after"), "1");
            assert_eq!(shed.code(), "UNAVAILABLE");
        }
    }
    assert_eq!(house.get("/livez").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_request_that_does_not_finish_is_ended() {
    let brief = std::time::Duration::from_millis(50);
    let house = House::open_with(Profile::Production, |config| config.http.timeout = brief).await;
    let answer =
        house.send(post(Body::from_stream(futures_util::stream::pending::<Result<Bytes, Infallible>>()))).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn a_panic_is_an_answer_without_its_text() {
    let house = House::open(Profile::Production).await;
    let broken = Router::new().route("/panic", get(async || -> StatusCode { panic!("hunter2") }));
    let request = Request::builder().uri("/panic").body(Body::empty()).unwrap();
    let answer = house::send_to(behind_layers(broken, Arc::clone(&house.app)), request).await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(answer.code(), "INTERNAL");
    assert!(!answer.body.contains("hunter2"));
    assert!(!answer.header("x-request-id").is_empty());
}

#[tokio::test]
async fn readiness_ends_with_the_first_signal_and_liveness_does_not() {
    let house = House::open(Profile::Production).await;
    assert_eq!(house.get("/readyz").await.status, StatusCode::OK);
    house.app.lifecycle.stop();
    assert_eq!(house.get("/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(house.get("/livez").await.status, StatusCode::OK);
}

#[tokio::test]
async fn tests_may_set_the_clock_only_where_it_is_a_test_clock() {
    let set = |body: &str| {
        let request = Request::builder().method(Method::POST).uri("/_test/clock");
        request.body(Body::from(body.to_owned())).unwrap()
    };
    let house = House::open(Profile::Production).await;
    assert_eq!(house.send(set("{}")).await.status, StatusCode::METHOD_NOT_ALLOWED);
    let house = House::open_with_test_clock().await;
    let at = house.send(set("{\"now\":\"2026-05-01T00:00:00Z\"}")).await;
    assert_eq!(at.json()["now"], "2026-05-01T00:00:00Z");
    let later = house.send(set("{\"advance_s\":60}")).await;
    assert_eq!(later.json()["now"], "2026-05-01T00:01:00Z");
    assert_eq!(house.send(set("{\"later\":1}")).await.status, StatusCode::BAD_REQUEST);
    let settle = Request::builder().method(Method::POST).uri("/_test/settle").body(Body::empty()).unwrap();
    assert_eq!(house.send(settle).await.json()["settled"], true);
}

fn post(body: Body) -> Request<Body> {
    let request = Request::builder().method(Method::POST).uri("/graphql");
    request.header(header::CONTENT_TYPE, "application/json").body(body).unwrap()
}
