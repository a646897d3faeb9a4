//! `kill -9` under load: what was acknowledged is there, nothing is applied twice, and memberships equal a recount.

use std::collections::BTreeMap;

use attrium_tests::{Client, Database, Server, bank_csv, on_both, rounds};
use serde_json::json;
use tokio::task::JoinSet;

use crate::{assert_memberships_equal_a_recount, kill_after, save_segment};

const ROUNDS: usize = 100;
const WRITERS: usize = 8;
const PROFILES_PER_WRITER: usize = 3;

/// The number of the last write that was acknowledged, for each customer.
type Acknowledged = BTreeMap<String, usize>;

/// Writes to this writer's customers in turn, each write with the next number, until the server is gone.
async fn write(client: Client, writer: usize, start: usize) -> Acknowledged {
    let set =
        "mutation($input: SetProfileAttributesInput!) { setProfileAttributes(input: $input) { problems { message } } }";
    let mut acknowledged = Acknowledged::new();
    for number in start.. {
        let external_id = format!("writer-{writer}-{}", number % PROFILES_PER_WRITER);
        let attributes =
            json!([{ "key": "campaign", "value": number }, { "key": "balance", "value": number * 37 % 100 }]);
        let answer =
            client.try_send(set, &json!({ "input": { "externalId": external_id, "attributes": attributes } })).await;
        match answer {
            Some((status, body)) if status.is_success() => {
                assert_eq!(body["data"]["setProfileAttributes"]["problems"], json!([]), "{body}");
                acknowledged.insert(external_id, number);
            }
            Some(_) | None => break,
        }
    }
    acknowledged
}

/// The number held by a customer, and how many of their changes carry each number.
async fn held(client: &Client, external_id: &str) -> usize {
    let query = r#"query($id: String!) { profile(externalId: $id) { version
        attributes(keys: ["campaign"]) { value } history(first: 100) { nodes { version attributes { key new } } } } }"#;
    let profile = client.ask(query, json!({ "id": external_id })).await["profile"].take();
    assert!(!profile.is_null(), "{external_id} was acknowledged and is gone");
    let newest: Vec<_> = profile["history"]["nodes"].as_array().expect("a history").iter().collect();
    let numbers: Vec<u64> = newest.iter().filter_map(|change| change["attributes"][0]["new"].as_u64()).collect();
    assert!(numbers.windows(2).all(|pair| pair[1] < pair[0]), "{external_id}: applied twice: {numbers:?}");
    assert_eq!(profile["version"], newest[0]["version"], "{external_id}: history ends at the present");
    usize::try_from(profile["attributes"][0]["value"].as_u64().expect("a number")).expect("small")
}

#[tokio::test(flavor = "multi_thread")]
async fn rounds_of_kills_lose_nothing_that_was_acknowledged() {
    on_both(async |database: Database| {
        let first = Server::start(&database).await;
        first.import_bank(&bank_csv(50));
        let client = first.client();
        save_segment(&client).await;
        first.kill();
        let mut expected = Acknowledged::new();
        for round in 0..rounds(ROUNDS) {
            let server = Server::start(&database).await;
            let mut writers = JoinSet::new();
            let start = (round + 1) * 1_000_000;
            for writer in 0..WRITERS {
                writers.spawn(write(client.at(server.url()), writer, start));
            }
            kill_after(server, u64::try_from(round * 197 % 800).expect("below 800")).await;
            for acknowledged in writers.join_all().await {
                expected.extend(acknowledged);
            }
            let server = Server::start(&database).await;
            let client = client.at(server.url());
            for (external_id, number) in &expected {
                let held = held(&client, external_id).await;
                assert!(*number <= held, "{external_id}: {number} was acknowledged, {held} is held");
            }
            assert_memberships_equal_a_recount(&database, &client, server).await;
        }
        assert!(!expected.is_empty(), "the rounds wrote nothing");
    })
    .await;
}
