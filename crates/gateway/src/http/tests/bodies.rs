//! How much of a body is read, from whom, and what is said to those who send more.

use std::convert::Infallible;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use bytes::Bytes;
use serde_json::json;

use super::super::*;
use super::house::{Answer, House, json_request, with_headers};

/// A request whose body has about so many bytes.
fn body_of(bytes: usize) -> serde_json::Value {
    json!({ "query": "{ __typename }", "extensions": { "x": "y".repeat(bytes) } })
}

/// Sends it whole, and then in chunks of unknown number.
async fn send_both_ways(house: &House, bytes: usize, headers: &[(&str, &str)]) -> [Answer; 2] {
    let whole = house.send(with_headers(&body_of(bytes), headers)).await;
    let text = body_of(bytes).to_string();
    let chunks: Vec<Result<Bytes, Infallible>> =
        text.as_bytes().chunks(4_096).map(|chunk| Ok(Bytes::copy_from_slice(chunk))).collect();
    let request = Request::builder().method(Method::POST).uri("/graphql");
    let request = request.header(header::CONTENT_TYPE, "application/json");
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    let body = Body::from_stream(futures_util::stream::iter(chunks));
    [whole, house.send(request.body(body).unwrap()).await]
}

#[tokio::test]
async fn a_body_over_a_megabyte_is_refused_however_it_is_sent() {
    let house = House::open(Profile::Production).await.with_ann().await;
    let bearer = format!("Bearer {}", house.key().await.0);
    for answer in send_both_ways(&house, BODY_BYTES_MAX, &[("authorization", &bearer)]).await {
        assert_eq!((answer.status, answer.code().as_str()), (StatusCode::PAYLOAD_TOO_LARGE, "INVALID"));
        assert_eq!(answer.header("content-type"), "application/json; charset=utf-8");
    }
    for answer in send_both_ways(&house, BODY_BYTES_MAX / 2, &[("authorization", &bearer)]).await {
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    }
}

#[tokio::test]
async fn a_visitor_sends_no_more_than_it_takes_to_sign_in() {
    let house = House::open(Profile::Production).await;
    for answer in send_both_ways(&house, 16 << 10, &[]).await {
        assert_eq!((answer.status, answer.code().as_str()), (StatusCode::UNAUTHORIZED, "UNAUTHENTICATED"));
    }
    for answer in send_both_ways(&house, 15 << 10, &[]).await {
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    }
}

#[tokio::test]
async fn visitors_who_keep_us_waiting_keep_out_visitors_alone() {
    let house = House::open_with(Profile::Production, |config| config.http.in_flight_max = 4).await.with_ann().await;
    let bearer = format!("Bearer {}", house.key().await.0);
    let never = Body::from_stream(futures_util::stream::pending::<Result<Bytes, Infallible>>());
    let request = Request::builder().method(Method::POST).uri("/graphql");
    let waiting = house.send(request.header(header::CONTENT_TYPE, "application/json").body(never).unwrap());
    let others = async {
        // The first visitor has its place once it has been polled.
        tokio::task::yield_now().await;
        let visitor = house.send(with_headers(&body_of(1), &[])).await;
        (visitor, house.send(with_headers(&body_of(1), &[("authorization", &bearer)])).await)
    };
    tokio::select! {
        biased;
        answer = waiting => panic!("nothing was sent, and yet: {}", answer.status),
        (visitor, known) = others => {
            assert_eq!((visitor.status, visitor.code().as_str()), (StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE"));
            assert_eq!(known.status, StatusCode::OK);
        }
    }
}

#[tokio::test]
async fn an_unknown_key_is_refused_before_the_body_is_read() {
    let house = House::open(Profile::Production).await;
    let never = Body::from_stream(futures_util::stream::pending::<Result<Bytes, Infallible>>());
    let request = Request::builder().method(Method::POST).uri("/graphql").header("authorization", "Bearer x");
    let answer = house.send(request.header(header::CONTENT_TYPE, "application/json").body(never).unwrap()).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn variables_are_bounded_before_they_are_built() {
    let house = House::open(Profile::Production).await.with_ann().await;
    let bearer = format!("Bearer {}", house.key().await.0);
    let many = json!({ "query": "{ __typename }", "variables": { "x": vec![0; 60_000] } });
    let deep = (0..100).fold(json!(0), |inner, _| json!([inner]));
    let deep = json!({ "query": "{ __typename }", "variables": { "x": deep } });
    for body in [many, deep] {
        let answer = house.send(with_headers(&body, &[("authorization", &bearer)])).await;
        assert_eq!((answer.status, answer.code().as_str()), (StatusCode::BAD_REQUEST, "INVALID"));
    }
    assert_eq!(house.send(json_request(&json!({ "query": "{ __typename }" }))).await.status, StatusCode::OK);
}
