//! What a partner sees: a change arrives signed, a broken receiver is tried again, and what was missed is sent again.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use attrium_integrations::testing::{Reply, Sink};
use attrium_integrations::webhooks::{SignedHeaders, WebhookSecret, verify};
use attrium_tests::{OPEN_TO_THIS_MACHINE, Server, ServerOptions, bank_csv, on_both, register};

use super::*;

const SEGMENT: &str =
    "mutation($input: CreateSegmentInput!) { createSegment(input: $input) { segment { id } problems { message } } }";
const DELIVERIES: &str =
    "query($id: ID!) { webhookEndpoint(id: $id) { segments deliveries { nodes { id event status } } } }";
const RESEND: &str =
    "mutation($input: DeliveryInput!) { resendDelivery(input: $input) { delivery { id } problems { message } } }";

async fn save_segment(client: &Client, name: &str, rule: &str) -> Value {
    let made = client.ask(SEGMENT, json!({ "input": { "name": name, "rule": { "text": rule } } })).await;
    made["createSegment"]["segment"]["id"].clone()
}

async fn set_balance(client: &Client, balance: i64) {
    let attributes = json!([{ "key": "balance", "value": balance }]);
    client.ask(SET, json!({ "input": { "externalId": "bank-00001", "attributes": attributes } })).await;
}

fn is_signed(request: &Received, endpoint: &Endpoint) -> bool {
    let seconds: i64 = request.header("webhook-timestamp").expect("a timestamp").parse().expect("a number");
    let headers = SignedHeaders {
        id: request.header("webhook-id"),
        timestamp: request.header("webhook-timestamp"),
        signature: request.header("webhook-signature"),
    };
    let secret = WebhookSecret::parse(&endpoint.secret).expect("a secret as it was shown");
    let now = Timestamp::from_micros(seconds * 1_000_000).expect("an instant");
    verify(&secret, headers, &request.body, now).is_ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_and_the_segment_it_leads_to_arrive_signed() {
    on_both(async |database| {
        let options =
            ServerOptions { has_test_clock: true, environment: &OPEN_TO_THIS_MACHINE, ..ServerOptions::default() };
        let server = Server::start_with(&database, options).await;
        server.import_bank(&bank_csv(3));
        let client = server.client();
        let wealthy = save_segment(&client, "Wealthy", "balance >= 1000000").await;
        save_segment(&client, "Solvent", "balance >= 900000").await;
        let sink = Sink::start(|_| Reply::status(204)).await;
        let events = json!(["PROFILE_UPDATED", "SEGMENT_ENTERED", "SEGMENT_LEFT"]);
        let chosen = json!({ "events": events, "attributes": ["balance"], "segments": [wealthy] });
        let endpoint = register(&client, &sink.url("/hooks"), chosen).await;
        server.settle().await;

        server.advance(60).await;
        set_balance(&client, 2_000_000).await;
        server.settle().await;
        let received = sink.received();
        assert!(received.iter().all(|request| is_signed(request, &endpoint)));
        let mut told: Vec<Value> = received.iter().map(body).collect();
        told.sort_by_key(|event| event["type"].to_string());
        assert_eq!(told.len(), 2, "the other segment was not chosen: {told:?}");
        assert_eq!(told[0]["type"], "profile.updated");
        assert_eq!(told[0]["data"]["profile"]["external_id"], "bank-00001");
        assert_eq!(told[0]["data"]["attributes"], json!({ "balance": 2_000_000 }));
        assert_eq!(told[1]["type"], "segment.entered");
        assert_eq!(told[1]["data"]["segment"], json!({ "id": wealthy, "key": "wealthy", "name": "Wealthy" }));
        let seen = client.ask(DELIVERIES, json!({ "id": endpoint.id })).await["webhookEndpoint"].take();
        assert_eq!(seen["segments"], json!([wealthy]));
        let statuses = seen["deliveries"]["nodes"].as_array().expect("a list").iter().map(|found| &found["status"]);
        assert_eq!(statuses.collect::<Vec<_>>(), ["DELIVERED", "DELIVERED"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_receiver_is_tried_again_and_once_repaired_gets_what_it_missed() {
    on_both(async |database| {
        let retries = ("ATTRIUM_WEBHOOKS__RETRY_SCHEDULE_S", "60,600,600");
        let environment = [&OPEN_TO_THIS_MACHINE[..], &[retries]].concat();
        let options = ServerOptions { has_test_clock: true, environment: &environment, ..ServerOptions::default() };
        let server = Server::start_with(&database, options).await;
        server.import_bank(&bank_csv(3));
        // What is followed only after the endpoint stands is owed to it.
        server.settle().await;
        let client = server.client();
        let is_broken = Arc::new(AtomicBool::new(true));
        let answers = Arc::clone(&is_broken);
        let sink = Sink::start(move |_| {
            let is_broken = answers.load(Ordering::Relaxed);
            if is_broken { Reply::Answer(500, Vec::new(), b"out of order".to_vec()) } else { Reply::status(200) }
        })
        .await;
        let endpoint = register(&client, &sink.url("/hooks"), json!({})).await;

        server.advance(60).await;
        set_balance(&client, 5).await;
        server.settle().await;
        let found = client.ask(DELIVERIES, json!({ "id": endpoint.id })).await;
        let id = found["webhookEndpoint"]["deliveries"]["nodes"][0]["id"].as_str().expect("an id").to_owned();
        let delivery = look(&client, &id).await;
        assert_eq!((&delivery["status"], &delivery["attemptCount"]), (&json!("DUE"), &json!(1)), "{delivery}");
        assert_eq!(
            (&delivery["attempts"][0]["status"], &delivery["attempts"][0]["excerpt"]),
            (&json!(500), &json!("out of order"))
        );
        assert!((48_000_000..=72_000_000).contains(&wait_of(&delivery)), "{delivery}");

        server.advance(72).await;
        server.settle().await;
        let delivery = look(&client, &id).await;
        assert_eq!((&delivery["status"], &delivery["attemptCount"]), (&json!("DUE"), &json!(2)), "{delivery}");

        is_broken.store(false, Ordering::Relaxed);
        client.ask(RESEND, json!({ "input": { "id": id } })).await;
        server.settle().await;
        let delivery = look(&client, &id).await;
        assert_eq!((&delivery["status"], &delivery["attemptCount"]), (&json!("DELIVERED"), &json!(3)), "{delivery}");
        let received = sink.received();
        assert_eq!(received.len(), 3);
        assert!(
            received.iter().all(|request| request.header("webhook-id") == Some(&id) && is_signed(request, &endpoint))
        );
    })
    .await;
}
