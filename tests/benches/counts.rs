//! How soon the editor has the exact audience of a rule as it is typed: `ruleAnalysis` over HTTP, with the count
//! at every node, against SQLite scanning the same documents for the one count.
//!
//! `cargo xtask bench counts`. Both sides answer each rule in turn, and must agree.
#![expect(clippy::print_stdout, reason = "its last line is the answer")]

use attrium_tests::{Client, Database, Server, ServerOptions, bank_csv, median, percentile};
use serde_json::json;
use sqlx::{Connection, SqliteConnection};
use tokio::time::Instant;

const ROUNDS: usize = 25;
const CUSTOMERS: usize = 45_211;

/// A rule, and the same question to SQLite. `{key}` stands for the attribute's value.
const RULES: [(&str, &str); 6] = [
    ("age >= 60", "{age} >= 60"),
    (r#"job in ("student", "retired")"#, "{job} IN ('student', 'retired')"),
    (r#"not (education = "primary")"#, "{education} IS NOT 'primary'"),
    (
        r#"balance > 1000 and (housing = "yes" or loan = "yes") and month = "may""#,
        "{balance} > 1000 AND ({housing} = 'yes' OR {loan} = 'yes') AND {month} = 'may'",
    ),
    (r#"job contains "admin" and age between 30 and 40"#, "{job} LIKE '%admin%' AND {age} BETWEEN 30 AND 40"),
    ("contact missing or poutcome missing", "{contact} IS NULL OR {poutcome} IS NULL"),
];

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let database = Database::sqlite();
    let server = Server::start_with(&database, ServerOptions { is_production: true, ..ServerOptions::default() }).await;
    server.import_bank(&bank_csv(CUSTOMERS));
    let client = server.client();
    let url = format!("{}?mode=ro", database.url());
    let mut sqlite = SqliteConnection::connect(&url).await.expect("the file can be read beside the server");
    wait_for_index(&client).await;

    let (mut index, mut scan) = (Vec::new(), Vec::new());
    for round in 0..=ROUNDS {
        for (rule, condition) in RULES {
            let (counted, index_ms) = timed(count(&client, rule)).await;
            let (scanned, scan_ms) = timed(scan_for(&mut sqlite, condition)).await;
            assert!(counted.is_some() && counted == scanned, "{rule}: {counted:?}, {scanned:?}");
            // The first round warms both.
            if round > 0 {
                index.push(index_ms);
                scan.push(scan_ms);
            }
        }
    }
    let summary = json!({
        "bench": "counts", "database": "sqlite", "customers": CUSTOMERS, "rules": RULES.len(), "rounds": ROUNDS,
        "rule_analysis_ms_median": median(&index), "rule_analysis_ms_p95": percentile(&index, 95),
        "sqlite_scan_ms_median": median(&scan), "sqlite_scan_ms_p95": percentile(&scan, 95),
        "times_faster_median": median(&scan) / median(&index),
    });
    println!("{summary}");
}

/// The exact audience of a rule, asked as the editor asks.
async fn count(client: &Client, rule: &str) -> Option<i64> {
    let query = "query($text: String!) { ruleAnalysis(input: { text: $text }) { count nodes { count missingCount } } }";
    client.ask(query, json!({ "text": rule })).await["ruleAnalysis"]["count"].as_i64()
}

/// The same audience, by a scan of the profiles' documents.
async fn scan_for(sqlite: &mut SqliteConnection, condition: &str) -> Option<i64> {
    let condition = condition.replace('{', "json_extract(held_values, '$.").replace('}', "')");
    let query = sqlx::AssertSqlSafe(format!("SELECT count(*) FROM profiles WHERE {condition}"));
    sqlx::query_scalar(query).fetch_optional(sqlite).await.expect("SQLite answers")
}

/// Waits until the audience index holds everybody.
async fn wait_for_index(client: &Client) {
    let mut looks = tokio::time::interval(std::time::Duration::from_millis(20));
    while count(client, "age exists").await != i64::try_from(CUSTOMERS).ok() {
        looks.tick().await;
    }
}

/// What it answers, and after how many milliseconds.
async fn timed<T>(work: impl Future<Output = T>) -> (T, f64) {
    let started = Instant::now();
    let answer = work.await;
    (answer, started.elapsed().as_secs_f64() * 1_000.0)
}
