//! Receivers that accept and never answer: who does answer is told as soon as without them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use attrium_integrations::testing::{Reply, Sink};
use attrium_tests::{
    Client, Database, OPEN_TO_THIS_MACHINE, Server, ServerOptions, on_both, percentile, register, rounds,
};
use serde_json::{Value, json};
use tokio::time::Instant;

const HOLES: usize = 500;
/// A workspace has at most 50 endpoints; the first one has the receiver that answers, too.
const HOLES_PER_WORKSPACE: usize = 45;
const CHANGES: usize = 100;
/// What each black hole is owed.
const BACKLOG: usize = 10;
/// Between two changes.
const PACE: Duration = Duration::from_millis(50);
/// How much later the slowest of a hundred may be told.
const RISE_MAX_S: f64 = 1.0;

/// When the receiver was told of each customer.
type Told = Arc<Mutex<BTreeMap<String, Instant>>>;

async fn set(client: &Client, external_id: &str, (key, value): (&str, usize)) {
    let set =
        "mutation($input: SetProfileAttributesInput!) { setProfileAttributes(input: $input) { problems { message } } }";
    let attributes = json!([{ "key": key, "value": value }]);
    client.ask(set, json!({ "input": { "externalId": external_id, "attributes": attributes } })).await;
}

/// A workspace with two attributes and someone who has the first.
async fn prepare(client: &Client) {
    let attribute =
        "mutation($input: CreateAttributeInput!) { createAttribute(input: $input) { problems { message } } }";
    for key in ["points", "swallowed"] {
        client.ask(attribute, json!({ "input": { "key": key, "type": "INTEGER", "privacyClass": "PUBLIC" } })).await;
    }
    set(client, "first", ("points", 0)).await;
}

/// Seconds from the acknowledgement of a change to its arrival, for each of a hundred.
async fn delays((client, run): (&Client, &str), told: &Told) -> Vec<f64> {
    let mut pace = tokio::time::interval(PACE);
    let mut acknowledged = Vec::new();
    for number in 0..CHANGES {
        pace.tick().await;
        let customer = format!("{run}-{number}");
        set(client, &customer, ("points", 1)).await;
        acknowledged.push((customer, Instant::now()));
    }
    loop {
        pace.tick().await;
        let told = told.lock().expect("nobody panicked");
        let delay =
            |(customer, at): &(String, Instant)| Some(told.get(customer)?.saturating_duration_since(*at).as_secs_f64());
        if let Some(delays) = acknowledged.iter().map(delay).collect() {
            return delays;
        }
    }
}

/// Silent receivers in as many workspaces as it takes, each of which is owed something.
async fn dig(server: &Server, (first, hole): (&Client, &Sink)) {
    let swallows = json!({ "events": ["PROFILE_UPDATED"], "attributes": ["swallowed"] });
    let mut clients = vec![first.clone()];
    for number in 0..rounds(HOLES) {
        if number / HOLES_PER_WORKSPACE == clients.len() {
            let further = server.client_of_new_workspace(&format!("further-{number}"));
            prepare(&further).await;
            clients.push(further);
        }
        register(&clients[number / HOLES_PER_WORKSPACE], &hole.url("/"), swallows.clone()).await;
    }
    for number in 0..BACKLOG {
        for client in &clients {
            set(client, "first", ("swallowed", number)).await;
        }
    }
    hole.wait_for(rounds(HOLES)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn black_holes_do_not_hold_up_a_receiver_that_answers() {
    on_both(async |database: Database| {
        let environment = [&OPEN_TO_THIS_MACHINE[..], &[("ATTRIUM_HTTP__TIMEOUT_S", "60")]].concat();
        let server =
            Server::start_with(&database, ServerOptions { environment: &environment, ..ServerOptions::default() })
                .await;
        let client = server.client();
        prepare(&client).await;
        let told = Told::default();
        let note = Arc::clone(&told);
        let sink = Sink::start(move |request| {
            let event: Value = serde_json::from_slice(&request.body).expect("a delivery is JSON");
            let customer = event["data"]["profile"]["external_id"].as_str().expect("an external id").to_owned();
            note.lock().expect("nobody panicked").insert(customer, Instant::now());
            Reply::status(200)
        })
        .await;
        register(&client, &sink.url("/"), json!({ "events": ["PROFILE_CREATED"] })).await;
        let alone = percentile(&delays((&client, "alone"), &told).await, 99);

        let hole = Sink::start(|_| Reply::Hang).await;
        dig(&server, (&client, &hole)).await;
        let beside = percentile(&delays((&client, "beside"), &told).await, 99);
        eprintln!("slowest of a hundred: {alone:.3} s alone, {beside:.3} s beside {} black holes", rounds(HOLES));
        assert!(beside <= alone + RISE_MAX_S, "{beside:.3} s instead of {alone:.3} s");
    })
    .await;
}
