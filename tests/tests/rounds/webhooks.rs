//! `kill -9` while partners are told: every change and every move that was committed arrives.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use attrium_integrations::testing::{Received, Reply, Sink};
use attrium_tests::{Client, Database, OPEN_TO_THIS_MACHINE, Server, ServerOptions, on_both, register, rounds};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::kill_after;

const CHANGES: usize = 2_000;
const KILLS: usize = 30;
const WRITERS: usize = 8;
const PROFILES_PER_WRITER: usize = 3;
/// Attempts under way at one endpoint: what a crash may repeat.
const ATTEMPTS_MAX: usize = 8;
/// On PostgreSQL what a dead server was sending waits for its lease: 15 seconds and one.
const ARRIVED_WITHIN: Duration = Duration::from_mins(2);

/// A customer and one of their versions.
type Version = (String, i64);

fn options() -> ServerOptions<'static> {
    ServerOptions { has_test_clock: true, environment: &OPEN_TO_THIS_MACHINE, ..ServerOptions::default() }
}

/// Everyone who is written to.
fn customers() -> impl Iterator<Item = String> {
    (0..WRITERS * PROFILES_PER_WRITER).map(|number| format!("customer-{number}"))
}

/// Writes to this writer's customers in turn, each time another number, until the server is gone.
async fn write(client: Client, (writer, round): (usize, usize), acknowledged: Arc<AtomicUsize>) {
    let set =
        "mutation($input: SetProfileAttributesInput!) { setProfileAttributes(input: $input) { problems { message } } }";
    for number in 0.. {
        let customer = writer * PROFILES_PER_WRITER + number % PROFILES_PER_WRITER;
        let attributes = json!([
            { "key": "number", "value": round * 1_000_000 + number },
            { "key": "points", "value": number * 37 % 100 },
        ]);
        let input = json!({ "externalId": format!("customer-{customer}"), "attributes": attributes });
        match client.try_send(set, &json!({ "input": input })).await {
            Some((status, body)) if status.is_success() => {
                assert_eq!(body["data"]["setProfileAttributes"]["problems"], json!([]), "{body}");
                acknowledged.fetch_add(1, Ordering::Relaxed);
            }
            Some(_) | None => return,
        }
    }
}

fn event(request: &Received) -> Value {
    serde_json::from_slice(&request.body).expect("a delivery is JSON")
}

fn is_change(event: &Value) -> bool {
    event["type"].as_str().is_some_and(|name| name.starts_with("profile."))
}

/// The versions that were told.
fn told(received: &[Received]) -> BTreeSet<Version> {
    let version = |event: &Value| {
        let profile = &event["data"]["profile"];
        (
            profile["external_id"].as_str().expect("an external id").to_owned(),
            profile["version"].as_i64().expect("a number"),
        )
    };
    received.iter().map(event).filter(is_change).map(|event| version(&event)).collect()
}

/// The versions that are in the database, acknowledged or not.
async fn committed(client: &Client) -> BTreeSet<Version> {
    let query = "query($id: String!) { profile(externalId: $id) { version } }";
    let mut committed = BTreeSet::new();
    for customer in customers() {
        let profile = client.ask(query, json!({ "id": customer })).await["profile"].take();
        let version = profile["version"].as_str().map_or(0, |version| version.parse().expect("a number as text"));
        committed.extend((1..=version).map(|version| (customer.clone(), version)));
    }
    committed
}

/// How often someone entered or left the segment.
async fn moves(client: &Client) -> usize {
    let query = r#"query($after: String) { segment(key: "rich") { transitions(first: 100, after: $after) {
        nodes { kind } pageInfo { hasNextPage endCursor } } } }"#;
    let (mut count, mut after) = (0, Value::Null);
    loop {
        let page = client.ask(query, json!({ "after": after })).await["segment"]["transitions"].take();
        count += page["nodes"].as_array().map_or(0, Vec::len);
        if page["pageInfo"]["hasNextPage"] == false {
            return count;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}

/// A house with two attributes, a segment, and an endpoint that is told everything.
async fn prepare(client: &Client, sink: &Sink) {
    let attribute =
        "mutation($input: CreateAttributeInput!) { createAttribute(input: $input) { problems { message } } }";
    for key in ["number", "points"] {
        client.ask(attribute, json!({ "input": { "key": key, "type": "INTEGER", "privacyClass": "PUBLIC" } })).await;
    }
    let segment = "mutation($input: CreateSegmentInput!) { createSegment(input: $input) { problems { message } } }";
    client.ask(segment, json!({ "input": { "name": "Rich", "rule": { "text": "points >= 50" } } })).await;
    let events = json!(["PROFILE_CREATED", "PROFILE_UPDATED", "SEGMENT_ENTERED", "SEGMENT_LEFT"]);
    register(client, &sink.url("/hooks"), json!({ "events": events })).await;
}

/// Writes through kills until so much is acknowledged; answers how many kills that were.
async fn write_through_kills(database: &Database, client: &Client) -> usize {
    let (changes, kills) = (rounds(CHANGES), rounds(KILLS));
    let acknowledged = Arc::new(AtomicUsize::new(0));
    for round in 0..kills {
        let server = Server::start_with(database, options()).await;
        let mut writers = JoinSet::new();
        for writer in 0..WRITERS {
            writers.spawn(write(client.at(server.url()), (writer, round), Arc::clone(&acknowledged)));
        }
        let mut looks = tokio::time::interval(Duration::from_millis(1));
        while acknowledged.load(Ordering::Relaxed) < changes * (round + 1) / kills {
            looks.tick().await;
        }
        kill_after(server, u64::try_from(round * 97 % 60).expect("below 60")).await;
        writers.join_all().await;
    }
    kills
}

#[tokio::test(flavor = "multi_thread")]
async fn rounds_of_kills_keep_no_partner_from_hearing_of_every_change() {
    on_both(async |database: Database| {
        let sink = Sink::start(|_| Reply::status(200)).await;
        let first = Server::start_with(&database, options()).await;
        let client = first.client();
        prepare(&client, &sink).await;
        first.kill();
        let kills = write_through_kills(&database, &client).await;

        let server = Server::start_with(&database, options()).await;
        let client = client.at(server.url());
        let committed = committed(&client).await;
        assert!(rounds(CHANGES) <= committed.len());
        let everything = async {
            let mut looks = tokio::time::interval(Duration::from_millis(100));
            while !committed.is_subset(&told(&sink.received())) {
                looks.tick().await;
            }
        };
        let came = tokio::time::timeout(ARRIVED_WITHIN, everything).await;
        let missing: Vec<Version> = committed.difference(&told(&sink.received())).cloned().collect();
        assert!(came.is_ok(), "never told: {missing:?}");
        server.settle().await;

        let received = sink.received();
        assert_eq!(told(&received), committed, "what was told is what was committed");
        let ids: BTreeSet<&str> = received.iter().filter_map(|request| request.header("webhook-id")).collect();
        assert_eq!(ids.len(), committed.len() + moves(&client).await, "one delivery for each change and each move");
        let again = received.len() - ids.len();
        eprintln!("{} changes, {} deliveries, {kills} kills, {again} arrived twice", committed.len(), ids.len());
        assert!(again <= ATTEMPTS_MAX * kills, "{again} came again after {kills} kills");
    })
    .await;
}
