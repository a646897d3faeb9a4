//! Search: one text finds whatever it may mean, and nothing that the viewer may not see.

use attrium_engine::Right;
use serde_json::{Value as Json, json};

use super::house::House;

const HIT: &str = "{ fit node { __typename ... on Attribute { key } ... on Profile { externalId }
    ... on Segment { key } ... on Template { key } ... on WebhookEndpoint { name } } }";

/// A house where `age` means many things.
async fn with_many(house: House) -> House {
    let house = house.with_attributes().await;
    for id in ["age-1", "age-10", "Age-2", "c-1"] {
        house.set(id, &[("age", "41")]).await;
    }
    for made in [
        r#"createSegment(input: { name: "Of age", rule: { text: "age >= 18" } })"#,
        r#"createSegment(input: { name: "Teenagers", rule: { text: "age < 20" } })"#,
        r#"createTemplate(input: { name: "Age check", context: TEXT, body: "Hi" })"#,
        r#"createWebhookEndpoint(input: { name: "Age", url: "https://crm.example.com/", events: [PROFILE_CREATED] })"#,
    ] {
        house.must(&format!("mutation {{ {made} {{ problems {{ message }} }} }}")).await;
    }
    house
}

fn kinds(answer: &Json) -> Vec<&str> {
    let hits = answer["search"].as_array().expect("a list of hits");
    hits.iter().map(|hit| hit["node"]["__typename"].as_str().expect("each has a type")).collect()
}

#[tokio::test]
async fn one_text_finds_whatever_it_may_mean_best_first() {
    House::on_both(async |house| {
        let house = with_many(house).await;
        assert_told!("search_many", house.ask(&format!(r#"{{ search(text: " AGE ") {HIT} }}"#)).await);
        assert_told!("search_few", house.ask(&format!(r#"{{ search(text: "age", first: 2) {HIT} }}"#)).await);
        assert_told!("search_external_id", house.ask(&format!(r#"{{ search(text: "age-1") {HIT} }}"#)).await);
        let id = house.id_of(r#"profile(externalId: "c-1")"#).await;
        let by_id = house.must(&format!(r#"{{ search(text: "{id}") {HIT} }}"#)).await;
        assert_eq!(by_id["search"][0]["node"]["externalId"], "c-1");
        let id = house.id_of(r#"segment(key: "of_age")"#).await;
        let by_id = house.must(&format!(r#"{{ search(text: "{id}") {HIT} }}"#)).await;
        assert_eq!(by_id["search"], json!([{ "fit": "EXACT", "node": { "__typename": "Segment", "key": "of_age" } }]));
    })
    .await;
}

#[tokio::test]
async fn a_text_is_what_it_is_and_not_too_long() {
    House::on_both(async |house| {
        let house = with_many(house).await;
        for nothing in ["", " ", "%", "_ge", "age%", "\\u0000", "age\\u0000", "AGE-1"] {
            let found = house.must(&format!("{{ search(text: \"{nothing}\") {HIT} }}")).await;
            assert_eq!(found["search"], json!([]), "{nothing:?}");
        }
        assert_told!(
            "search_too_long",
            house.ask(&format!(r#"{{ search(text: "{}") {HIT} }}"#, "a".repeat(257))).await
        );
        assert_told!("search_too_many", house.ask(&format!(r#"{{ search(text: "a", first: 101) {HIT} }}"#)).await);
    })
    .await;
}

#[tokio::test]
async fn each_kind_takes_its_own_right() {
    House::on_both(async |house| {
        let house = with_many(house).await;
        let asked = format!(r#"{{ search(text: "age") {HIT} }}"#);
        for (right, kind, times) in [
            (Right::ReadAttributes, "Attribute", 1),
            (Right::ReadSegments, "Segment", 2),
            (Right::ReadTemplates, "Template", 1),
            (Right::ReadEndpoints, "WebhookEndpoint", 1),
            (Right::ReadProfiles, "Profile", 2),
            (Right::ManageKeys, "", 0),
        ] {
            let answer = house.ask_as(&house.program(vec![right]).await, &asked).await;
            assert!(answer.errors.is_empty(), "{right}: {:?}", answer.errors);
            assert_eq!(kinds(&answer.data.into_json().unwrap()), vec![kind; times], "{right}");
        }
        let id = house.id_of(r#"profile(externalId: "c-1")"#).await;
        let reader = house.program(vec![Right::ReadSegments, Right::ReadAttributes]).await;
        let hidden = house.ask_as(&reader, &format!(r#"{{ search(text: "{id}") {HIT} }}"#)).await;
        assert_eq!(hidden.data.into_json().unwrap(), json!({ "search": [] }));
    })
    .await;
}
