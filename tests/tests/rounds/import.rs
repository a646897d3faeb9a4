//! `kill -9` in the middle of an import: each row ends up applied once.

use attrium_tests::{Database, Server, bank_csv, on_both, rounds};
use serde_json::{Value, json};

use crate::{assert_kept_equal_a_recount, assert_memberships_equal_a_recount, kill_after, save_segment};

const ROUNDS: usize = 20;
const ROWS: usize = 6_000;
const PAGED_EVERY: usize = 8;

#[tokio::test(flavor = "multi_thread")]
async fn rounds_of_kills_leave_an_import_whole() {
    on_both(async |database: Database| {
        let mut prefixes = Vec::new();
        for round in 0..rounds(ROUNDS) {
            let prefix = format!("round-{round}-");
            prefixes.push(prefix.clone());
            let server = Server::start(&database).await;
            let client = server.client();
            let start = "mutation($input: StartImportInput!) { startImport(input: $input) { import { id } problems { message } } }";
            let input = json!({ "name": "bank.csv", "content": bank_csv(ROWS), "externalIdPrefix": prefix, "missing": ["unknown"] });
            let data = client.ask(start, json!({ "input": input })).await;
            let id = data["startImport"]["import"]["id"].clone();
            kill_after(server, u64::try_from(150 + round * 397 % 1_500).expect("below 2,000")).await;

            let server = Server::start(&database).await;
            let client = client.at(server.url());
            server.settle().await;
            let query = "query($id: ID!) { import(id: $id) { state rowsDone rowsRejected failure } profiles(first: 1) { totalCount } }";
            let data = client.ask(query, json!({ "id": id })).await;
            assert_eq!(data["import"]["state"], "DONE", "{data}");
            assert_eq!(data["import"]["rowsDone"], ROWS.to_string());
            assert_eq!(data["profiles"]["totalCount"], ROWS * prefixes.len());
            for row in [1, ROWS / 2, ROWS] {
                let query = "query($id: String!) { profile(externalId: $id) { version } }";
                let data: Value = client.ask(query, json!({ "id": format!("{prefix}{row:05}") })).await;
                assert_eq!(data["profile"]["version"], "1", "row {row} is applied once");
            }
            if round == 0 {
                save_segment(&client).await;
            }
            // Paging through everyone takes longer every round: that is done now and then.
            if round % PAGED_EVERY == 0 {
                assert_memberships_equal_a_recount(&database, &client, server).await;
            } else {
                assert_kept_equal_a_recount(&database, server).await;
            }
        }
    })
    .await;
}
