use uuid::Uuid;

use super::*;
use crate::outbound::{Guard, OutboundConfig};
use crate::testing::{Reply, Sink};
use crate::webhooks::{SignedHeaders, verify};

fn sender(guard: Guard) -> Sender {
    Sender::new(Outbound::new(OutboundConfig { guard, dns: None, timeout: Duration::from_secs(5) }).unwrap())
}

fn secret(byte: u8) -> WebhookSecret {
    WebhookSecret::from_bytes(vec![byte; 32]).unwrap()
}

fn now() -> Timestamp {
    "2026-05-01T12:00:00Z".parse().unwrap()
}

async fn send(sender: &Sender, url: &str) -> Outcome {
    let (id, secrets) = (DeliveryId::from_uuid(Uuid::nil()), [secret(2), secret(1)]);
    sender.send(Message { url, id, at: now(), body: r#"{"a":"ş"}"#, secrets: &secrets }).await
}

fn lenient() -> Guard {
    Guard { allow_http: true, allow_cidrs: vec!["127.0.0.1/32".parse().unwrap()] }
}

#[tokio::test]
async fn a_message_arrives_signed_by_every_live_secret() {
    let sink = Sink::start(|_| Reply::Answer(200, Vec::new(), b"thanks, ada@example.com".to_vec())).await;
    let outcome = send(&sender(lenient()), &sink.url("/hooks")).await;
    let excerpt = "thanks, •••".to_owned();
    assert_eq!(outcome, Outcome::Answered { status: 200, retry_after: None, excerpt });
    let request = sink.wait_for(1).await.remove(0);
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.header("webhook-id"), Some("dlv_00000000000000000000000000"));
    let headers = SignedHeaders {
        id: request.header("webhook-id"),
        timestamp: request.header("webhook-timestamp"),
        signature: request.header("webhook-signature"),
    };
    for byte in [1, 2] {
        assert_eq!(verify(&secret(byte), headers, &request.body, now()), Ok(()));
    }
}

#[tokio::test]
async fn an_endpoint_that_is_no_longer_allowed_gets_nothing() {
    let sink = Sink::start(|_| Reply::status(200)).await;
    let outcome = send(&sender(Guard::default()), &sink.url("/hooks")).await;
    assert_eq!(outcome, Outcome::Failed(Failure::Unreachable));
    assert_eq!(sink.received(), []);
}
