//! How soon a partner is told of a change: from just before its commit to its receipt, at 100 and at 1,000 changes a
//! second, on both databases. The load is open: the next change is sent at its time, whatever became of the last.
//!
//! `cargo xtask bench webhooks`. Server, load and receiver share the machine. The floor is a loop that posts as much
//! to the same receiver at the same rate, with nothing in between. Goal: p95 under 100 ms at 1,000 a second.
#![expect(clippy::print_stdout, reason = "its last line is the answer")]

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use attrium_integrations::testing::{Reply, Sink};
use attrium_schema::Timestamp;
use attrium_tests::{
    Client, Database, OPEN_TO_THIS_MACHINE, Server, ServerOptions, bank_csv, http, percentile, register, wall_clock,
};
use serde_json::{Value, json};
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout};

const RATES: [usize; 2] = [100, 1_000];
const SECONDS: usize = 10;
const CUSTOMERS: usize = 1_000;
/// What has not come by then, after the last change, is lost.
const ARRIVED_WITHIN: Duration = Duration::from_mins(1);
const SET: &str = "mutation($input: SetProfileAttributesInput!) { setProfileAttributes(input: $input) {
    profile { version } problems { message } } }";

/// What came, and when.
type Arrivals = Arc<Mutex<Vec<(Timestamp, Vec<u8>)>>>;
/// A customer and a version.
type Version = (String, i64);

/// What one run found.
struct Run {
    /// Milliseconds from just before the commit to the receipt.
    from_commit_ms: Vec<f64>,
    /// Changes that were acknowledged, and those of them that never came.
    acknowledged: usize,
    lost: usize,
    /// Changes each second, from the first request to the last acknowledgement.
    rate: f64,
}

#[tokio::main]
async fn main() {
    let mut summary = json!({ "bench": "webhooks", "seconds": SECONDS, "customers": CUSTOMERS });
    let arrivals = Arrivals::default();
    let sink = receiver(&arrivals).await;
    let mut lost = 0;
    for rate in RATES {
        let floor = floor(&sink, &arrivals, rate).await;
        report(&mut summary, &format!("floor at {rate}/s"), &format!("floor_{{}}_ms_at_{rate}"), &floor);
    }
    let postgres = Database::postgres().await.expect("`cargo xtask bench` starts a PostgreSQL");
    for (name, database) in [("sqlite", Database::sqlite()), ("postgres", postgres)] {
        let options =
            ServerOptions { is_production: true, environment: &OPEN_TO_THIS_MACHINE, ..ServerOptions::default() };
        let server = Server::start_with(&database, options).await;
        server.import_bank(&bank_csv(CUSTOMERS));
        let client = server.client();
        register(&client, &sink.url("/hooks"), json!({ "events": ["PROFILE_UPDATED"], "attributes": ["balance"] }))
            .await;
        run(&client, &arrivals, 50).await;
        for rate in RATES {
            let run = run(&client, &arrivals, rate).await;
            lost += run.lost;
            // What was refused was not committed: a server that falls behind shows here.
            summary[format!("{name}_changes_per_s_at_{rate}")] = json!(run.rate.round());
            println!("{name}: {} acknowledged, {:.0} a second, {} lost", run.acknowledged, run.rate, run.lost);
            report(
                &mut summary,
                &format!("{name} at {rate}/s"),
                &format!("{name}_{{}}_ms_at_{rate}"),
                &run.from_commit_ms,
            );
        }
    }
    summary["lost"] = json!(lost);
    println!("{summary}");
}

/// A receiver that notes what comes, and when.
async fn receiver(arrivals: &Arrivals) -> Sink {
    let noted = Arc::clone(arrivals);
    Sink::start(move |request| {
        noted.lock().expect("nobody panicked").push((wall_clock(), request.body.clone()));
        Reply::status(204)
    })
    .await
}

fn report(summary: &mut Value, title: &str, key: &str, milliseconds: &[f64]) {
    let mut said = Vec::new();
    for (name, percent) in [("p50", 50), ("p95", 95), ("p99", 99)] {
        let value = (percentile(milliseconds, percent) * 100.0).round() / 100.0;
        summary[key.replace("{}", name)] = json!(value);
        said.push(format!("{name} {value} ms"));
    }
    println!("{title}: {}", said.join(", "));
}

/// Makes changes at a rate for some seconds, and waits for what follows.
async fn run(client: &Client, arrivals: &Arrivals, rate: usize) -> Run {
    arrivals.lock().expect("nobody panicked").clear();
    let began = Instant::now();
    let mut changes = JoinSet::new();
    let mut pace = tokio::time::interval(Duration::from_secs(1) / u32::try_from(rate).expect("a small number"));
    for number in 0..rate * SECONDS {
        pace.tick().await;
        changes.spawn(change(client.clone(), (number, rate)));
    }
    let acknowledged: Vec<Version> = changes.join_all().await.into_iter().flatten().collect();
    #[expect(clippy::cast_precision_loss, reason = "some thousands")]
    let reached = acknowledged.len() as f64 / began.elapsed().as_secs_f64();
    let came = timeout(ARRIVED_WITHIN, async {
        let mut looks = tokio::time::interval(Duration::from_millis(50));
        while arrivals.lock().expect("nobody panicked").len() < acknowledged.len() {
            looks.tick().await;
        }
    });
    came.await.ok();
    let told = first_arrivals(arrivals);
    let from_commit_ms = acknowledged.iter().filter_map(|version| told.get(version).copied()).collect::<Vec<f64>>();
    let lost = acknowledged.len() - from_commit_ms.len();
    Run { from_commit_ms, acknowledged: acknowledged.len(), lost, rate: reached }
}

/// One change; answers the version it made, or `None` when it was refused.
async fn change(client: Client, (number, rate): (usize, usize)) -> Option<Version> {
    let external_id = format!("bank-{:05}", number % CUSTOMERS + 1);
    let attributes = json!([{ "key": "balance", "value": rate * 1_000_000 + number }]);
    let input = json!({ "externalId": external_id, "attributes": attributes });
    let (status, body) = client.try_send(SET, &json!({ "input": input })).await?;
    let version = body["data"]["setProfileAttributes"]["profile"]["version"].as_str()?.parse().ok()?;
    status.is_success().then_some((external_id, version))
}

/// Milliseconds from the time an event carries to its first arrival.
fn first_arrivals(arrivals: &Arrivals) -> HashMap<Version, f64> {
    let mut told = HashMap::new();
    for (at, body) in arrivals.lock().expect("nobody panicked").iter() {
        let event: Value = serde_json::from_slice(body).expect("a delivery is JSON");
        let profile = &event["data"]["profile"];
        let external_id = profile["external_id"].as_str().expect("an external id").to_owned();
        let version = (external_id, profile["version"].as_i64().expect("a number"));
        let recorded_at: Timestamp =
            event["timestamp"].as_str().and_then(|text| text.parse().ok()).expect("an instant");
        told.entry(version).or_insert_with(|| milliseconds(recorded_at, *at));
    }
    told
}

/// A body of the usual size, posted at the same rate: what machine, load and receiver take by themselves.
async fn floor(sink: &Sink, arrivals: &Arrivals, rate: usize) -> Vec<f64> {
    arrivals.lock().expect("nobody panicked").clear();
    let (http, url) = (http(), sink.url("/floor"));
    let mut posts = JoinSet::new();
    let mut pace = tokio::time::interval(Duration::from_secs(1) / u32::try_from(rate).expect("a small number"));
    for _ in 0..rate * SECONDS {
        pace.tick().await;
        let body = json!({ "sent_at": wall_clock(), "padding": "x".repeat(220) });
        let post = http.post(&url).json(&body);
        posts.spawn(async move { post.send().await.expect("the receiver answers").status() });
    }
    posts.join_all().await;
    let sent_at = |body: &[u8]| -> Timestamp {
        let body: Value = serde_json::from_slice(body).expect("it was sent as JSON");
        body["sent_at"].as_str().and_then(|text| text.parse().ok()).expect("an instant")
    };
    arrivals.lock().expect("nobody panicked").iter().map(|(at, body)| milliseconds(sent_at(body), *at)).collect()
}

#[expect(clippy::cast_precision_loss, reason = "microseconds of a minute")]
fn milliseconds(from: Timestamp, to: Timestamp) -> f64 {
    (to.as_micros() - from.as_micros()) as f64 / 1_000.0
}
