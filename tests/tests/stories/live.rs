//! A page that is open hears of what is done elsewhere.

use std::time::Duration;

use attrium_tests::{Server, ServerOptions, bank_csv, on_both};
use serde_json::json;
use tokio::time::timeout;

const SET: &str = "mutation($input: SetProfileAttributesInput!) { setProfileAttributes(input: $input) {
    profile { id version } problems { message } } }";
const PROFILE: &str = r#"query { profile(externalId: "bank-00001") { id } }"#;
const LISTEN: &str = "subscription($id: ID!) { profileChanged(id: $id) { change { version attributes { key new } } profile { externalId } } }";

/// On PostgreSQL elsewhere is another server of the same database.
#[tokio::test(flavor = "multi_thread")]
async fn a_subscription_hears_of_a_change_made_elsewhere() {
    on_both(async |database| {
        let server = Server::start_with(&database, ServerOptions::default()).await;
        server.import_bank(&bank_csv(3));
        let client = server.client();
        let id = client.ask(PROFILE, json!({})).await["profile"]["id"].take();
        let is_sqlite = database.url().starts_with("sqlite");
        let second = if is_sqlite { None } else { Some(Server::start_with(&database, ServerOptions::default()).await) };
        let elsewhere = client.at(second.as_ref().map_or(server.url(), Server::url));
        let mut events = client.listen(LISTEN, json!({ "id": id })).await;

        // The stream does not say when it is ready: change something until it speaks.
        let mut balance = 1_000;
        let told = loop {
            balance += 1;
            let attributes = json!([{ "key": "balance", "value": balance }]);
            elsewhere.ask(SET, json!({ "input": { "externalId": "bank-00001", "attributes": attributes } })).await;
            if let Ok(told) = timeout(Duration::from_millis(500), events.next()).await {
                // The import's own change may only now come by.
                let told = &told["profileChanged"];
                if told["change"]["attributes"].as_array().map(Vec::len) == Some(1) {
                    break told.clone();
                }
            }
        };
        assert_eq!(told["profile"]["externalId"], "bank-00001");
        let changed = &told["change"]["attributes"];
        assert_eq!(changed.as_array().map(Vec::len), Some(1), "{told}");
        assert_eq!(changed[0]["key"], "balance", "{told}");
        assert!(changed[0]["new"].as_i64().is_some_and(|new| 1_000 < new && new <= balance), "{told}");
    })
    .await;
}
