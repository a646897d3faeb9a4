//! Rounds of crashes, of load, and of servers that go away. The suite runs a tenth of them, `cargo xtask harness` all.

mod black_holes;
mod crash;
mod import;
mod recount;
mod redis;
mod webhooks;

use std::time::Duration;

use attrium_tests::{Client, Server};
use serde_json::{Value, json};

const RULE: &str = "balance >= 50";

/// Saves the segment whose memberships the rounds recount.
async fn save_segment(client: &Client) {
    let create = "mutation($input: CreateSegmentInput!) { createSegment(input: $input) { problems { message } } }";
    client.ask(create, json!({ "input": { "name": "Rich", "rule": { "text": RULE } } })).await;
}

/// Kills a server after a moment.
async fn kill_after(server: Server, moment_ms: u64) {
    // Not a wait: where in its work the server dies is left to chance.
    tokio::time::sleep(Duration::from_millis(moment_ms)).await;
    server.kill();
}

/// The ids of the segment's members as the API pages them.
async fn members(client: &Client) -> Vec<String> {
    let query = r#"query($after: String) { segment(key: "rich") { count members(first: 100, after: $after) {
        nodes { profile { id } } pageInfo { hasNextPage endCursor } } } }"#;
    let (mut members, mut after) = (Vec::new(), Value::Null);
    loop {
        let data = client.ask(query, json!({ "after": after })).await;
        let page = &data["segment"]["members"];
        let nodes = page["nodes"].as_array().expect("members").iter();
        members.extend(nodes.map(|node| node["profile"]["id"].as_str().expect("an id").to_owned()));
        if page["pageInfo"]["hasNextPage"] == false {
            assert_eq!(data["segment"]["count"], members.len(), "the count is the list's");
            return members;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}

/// Ends the server and holds the members it answered, and those it kept, against a recount.
async fn assert_memberships_equal_a_recount(database: &attrium_tests::Database, client: &Client, server: Server) {
    server.settle().await;
    let answered = members(client).await;
    let selected = assert_kept_equal_a_recount(database, server).await;
    assert_eq!(answered, selected, "members answered, against the evaluator");
}

/// Ends the server and holds the members it kept against a recount; answers them.
async fn assert_kept_equal_a_recount(database: &attrium_tests::Database, server: Server) -> Vec<String> {
    server.settle().await;
    server.kill();
    let recount = recount::recount(database, RULE).await;
    assert_eq!(recount.kept, recount.selected, "memberships kept, against the evaluator");
    recount.selected.iter().map(ToString::to_string).collect()
}
