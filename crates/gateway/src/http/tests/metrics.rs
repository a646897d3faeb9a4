//! The numbers for Prometheus: what they tell, and to whom.

use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode};

use super::super::*;
use super::house::{House, send_to};

#[tokio::test]
async fn metrics_name_routes_and_no_one() {
    let metrics = crate::telemetry::record();
    let house = House::open_recording(Profile::Production, metrics).await;
    house.get("/w/demo/profiles/prof_01h455vb4pex5vsknk084sn02q").await;
    house.send(Request::builder().method("BREW").uri("/graphql").body(Body::empty()).unwrap()).await;
    let text = house.get("/metrics").await.body;
    assert!(
        text.contains("attrium_http_requests_total{method=\"GET\",route=\"/w/{*path}\",status=\"200\"} 1"),
        "{text}"
    );
    assert!(text.contains("method=\"other\""), "{text}");
    assert!(!text.contains("prof_") && !text.contains("BREW") && !text.contains("demo"), "{text}");
}

#[tokio::test]
async fn the_open_address_tells_its_numbers_to_this_machine_alone() {
    let house = House::open(Profile::Production).await;
    let status = async |peer: &str, headers: &[(&str, &str)]| {
        let peer: SocketAddr = peer.parse().unwrap();
        let request = Request::builder().uri("/metrics").extension(ConnectInfo(peer));
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        house.send(request.body(Body::empty()).unwrap()).await.status
    };
    assert_eq!(status("127.0.0.1:4711", &[]).await, StatusCode::OK);
    assert_eq!(status("[::1]:4711", &[]).await, StatusCode::OK);
    assert_eq!(status("192.0.2.1:4711", &[]).await, StatusCode::FORBIDDEN);
    assert_eq!(status("192.0.2.1:4711", &[("x-forwarded-for", "127.0.0.1")]).await, StatusCode::FORBIDDEN);
    assert_eq!(status("127.0.0.1:4711", &[("x-forwarded-for", "192.0.2.1")]).await, StatusCode::FORBIDDEN);
    assert_eq!(status("127.0.0.1:4711", &[("forwarded", "for=192.0.2.1")]).await, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn metrics_with_an_address_of_their_own_are_nowhere_else() {
    let listen = SocketAddr::from(([127, 0, 0, 1], 0));
    let house = House::open_with(Profile::Production, |config| config.metrics.listen = Some(listen)).await;
    assert_eq!(house.get("/metrics").await.status, StatusCode::FORBIDDEN);
    let ask = async |path: &str| {
        let peer: SocketAddr = "192.0.2.1:4711".parse().unwrap();
        let request = Request::builder().uri(path).extension(ConnectInfo(peer)).body(Body::empty()).unwrap();
        send_to(metrics_router(Arc::clone(&house.app)), request).await.status
    };
    assert_eq!(ask("/metrics").await, StatusCode::OK);
    assert_eq!(ask("/graphql?query=%7B__typename%7D").await, StatusCode::NOT_FOUND);
}
