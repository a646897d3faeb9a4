//! A profile is opened by external id; its values know where they come from; a change is remembered.

use attrium_tests::{Client, Server, bank_csv, on_both};
use serde_json::{Value, json};

const PROFILE: &str = r#"{ profile(externalId: "bank-00001") { id version
    attributes { key type value text source sourceId occurredAt }
    history { nodes { version kind source attributes { key old new isApplied } } } } }"#;

async fn set(client: &Client, attributes: Value, more: Value) -> Value {
    let mutation = "mutation($input: SetProfileAttributesInput!) { setProfileAttributes(input: $input) {
        profile { version } problems { code path message } } }";
    let mut input = json!({ "externalId": "bank-00001", "attributes": attributes });
    for (name, value) in more.as_object().into_iter().flatten() {
        input[name] = value.clone();
    }
    client.send(mutation, json!({ "input": input })).await.1["data"]["setProfileAttributes"].take()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_changes_and_the_history_grows() {
    on_both(async |database| {
        let server = Server::start(&database).await;
        server.import_bank(&bank_csv(20));
        let client = server.client();

        let before = client.ask(PROFILE, json!({})).await["profile"].take();
        let balance = |profile: &Value| {
            let values = profile["attributes"].as_array().expect("values").clone();
            values.into_iter().find(|value| value["key"] == "balance").expect("a balance")
        };
        assert_eq!(balance(&before)["value"], 0);
        assert_eq!(balance(&before)["source"], "import bank.csv");
        assert!(before["attributes"].as_array().expect("values").iter().all(|value| value["key"] != "poutcome"));

        server.advance(60).await;
        let done =
            set(&client, json!([{ "key": "Balance", "value": 5 }, { "key": "job", "value": null }]), json!({})).await;
        assert_eq!(done["problems"], json!([]));

        let after = client.ask(PROFILE, json!({})).await["profile"].take();
        assert_eq!(balance(&after)["value"], 5);
        assert_eq!(balance(&after)["source"], "API key test");
        let newest = &after["history"]["nodes"][0];
        assert_eq!(newest["kind"], "UPDATED");
        let changes = json!([
            { "key": "balance", "old": 0, "new": 5, "isApplied": true },
            { "key": "job", "old": "technician", "new": null, "isApplied": true },
        ]);
        assert_eq!(newest["attributes"], changes);
        assert_eq!(after["history"]["nodes"].as_array().map(Vec::len), Some(2));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_fact_is_kept_but_does_not_win() {
    on_both(async |database| {
        let server = Server::start(&database).await;
        server.import_bank(&bank_csv(20));
        let client = server.client();
        let late =
            set(&client, json!([{ "key": "balance", "value": 9 }]), json!({ "occurredAt": "2001-01-01T00:00:00Z" }))
                .await;
        assert_eq!(late["problems"], json!([]));
        let profile = client.ask(PROFILE, json!({})).await["profile"].take();
        assert_eq!(profile["history"]["nodes"][0]["attributes"][0]["isApplied"], false);
        let values = profile["attributes"].as_array().expect("values");
        assert!(values.iter().any(|value| value["key"] == "balance" && value["value"] == 0));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_value_is_refused_with_its_place_and_nothing_is_written() {
    on_both(async |database| {
        let server = Server::start(&database).await;
        server.import_bank(&bank_csv(20));
        let client = server.client();
        let refused = set(&client, json!([{ "key": "age", "value": 7 }, { "key": "balnce", "value": 1 }, { "key": "balance", "value": "12,5" }]), json!({})).await;
        let codes: Vec<&str> = refused["problems"].as_array().expect("problems").iter().filter_map(|problem| problem["code"].as_str()).collect();
        assert_eq!(codes, ["UNKNOWN_ATTRIBUTE", "WRONG_TYPE"], "{refused}");
        assert!(refused["problems"][0]["message"].as_str().is_some_and(|message| message.contains("balance")), "{refused}");
        let profile = client.ask(PROFILE, json!({})).await["profile"].take();
        assert_eq!(profile["history"]["nodes"].as_array().map(Vec::len), Some(1));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idempotency_key_makes_a_retry_harmless() {
    on_both(async |database| {
        let server = Server::start(&database).await;
        server.import_bank(&bank_csv(20));
        let client = server.client();
        let key = json!({ "idempotencyKey": "order-7" });
        let once = set(&client, json!([{ "key": "balance", "value": 5 }]), key.clone()).await;
        let twice = set(&client, json!([{ "key": "balance", "value": 5 }]), key.clone()).await;
        assert_eq!(once, twice);
        let other = set(&client, json!([{ "key": "balance", "value": 6 }]), key).await;
        assert_eq!(other["problems"][0]["code"], "IDEMPOTENCY_MISMATCH", "{other}");
        let profile = client.ask(PROFILE, json!({})).await["profile"].take();
        assert_eq!(profile["history"]["nodes"].as_array().map(Vec::len), Some(2));
    })
    .await;
}
