//! How long a server takes to start, and what it holds when idle, on SQLite with the demo's customers.
//!
//! `cargo xtask bench start`. Each round ends the server as `kill -9` does and starts it again, so the
//! start includes what SQLite does after a crash. Goals: ready in under 1 s, under 100 MB resident.
#![expect(clippy::print_stdout, reason = "its last line is the answer")]

use std::time::Duration;

use attrium_tests::{Client, Database, Server, ServerOptions, bank_csv, median, resident_bytes};
use serde_json::json;
use tokio::time::Instant;

const ROUNDS: usize = 9;
const CUSTOMERS: usize = 45_211;
/// Idle: nobody asked anything for so long.
const IDLE: Duration = Duration::from_secs(3);

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let database = Database::sqlite();
    let options = ServerOptions { is_production: true, ..ServerOptions::default() };
    let mut server = Server::start_with(&database, options).await;
    server.import_bank(&bank_csv(CUSTOMERS));
    let client = server.client();
    wait_for_counts(&client).await;
    let after_import = resident_bytes(server.process_id());

    let (mut ready, mut counts, mut idle) = (Vec::new(), Vec::new(), Vec::new());
    for round in 1..=ROUNDS {
        server.kill();
        let started = Instant::now();
        server = Server::start_with(&database, options).await;
        ready.push(milliseconds(started.elapsed()));
        wait_for_counts(&client.at(server.url())).await;
        counts.push(milliseconds(started.elapsed()));
        // Not a wait: being left alone is what is measured.
        tokio::time::sleep(IDLE).await;
        idle.push(megabytes(resident_bytes(server.process_id())));
        println!("round {round} of {ROUNDS}: ready in {:.0} ms", ready[round - 1]);
    }
    let summary = json!({
        "bench": "start", "database": "sqlite", "customers": CUSTOMERS, "rounds": ROUNDS,
        "ready_ms_median": median(&ready), "ready_ms_max": ready.iter().copied().fold(0.0, f64::max),
        "counts_ready_ms_median": median(&counts),
        "idle_resident_mb_median": median(&idle), "after_import_resident_mb": megabytes(after_import),
    });
    println!("{summary}");
}

/// Waits until the audience index answers.
async fn wait_for_counts(client: &Client) {
    let query = r#"{ ruleAnalysis(input: { text: "age >= 18" }) { count } }"#;
    let mut looks = tokio::time::interval(Duration::from_millis(5));
    loop {
        looks.tick().await;
        let data = client.ask(query, json!({})).await;
        if data["ruleAnalysis"]["count"].as_u64().is_some_and(|count| count > 0) {
            return;
        }
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

#[expect(clippy::cast_precision_loss, reason = "a process is smaller than 2^53 bytes")]
fn megabytes(bytes: u64) -> f64 {
    (bytes as f64 / 1e5).round() / 10.0
}
