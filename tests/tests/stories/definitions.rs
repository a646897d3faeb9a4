//! A file comes in, and its attributes are understood.

use attrium_tests::{Server, bank_csv, on_both};
use serde_json::{Value, json};

const ATTRIBUTES: &str = "{ attributes(first: 100) { totalCount nodes {
    id key label type isList privacyClass filledCount format { kind options isOpen } } } }";

fn named<'a>(data: &'a Value, key: &str) -> &'a Value {
    let nodes = data["attributes"]["nodes"].as_array().expect("a list of attributes");
    nodes.iter().find(|node| node["key"] == key).unwrap_or_else(|| panic!("no attribute {key}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn definitions_are_inferred_from_a_file_and_one_can_be_edited() {
    on_both(async |database| {
        let server = Server::start(&database).await;
        server.import_bank(&bank_csv(500));
        server.settle().await;
        let client = server.client();

        let data = client.ask(ATTRIBUTES, json!({})).await;
        assert_eq!(data["attributes"]["totalCount"], 17);
        assert_eq!(named(&data, "balance")["type"], "INTEGER");
        assert_eq!(named(&data, "balance")["filledCount"], 500);
        assert_eq!(named(&data, "job")["type"], "TEXT");
        assert_eq!(named(&data, "job")["format"]["kind"], "ENUM");
        assert_eq!(named(&data, "age")["privacyClass"], "PERSONAL");
        // `unknown` is missing, in some columns for some customers.
        assert!(named(&data, "contact")["filledCount"].as_u64() < Some(500));

        let id = &named(&data, "job")["id"];
        let edit =
            json!({ "input": { "id": id, "label": "Occupation", "privacyClass": "SENSITIVE", "expectedRevision": 1 } });
        let update = "mutation($input: UpdateAttributeInput!) { updateAttribute(input: $input) {
            attribute { label privacyClass revision } problems { code path message } } }";
        let data = client.ask(update, edit.clone()).await;
        let attribute = json!({ "label": "Occupation", "privacyClass": "SENSITIVE", "revision": 2 });
        assert_eq!(data["updateAttribute"]["attribute"], attribute);

        let (_, again) = client.send(update, edit).await;
        assert_eq!(again["data"]["updateAttribute"]["problems"][0]["code"], "CONFLICT", "{again}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_of_a_file_is_said_with_its_line() {
    on_both(async |database| {
        let server = Server::start(&database).await;
        server.import_bank(&bank_csv(20));
        // The command line has a clock of its own on PostgreSQL; what comes now must be newer.
        server.advance(60).await;
        let client = server.client();
        let start = "mutation($input: StartImportInput!) { startImport(input: $input) { import { id } problems { code message } } }";
        let content = "id,balance,job\nbank-00001,77,admin\nbank-00002,a lot,admin\n";
        let input = json!({ "name": "more.csv", "content": content, "externalIdColumn": "id" });
        let data = client.ask(start, json!({ "input": input })).await;
        server.settle().await;

        let import = "query($id: ID!) { import(id: $id) { state rowsDone rowsRejected rejects { nodes { line column reason } } } }";
        let data = client.ask(import, json!({ "id": data["startImport"]["import"]["id"] })).await;
        assert_eq!(data["import"]["state"], "DONE", "{data}");
        let reject = &data["import"]["rejects"]["nodes"][0];
        assert_eq!(reject["line"].to_string().trim_matches('"'), "3");
        assert_eq!(reject["column"], "balance");

        let profile = r#"{ profile(externalId: "bank-00001") { attributes(keys: ["balance"]) { value } } }"#;
        assert_eq!(client.ask(profile, json!({})).await["profile"]["attributes"][0]["value"], 77);
    })
    .await;
}
