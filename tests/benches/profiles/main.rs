//! How many profiles a second programs can read by id: GraphQL over HTTP on 32 connections, with hot profiles in memory,
//! in Redis and nowhere, on both databases.
//!
//! `cargo xtask bench profiles`. All answer the same profiles in turn, round by round, and must agree.
#![expect(clippy::print_stdout, reason = "its last line is the answer")]

mod connection;
mod subject;

use attrium_storage::testing::TestRedis;
use attrium_tests::{Client, Database, Server, ServerOptions, bank_csv, median};
use serde_json::{Map, Value, json};

use subject::Subject;

const ROUNDS: usize = 9;
const CUSTOMERS: usize = 2_000;
/// Customers whose values are compared.
const COMPARED: usize = 50;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let postgres = Database::postgres().await.expect("`cargo xtask bench` starts PostgreSQL");
    let (mut servers, mut subjects) = (Vec::new(), Vec::new());
    let shared = redis();
    let first = start(&postgres, &[]).await;
    let key = imported(&first);
    for (cache, environment) in caches(&shared.url()) {
        let server = start(&postgres, &environment).await;
        subjects.push(subject(["postgres", cache], &server, &key).await);
        servers.push(server);
    }
    first.kill();
    let (files, other) = ([Database::sqlite(), Database::sqlite(), Database::sqlite()], redis());
    for (database, (cache, environment)) in files.iter().zip(caches(&other.url())) {
        let server = start(database, &environment).await;
        let key = imported(&server);
        subjects.push(subject(["sqlite", cache], &server, &key).await);
        servers.push(server);
    }
    compare(&subjects).await;
    for round in 0..=ROUNDS {
        for subject in &mut subjects {
            // The first round warms it.
            subject.run(round > 0).await;
        }
    }
    report(&subjects);
}

fn redis() -> TestRedis {
    TestRedis::start().expect("`cargo xtask bench` finds Redis")
}

/// Where hot profiles are kept, and the setting that says so.
fn caches(redis_url: &str) -> [(&'static str, Vec<(&'static str, &str)>); 3] {
    [
        ("memory", Vec::new()),
        ("redis", vec![("ATTRIUM_REDIS_URL", redis_url)]),
        ("none", vec![("ATTRIUM_CACHE__PROFILES", "off")]),
    ]
}

async fn start(database: &Database, environment: &[(&str, &str)]) -> Server {
    Server::start_with(database, ServerOptions { is_production: true, environment, ..ServerOptions::default() }).await
}

/// Imports the customers; answers a key that may read them.
fn imported(server: &Server) -> String {
    server.import_bank(&bank_csv(CUSTOMERS));
    server.key()
}

async fn subject(names: [&'static str; 2], server: &Server, key: &str) -> Subject {
    let ids = ids(&Client::with_key(server.url(), key)).await;
    Subject::attrium(names, server.url(), key, &ids)
}

/// The ids of all customers, in the order of their external ids.
async fn ids(client: &Client) -> Vec<String> {
    let query = r#"query($after: String) { profiles(search: "bank-", first: 100, after: $after) {
        nodes { id } pageInfo { hasNextPage endCursor } } }"#;
    let (mut ids, mut after) = (Vec::new(), Value::Null);
    loop {
        let page = client.ask(query, json!({ "after": after })).await["profiles"].take();
        let nodes = page["nodes"].as_array().expect("profiles").iter();
        ids.extend(nodes.map(|node| node["id"].as_str().expect("an id").to_owned()));
        if page["pageInfo"]["hasNextPage"] == false {
            assert_eq!(ids.len(), CUSTOMERS, "all were imported");
            return ids;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}

/// Every subject answers the same values.
async fn compare(subjects: &[Subject]) {
    let expected = subjects[0].values(COMPARED).await;
    for subject in &subjects[1..] {
        assert_eq!(subject.values(COMPARED).await, expected, "{}", subject.name());
    }
}

/// Prints the table and, as the last line, the summary.
fn report(subjects: &[Subject]) {
    println!("| | reads a second | times no cache | p50 ms | p99 ms |\n|---|---|---|---|---|");
    let mut summary = Map::new();
    for subject in subjects {
        let without = subjects.iter().find(|other| other.names == [subject.names[0], "none"]);
        // Rounds are compared with their neighbours: what else the machine does then is alike.
        let pairs = subject.rates.iter().zip(without.map_or(&[][..], |other| &other.rates));
        let times = median(&pairs.map(|(rate, other)| rate / other).collect::<Vec<_>>());
        let (rate, [p50_ms, p99_ms]) = (median(&subject.rates), subject.latencies_ms());
        println!("| {} | {rate:.0} | {times:.2} | {p50_ms:.2} | {p99_ms:.2} |", subject.name());
        let figures =
            json!({ "reads_per_s": rate.round(), "p50_ms": p50_ms, "p99_ms": p99_ms, "times_no_cache": times });
        summary.insert(subject.name(), figures);
    }
    println!(
        "{}",
        json!({ "bench": "profiles", "connections": subject::CONNECTIONS, "profiles": CUSTOMERS, "rounds": ROUNDS,
                "subjects": summary })
    );
}
