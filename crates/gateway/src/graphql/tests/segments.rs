//! Segments: a rule is saved, its members are paged, and profiles enter and leave.

use std::fmt::Write as _;

use serde_json::{Value as Json, json};

use super::house::House;

const ADULTS: &str = "mutation { createSegment(input: { name: \"Grown ups\", description: \"Of age\",
    rule: { text: \"AGE>=18\" } }) {
  segment { key name description rule ruleText revision createdAt } problems { code path message } } }";

#[tokio::test]
async fn a_profile_enters_and_leaves_as_its_attributes_change() {
    House::on_both(async |house| {
        let house = house.with_attributes().await;
        house.set("c-1", &[("age", "41")]).await;
        assert_told!("segment_created", house.ask(ADULTS).await);
        house.engine.settle().await.unwrap();
        house.engine.clock().advance_micros(60_000_000);
        house.set("c-2", &[("age", "18")]).await;
        house.engine.clock().advance_micros(60_000_000);
        house.set("c-1", &[("age", "17")]).await;
        let answer = house
            .ask(
                "{ segment(key: \"grown_ups\") { count
                 members { totalCount nodes { enteredAt profile { externalId memberships { nodes { segment { key } } } } } }
                 transitions { nodes { kind at segment { key } profile { externalId } change { source attributes { key oldText newText } } } }
               }
               profile(externalId: \"c-1\") { memberships { nodes { enteredAt } } transitions { nodes { kind at } } } }",
            )
            .await;
        assert_told!("segment_story", answer);
    })
    .await;
}

#[tokio::test]
async fn members_are_paged_to_the_last() {
    House::on_both(async |house| {
        let house = house.with_attributes().await;
        let mut file = String::from("id,age\n");
        for number in 0..250 {
            writeln!(file, "c-{number:03},{}", 18 + number % 50).unwrap();
        }
        let import = "mutation($content: String!) { startImport(input: { name: \"c.csv\", content: $content,
                    externalIdColumn: \"id\" }) { problems { message } } }";
        let started = house.ask_with(import, json!({ "content": file })).await;
        assert!(started.errors.is_empty(), "{:?}", started.errors);
        house.engine.settle().await.unwrap();
        house.ask(ADULTS).await;
        house.engine.settle().await.unwrap();

        let page = "query($after: String) { segment(key: \"grown_ups\") { members(first: 100, after: $after) {
                  totalCount nodes { profile { externalId } } pageInfo { hasNextPage endCursor } } } }";
        let (mut after, mut met, mut sizes) = (Json::Null, Vec::new(), Vec::new());
        loop {
            let answer = house.ask_with(page, json!({ "after": after })).await;
            let members = answer.data.into_json().unwrap()["segment"]["members"].clone();
            assert_eq!(members["totalCount"], 250);
            let nodes = members["nodes"].as_array().unwrap();
            sizes.push(nodes.len());
            met.extend(nodes.iter().map(|node| node["profile"]["externalId"].as_str().unwrap().to_owned()));
            after = members["pageInfo"]["endCursor"].clone();
            if members["pageInfo"]["hasNextPage"] == false {
                break;
            }
        }
        assert_eq!(sizes, [100, 100, 50]);
        met.sort();
        met.dedup();
        assert_eq!(met.len(), 250);
    })
    .await;
}

#[tokio::test]
async fn memberships_and_users_of_an_attribute_are_paged() {
    House::on_both(async |house| {
        let house = house.with_attributes().await;
        house.set("c-1", &[("age", "41")]).await;
        for name in ["One", "Two", "Three"] {
            house
                .must(&format!(
                    "mutation {{ createSegment(input: {{ name: \"{name}\", rule: {{ text: \"age exists\" }} }}) {{
                         problems {{ message }} }} }}"
                ))
                .await;
        }
        let page = "query($memberships: String, $users: String) {
            profile(externalId: \"c-1\") { memberships(first: 2, after: $memberships) {
              totalCount nodes { segment { key } } pageInfo { hasNextPage endCursor } } }
            attribute(key: \"age\") { usedBy(first: 2, after: $users) {
              totalCount nodes { key } pageInfo { hasNextPage endCursor } } } }";
        let (mut after, mut keys) = (json!({}), [Vec::new(), Vec::new()]);
        for has_next in [true, false] {
            let answer = house.ask_with(page, after).await;
            assert!(answer.errors.is_empty(), "{:?}", answer.errors);
            let data = answer.data.into_json().unwrap();
            let (memberships, users) = (&data["profile"]["memberships"], &data["attribute"]["usedBy"]);
            assert_eq!(
                (&memberships["pageInfo"]["hasNextPage"], &users["pageInfo"]["hasNextPage"]),
                (&json!(has_next), &json!(has_next))
            );
            assert_eq!((&memberships["totalCount"], &users["totalCount"]), (&json!(3), &json!(3)));
            keys[0].extend(memberships["nodes"].as_array().unwrap().iter().map(|node| node["segment"]["key"].clone()));
            keys[1].extend(users["nodes"].as_array().unwrap().iter().map(|node| node["key"].clone()));
            after =
                json!({ "memberships": memberships["pageInfo"]["endCursor"], "users": users["pageInfo"]["endCursor"] });
        }
        assert_eq!(keys[1], ["one", "three", "two"]);
        keys[0].sort_by_key(ToString::to_string);
        assert_eq!(keys[0], keys[1]);
    })
    .await;
}

#[tokio::test]
async fn a_wrong_rule_is_a_problem_and_nothing_is_saved() {
    House::on_both(async |house| {
        let house = house.with_attributes().await;
        let answer = house
            .ask(
                "mutation { createSegment(input: { name: \"x\", rule: { text: \"agee >= \\\"old\\\"\" } }) {
                 segment { id } problems { code path message } } }",
            )
            .await;
        assert_told!("segment_wrong_rule", answer);
        assert_told!("segments_none", house.ask("{ segments { totalCount nodes { key } } }").await);
    })
    .await;
}

#[tokio::test]
async fn a_segment_is_edited_and_deleted() {
    House::on_both(async |house| {
        let house = house.with_attributes().await;
        house.set("c-1", &[("age", "41")]).await;
        house.ask(ADULTS).await;
        house.engine.settle().await.unwrap();
        let id = house.id_of("segment(key: \"grown_ups\")").await;
        let edit = format!(
            "mutation {{ updateSegment(input: {{ id: \"{id}\", expectedRevision: 1, rule: {{ tree: {{
             attr: \"age\", op: \"gte\", value: 65 }} }} }}) {{
           segment {{ name ruleText revision count }} problems {{ code path message }} }} }}"
        );
        assert_told!("segment_edited", house.ask(&edit).await);
        house.engine.settle().await.unwrap();
        assert_told!("segment_conflict", house.ask(&edit).await);
        let left = house
            .ask("{ profile(externalId: \"c-1\") { memberships { nodes { enteredAt } } transitions { nodes { kind } } } }")
            .await;
        assert_told!("segment_left_by_edit", left);

        let delete =
            format!("mutation {{ deleteSegment(input: {{ id: \"{id}\" }}) {{ deletedId problems {{ code path }} }} }}");
        let deleted = house.must(&delete).await;
        assert_eq!(deleted["deleteSegment"]["deletedId"], json!(id));
        assert_told!("segment_deleted_twice", house.ask(&delete).await);
    })
    .await;
}
