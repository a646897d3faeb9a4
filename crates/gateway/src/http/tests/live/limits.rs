//! What ends a socket or an event stream from this side.

use tokio::io::AsyncWriteExt as _;

use super::*;
use crate::http::tests::sessions::{csrf_of, sign_in};

#[tokio::test]
async fn a_socket_that_does_not_say_who_asks_is_closed() {
    let served = serve(|config| config.http.header_timeout = Duration::from_millis(300)).await;
    let mut talk = served.socket(&[]).await;
    assert_eq!(talk.closed().await, 4408);
}

#[tokio::test]
async fn a_message_of_ten_megabytes_is_not_read() {
    let served = serve(|_| {}).await;
    let mut talk = served.talk().await;
    let large = json!({ "id": "a", "type": "subscribe", "payload": { "query": "x".repeat(10 << 20) } });
    // The connection may be closed while it is being sent.
    let _sent = talk.socket.send(Message::text(large.to_string())).await;
    let end = tokio::time::timeout(SOON, talk.socket.next()).await.unwrap();
    let is_over = match end {
        Some(Ok(Message::Close(Some(frame)))) => u16::from(frame.code) == 1009,
        Some(Ok(_)) => false,
        Some(Err(_)) | None => true,
    };
    assert!(is_over);
    // What fits is read.
    let mut talk = served.talk().await;
    talk.say(json!({ "id": "a", "type": "subscribe", "payload": { "query": "{ viewer { __typename } }",
        "variables": { "x": "x".repeat(60 << 10) } } }))
        .await;
    assert_eq!(talk.hear().await["type"], "next");
}

#[tokio::test]
async fn of_one_caller_a_hundred_operations_are_open_at_most() {
    let served = serve(|_| {}).await;
    let (mut one, mut two) = (served.talk().await, served.talk().await);
    let query = "subscription { activity { profile { id } } }";
    for number in 0..50 {
        one.subscribe(&number.to_string(), query).await;
        two.subscribe(&number.to_string(), query).await;
    }
    // Each socket does what it is told in order.
    for talk in [&mut one, &mut two] {
        talk.say(json!({ "type": "ping" })).await;
        assert_eq!(talk.hear().await, json!({ "type": "pong" }));
    }
    two.subscribe("more", query).await;
    let told = two.hear().await;
    assert_eq!((&told["type"], &told["payload"][0]["extensions"]["code"]), (&json!("error"), &json!("TOO_MANY")));
    // Another caller has room, and so has this one once an operation is ended.
    let (key, _) = key(&served.house, "other").await;
    let authorization = format!("Bearer {key}");
    let mut other = served.socket(&[("authorization", &authorization)]).await;
    other.say(json!({ "type": "connection_init" })).await;
    assert_eq!(other.hear().await, json!({ "type": "connection_ack" }));
    other.subscribe("a", "{ viewer { __typename } }").await;
    assert_eq!(other.hear().await["type"], "next");
    two.say(json!({ "id": "7", "type": "complete" })).await;
    two.subscribe("more", "{ viewer { __typename } }").await;
    assert_eq!(two.hear().await["type"], "next");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_does_not_read_is_cut_off_and_the_others_are_not() {
    let served = serve(|config| config.http.header_timeout = Duration::from_millis(500)).await;
    let id = served.give("p1", "x").await;
    served.house.app.engine.settle().await.unwrap();
    let (mut slow, mut quick) = (served.talk().await, served.talk().await);
    // Each event repeats a value of 8 KB thirty times.
    let values: Vec<String> = (0..30).map(|n| format!("v{n}: attributes(keys: [\"points\"]) {{ text }}")).collect();
    let values = values.join(" ");
    slow.subscribe("a", &format!("subscription {{ activity {{ profile {{ {values} }} }} }}")).await;
    quick.subscribe("a", &format!("subscription {{ profileChanged(id: \"{id}\") {{ change {{ version }} }} }}")).await;
    for talk in [&mut slow, &mut quick] {
        talk.say(json!({ "type": "ping" })).await;
        assert_eq!(talk.hear().await, json!({ "type": "pong" }));
    }
    let large = "x".repeat(8 << 10);
    let mut version = 1;
    // The slow one reads nothing from here on: what is sent fills the buffers of the system, and then waits.
    while served.house.app.live_places.taken() == 2 {
        version += 1;
        served.give("p1", &format!("{version}{}", &large[8..])).await;
        let told = quick.hear().await;
        assert_eq!(told["payload"]["data"]["profileChanged"]["change"]["version"], version.to_string(), "{told}");
    }
    assert!(version < 1_000, "cut off after {version} events");
}

#[tokio::test]
async fn whoever_is_shut_out_is_cut_off_at_once() {
    let served = serve(|_| {}).await;
    let (text, id) = key(&served.house, "gone").await;
    let mut by_key = served.socket(&[("authorization", &format!("Bearer {text}"))]).await;
    by_key.say(json!({ "type": "connection_init" })).await;
    assert_eq!(by_key.hear().await, json!({ "type": "connection_ack" }));
    let revoke = Command::RevokeKey { workspace: Some("demo".to_owned()), key: id };
    commands::run(&served.house.app.engine, revoke).await.unwrap();
    assert_eq!(by_key.closed().await, 4403);

    let cookies = sign_in(&served.house, &[]).await.cookies();
    let mut by_cookie = served.socket(&[("cookie", &cookies)]).await;
    let payload = json!({ "csrfToken": csrf_of(&cookies), "workspace": "demo" });
    by_cookie.say(json!({ "type": "connection_init", "payload": payload })).await;
    assert_eq!(by_cookie.hear().await, json!({ "type": "connection_ack" }));
    by_cookie.subscribe("a", "mutation { signOut { problems { message } } }").await;
    assert_eq!(by_cookie.closed().await, 4403);
}

#[tokio::test]
async fn a_server_that_stops_says_so_and_waits_for_no_stream() {
    let served = serve(|_| {}).await;
    let mut talk = served.talk().await;
    talk.subscribe("a", "subscription { activity { profile { id } } }").await;
    let mut stream = TcpStream::connect(served.address).await.unwrap();
    let body = json!({ "query": "subscription { activity { profile { id } } }" }).to_string();
    let head = format!(
        "POST /graphql/stream HTTP/1.1\r\nhost: a\r\nauthorization: Bearer {}\r\naccept: text/event-stream\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        served.key,
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    // Its head has come when something can be read.
    stream.peek(&mut [0]).await.unwrap();
    served.house.app.lifecycle.stop();
    assert_eq!(talk.closed().await, 1001);
    tokio::time::timeout(SOON, served.server).await.unwrap().unwrap();
}
