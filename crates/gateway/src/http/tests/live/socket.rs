//! `graphql-transport-ws`, message by message.

use super::*;
use crate::http::tests::sessions::{csrf_of, sign_in};

#[tokio::test]
async fn a_subscription_tells_what_happens_until_it_is_ended() {
    let served = serve(|_| {}).await;
    let id = served.give("p1", "one").await;
    served.house.app.engine.settle().await.unwrap();
    let mut talk = served.talk().await;
    let query = format!(
        "subscription {{ profileChanged(id: \"{id}\") {{ change {{ version }} profile {{ version
             attributes(keys: [\"points\"]) {{ text }} }} }} }}"
    );
    talk.subscribe("a", &query).await;
    // The answer to a query says that the subscription before it has begun.
    talk.subscribe("b", "{ viewer { workspace { key } } }").await;
    let viewer = json!({ "viewer": { "workspace": { "key": "demo" } } });
    assert_eq!(talk.hear().await, json!({ "id": "b", "type": "next", "payload": { "data": viewer } }));
    assert_eq!(talk.hear().await, json!({ "id": "b", "type": "complete" }));
    for (version, points) in [("2", "two"), ("3", "three")] {
        served.give("p1", points).await;
        served.give("p2", points).await;
        let told = talk.hear().await;
        assert_eq!((&told["id"], &told["type"]), (&json!("a"), &json!("next")), "{told}");
        let activity = &told["payload"]["data"]["profileChanged"];
        assert_eq!(activity["change"]["version"], version, "{told}");
        // Each event reads the profile anew.
        assert_eq!(activity["profile"]["version"], version, "{told}");
        assert_eq!(activity["profile"]["attributes"][0]["text"], points, "{told}");
    }
    talk.say(json!({ "id": "a", "type": "complete" })).await;
    talk.say(json!({ "type": "ping", "payload": { "n": 1 } })).await;
    assert_eq!(talk.hear().await, json!({ "type": "pong", "payload": { "n": 1 } }));
    served.give("p1", "four").await;
    talk.subscribe("a", "{ viewer { workspace { key } } }").await;
    assert_eq!(talk.hear().await["payload"]["data"], viewer, "the id may be used again, and nothing else is told");
}

#[tokio::test]
async fn every_operation_passes_the_guard() {
    let served = serve(|_| {}).await;
    let mut talk = served.talk().await;
    let refused = async |talk: &mut Talk, query: &str| {
        talk.subscribe("a", query).await;
        let told = talk.hear().await;
        assert_eq!((&told["id"], &told["type"]), (&json!("a"), &json!("error")), "{query}: {told}");
        told["payload"][0]["extensions"]["code"].as_str().unwrap().to_owned()
    };
    let nested = format!("subscription {{a(x:{}1{})}}", "[".repeat(1_600), "]".repeat(1_600));
    assert_eq!(refused(&mut talk, &nested).await, "TOO_MANY");
    assert_eq!(refused(&mut talk, "subscription {").await, "INVALID");
    assert_eq!(refused(&mut talk, "subscription { weather { profile { id } } }").await, "INVALID");
    let two = "subscription { a: activity { profile { id } } ...B } fragment B on Subscription { activity { profile { id } } }";
    assert_eq!(refused(&mut talk, two).await, "INVALID");
    assert_eq!(refused(&mut talk, &format!("{{ {} }}", "x ".repeat(1_100))).await, "TOO_MANY");
    talk.say(json!({ "id": "a", "type": "subscribe", "payload": { "query": 7 } })).await;
    assert_eq!(talk.hear().await["payload"][0]["message"], "`query` must be a string.");
    // What goes wrong while it is executed is a result.
    talk.subscribe("a", "subscription { importProgress(id: \"imp_01h455vb4pex5vsknk084sn02q\") { state } }").await;
    let told = talk.hear().await;
    assert_eq!(told["type"], "next");
    assert_eq!(told["payload"]["errors"][0]["extensions"]["code"], "NOT_FOUND", "{told}");
    assert_eq!(talk.hear().await, json!({ "id": "a", "type": "complete" }));
}

#[tokio::test]
async fn a_client_that_breaks_the_protocol_is_told_by_the_code() {
    let served = serve(|_| {}).await;
    let init = json!({ "type": "connection_init", "payload": { "authorization": format!("Bearer {}", served.key) } });
    let operation = json!({ "id": "a", "type": "subscribe", "payload": { "query": "subscription { activity { profile { id } } }" } });
    let wrong_key = json!({ "type": "connection_init", "payload": { "authorization": "Bearer atr_wrong" } });
    let cases = [
        (vec![operation.clone()], 4401),
        (vec![json!({ "type": "connection_init" })], 4403),
        (vec![wrong_key], 4403),
        (vec![init.clone(), init.clone()], 4429),
        (vec![init.clone(), operation.clone(), operation.clone()], 4409),
        (vec![init.clone(), json!({ "type": "start" })], 4400),
        (vec![json!(7)], 4400),
    ];
    for (messages, code) in cases {
        let mut talk = served.socket(&[]).await;
        for message in &messages {
            talk.say(message.clone()).await;
        }
        assert_eq!(talk.closed().await, code, "{messages:?}");
    }
    let mut talk = served.socket(&[]).await;
    talk.socket.send(Message::binary(vec![1])).await.unwrap();
    assert_eq!(talk.closed().await, 4400);
}

#[tokio::test]
async fn without_the_protocol_there_is_no_socket() {
    let served = serve(|_| {}).await;
    assert_eq!(served.house.get("/graphql/ws").await.status, 400);
    let request = format!("ws://{}/graphql/ws", served.address).into_client_request().unwrap();
    let stream = TcpStream::connect(served.address).await.unwrap();
    let refused = tokio_tungstenite::client_async(request, stream).await.unwrap_err();
    assert!(refused.to_string().contains("400"), "{refused}");
}

#[tokio::test]
async fn a_cookie_speaks_for_our_own_pages_alone() {
    let served = serve(|_| {}).await;
    let signed_in = sign_in(&served.house, &[]).await;
    let cookies = signed_in.cookies();
    let host = served.address.to_string();
    let (ours, foreign) = (format!("https://{host}"), "https://evil.example.com");
    let csrf = json!({ "csrfToken": csrf_of(&cookies), "workspace": "demo" });
    let init = |payload: &Value| json!({ "type": "connection_init", "payload": payload });
    let mut talk = served.socket(&[("cookie", &cookies), ("origin", &ours)]).await;
    talk.say(init(&csrf)).await;
    assert_eq!(talk.hear().await, json!({ "type": "connection_ack" }));
    talk.subscribe("a", "{ viewer { user { email } } }").await;
    assert_eq!(talk.hear().await["payload"]["data"]["viewer"]["user"]["email"], "ann@example.com");

    let refused = async |origin: &str, payload: &Value| {
        let mut talk = served.socket(&[("cookie", &cookies), ("origin", origin)]).await;
        talk.say(init(payload)).await;
        talk.closed().await
    };
    assert_eq!(refused(foreign, &csrf).await, 4403);
    assert_eq!(refused(&ours, &json!({ "csrfToken": "guessed" })).await, 4403);
    assert_eq!(refused(&ours, &json!({})).await, 4403);
    let elsewhere = json!({ "csrfToken": csrf_of(&cookies), "workspace": "default" });
    assert_eq!(refused(&ours, &elsewhere).await, 4403, "Ann does not belong there");
    // A key is no cookie: nobody can make a browser send it.
    let mut talk = served.socket(&[("origin", foreign)]).await;
    talk.say(init(&json!({ "authorization": format!("Bearer {}", served.key) }))).await;
    assert_eq!(talk.hear().await, json!({ "type": "connection_ack" }));
    let authorization = format!("Bearer {}", served.key);
    let mut talk = served.socket(&[("authorization", &authorization)]).await;
    talk.say(json!({ "type": "connection_init" })).await;
    assert_eq!(talk.hear().await, json!({ "type": "connection_ack" }));
}
