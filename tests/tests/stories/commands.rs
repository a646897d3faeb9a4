//! The command line beside a running server, and workspaces that do not see each other.

use attrium_tests::{Client, Server, bank_csv, on_both};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_key_stops_working() {
    on_both(async |database| {
        let server = Server::start(&database).await;
        let key = server.attrium(&["keys", "create", "crm"]);
        let client = Client::with_key(server.url(), key.trim());
        client.ask("{ profiles { totalCount } }", json!({})).await;
        let listed = server.attrium(&["keys", "list"]);
        assert!(!listed.contains(key.trim()), "a list shows no secret");
        let id = listed.split('\t').next().expect("a key has an id");
        server.attrium(&["keys", "revoke", id]);
        server.advance(6).await;
        let (_, body) = client.send("{ profiles { totalCount } }", json!({})).await;
        assert_eq!(body["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "{body}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_may_read_may_not_write() {
    on_both(async |database| {
        let server = Server::start(&database).await;
        let key = server.attrium(&["keys", "create", "reader"]);
        let client = Client::with_key(server.url(), key.trim());
        let create =
            r#"mutation { createSegment(input: { name: "x", rule: { text: "job exists" } }) { problems { code } } }"#;
        let (_, body) = client.send(create, json!({})).await;
        assert_eq!(body["errors"][0]["extensions"]["code"], "DENIED", "{body}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_of_another_workspace_is_as_absent_as_one_that_never_was() {
    on_both(async |database| {
        let server = Server::start(&database).await;
        server.import_bank(&bank_csv(20));
        let ours = server.client();
        let data = ours.ask(r#"{ profile(externalId: "bank-00001") { id } }"#, json!({})).await;
        let id = data["profile"]["id"].as_str().expect("an id").to_owned();

        server.attrium(&["workspaces", "create", "other"]);
        let key = server.attrium(&["keys", "create", "spy", "--workspace", "other"]);
        let spy = Client::with_key(server.url(), key.trim());
        let absent = id.replace(&id[id.len() - 4..], "zzzz");
        for query in ["query($id: ID!) { node(id: $id) { id } }", "query($id: ID!) { profile(id: $id) { id } }"] {
            let foreign = spy.send(query, json!({ "id": id })).await;
            let never = spy.send(query, json!({ "id": absent })).await;
            assert_eq!(foreign, never);
        }
        let data = spy.ask("{ profiles { totalCount } attributes { totalCount } }", json!({})).await;
        assert_eq!(data, json!({ "profiles": { "totalCount": 0 }, "attributes": { "totalCount": 0 } }));
    })
    .await;
}
