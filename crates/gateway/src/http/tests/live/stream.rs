//! `graphql-sse`, request by request.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use axum::response::Response;
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

use super::*;

const ACTIVITY: &str = "subscription { activity { change { version } } }";

impl Served {
    async fn send(&self, (method, path): (Method, &str), headers: &[(&str, &str)], body: Value) -> Response {
        let authorization = format!("Bearer {}", self.key);
        let request = Request::builder().method(method).uri(path).header("content-type", "application/json");
        let request = request.header("authorization", authorization);
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        self.house.router().oneshot(request.body(Body::from(body.to_string())).unwrap()).await.unwrap()
    }

    /// An operation with a stream of its own.
    async fn alone(&self, query: &str) -> Response {
        let accept = [("accept", "text/event-stream")];
        self.send((Method::POST, "/graphql/stream"), &accept, json!({ "query": query })).await
    }
}

/// The next event of a stream: its name and its data.
async fn event(response: &mut Response) -> Option<(String, String)> {
    loop {
        let frame = tokio::time::timeout(SOON, response.body_mut().frame()).await.unwrap()?;
        let text = String::from_utf8(frame.unwrap().into_data().unwrap().to_vec()).unwrap();
        let (Some(name), Some(data)) = (field(&text, "event"), field(&text, "data")) else { continue };
        return Some((name, data));
    }
}

fn field(text: &str, name: &str) -> Option<String> {
    let value = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    Some(value.trim().to_owned())
}

async fn text(response: Response) -> String {
    String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
}

#[tokio::test]
async fn an_operation_is_answered_by_a_stream_of_its_own() {
    let served = serve(|_| {}).await;
    let mut stream = served.alone(ACTIVITY).await;
    assert_eq!(stream.status(), StatusCode::OK);
    assert_eq!(stream.headers()["content-type"], "text/event-stream");
    // The stream is a lazy one: it listens once it is read.
    let (told, ()) = tokio::join!(event(&mut stream), async {
        served.house.app.engine.settle().await.unwrap();
        served.give("p1", "one").await;
    });
    let (name, data) = told.unwrap();
    assert_eq!((name.as_str(), data.as_str()), ("next", r#"{"data":{"activity":{"change":{"version":"1"}}}}"#));

    let mut stream = served.alone("{ viewer { workspace { key } } }").await;
    assert_eq!(event(&mut stream).await.unwrap().1, r#"{"data":{"viewer":{"workspace":{"key":"demo"}}}}"#);
    assert_eq!(event(&mut stream).await.unwrap(), ("complete".to_owned(), String::new()));
    assert_eq!(event(&mut stream).await, None);
    // What does not validate is told on the stream, too.
    let mut stream = served.alone("{ weather }").await;
    assert!(event(&mut stream).await.unwrap().1.starts_with(r#"{"errors":[{"#));
    assert_eq!(event(&mut stream).await.unwrap().0, "complete");
}

#[tokio::test]
async fn one_stream_carries_the_operations_of_other_requests() {
    let served = serve(|_| {}).await;
    let reserved = served.send((Method::PUT, "/graphql/stream"), &[], Value::Null).await;
    assert_eq!(reserved.status(), StatusCode::CREATED);
    let token = text(reserved).await;
    let named = [("x-graphql-event-stream-token", token.as_str())];
    let run = async |id: &str, query: &str| {
        let body = json!({ "query": query, "extensions": { "operationId": id } });
        served.send((Method::POST, "/graphql/stream"), &named, body).await.status()
    };
    // What is asked before the stream is open waits for it.
    assert_eq!(run("q", "{ viewer { workspace { key } } }").await, StatusCode::ACCEPTED);
    let mut stream = served.send((Method::GET, &format!("/graphql/stream?token={token}")), &[], Value::Null).await;
    assert_eq!(stream.status(), StatusCode::OK);
    let again = served.send((Method::GET, "/graphql/stream"), &named, Value::Null).await;
    assert_eq!(again.status(), StatusCode::CONFLICT);
    let next = r#"{"id":"q","payload":{"data":{"viewer":{"workspace":{"key":"demo"}}}}}"#;
    assert_eq!(event(&mut stream).await.unwrap(), ("next".to_owned(), next.to_owned()));
    assert_eq!(event(&mut stream).await.unwrap(), ("complete".to_owned(), r#"{"id":"q"}"#.to_owned()));

    assert_eq!(run("s", ACTIVITY).await, StatusCode::ACCEPTED);
    assert_eq!(run("s", ACTIVITY).await, StatusCode::CONFLICT);
    assert_eq!(run("q", "{ viewer { __typename } }").await, StatusCode::ACCEPTED, "its id is free again");
    assert_eq!(event(&mut stream).await.unwrap().0, "next");
    assert_eq!(event(&mut stream).await.unwrap().0, "complete");
    served.give("p1", "one").await;
    let told = event(&mut stream).await.unwrap().1;
    assert_eq!(told, r#"{"id":"s","payload":{"data":{"activity":{"change":{"version":"1"}}}}}"#);
    let stop = served.send((Method::DELETE, "/graphql/stream?operationId=s"), &named, Value::Null).await;
    assert_eq!(stop.status(), StatusCode::OK);
    assert_eq!(served.house.app.live_places.taken(), 1, "it ends when the stream is read next");
    assert_eq!(run("q", "{ viewer { __typename } }").await, StatusCode::ACCEPTED);
    assert_eq!(event(&mut stream).await.unwrap().0, "next");
    assert_eq!(event(&mut stream).await.unwrap().0, "complete");
    assert_eq!(served.house.app.live_places.taken(), 0);
    drop(stream);
    assert_eq!(run("q", "{ viewer { __typename } }").await, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_no_request_for_a_stream_is_refused_in_words() {
    let served = serve(|_| {}).await;
    let query = json!({ "query": ACTIVITY });
    let status = async |method: Method, path: &str, headers: &[(&str, &str)]| {
        served.send((method, path), headers, query.clone()).await.status()
    };
    assert_eq!(status(Method::POST, "/graphql/stream", &[]).await, StatusCode::NOT_ACCEPTABLE);
    assert_eq!(status(Method::GET, "/graphql/stream", &[]).await, StatusCode::BAD_REQUEST);
    assert_eq!(status(Method::GET, "/graphql/stream?token=guessed", &[]).await, StatusCode::NOT_FOUND);
    assert_eq!(status(Method::DELETE, "/graphql/stream?token=guessed", &[]).await, StatusCode::BAD_REQUEST);
    let operation = "/graphql/stream?token=guessed&operationId=a";
    assert_eq!(status(Method::DELETE, operation, &[]).await, StatusCode::NOT_FOUND);
    assert_eq!(status(Method::POST, "/graphql/stream?token=guessed", &[]).await, StatusCode::BAD_REQUEST);
    assert_eq!(status(Method::PATCH, "/graphql/stream", &[]).await, StatusCode::METHOD_NOT_ALLOWED);
    // Over plain HTTP there are no subscriptions.
    let plain = served.send((Method::POST, "/graphql"), &[], query.clone()).await;
    assert!(text(plain).await.contains("not supported"));
    let nobody = Request::builder().method(Method::PUT).uri("/graphql/stream").body(Body::empty()).unwrap();
    assert_eq!(served.house.router().oneshot(nobody).await.unwrap().status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn streams_count_as_sockets_do_and_end_with_their_key() {
    let served = serve(|_| {}).await;
    let mut streams = Vec::new();
    for _ in 0..100 {
        streams.push(served.alone(ACTIVITY).await);
    }
    assert_eq!(served.alone(ACTIVITY).await.status(), StatusCode::TOO_MANY_REQUESTS);
    streams.truncate(1);
    let id = served.house.app.engine.cx_of_key(&served.key).await.unwrap().unwrap().actor();
    let revoke = Command::RevokeKey { workspace: Some("demo".to_owned()), key: id.to_string() };
    commands::run(&served.house.app.engine, revoke).await.unwrap();
    assert_eq!(event(&mut streams[0]).await, None);
}
