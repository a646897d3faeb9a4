//! Profiles: values with where they came from, history, and edits that are refused.

use serde_json::Value as Json;

use super::house::House;

const STORY: &str = "{ profile(externalId: \"c-1\") {
    externalId version createdAt updatedAt
    attributes { key type isList value text source sourceId occurredAt definition { label } }
    history { nodes { version kind source actor recordedAt attributes { key old new newText isApplied } }
              pageInfo { hasNextPage } }
    memberships { nodes { enteredAt } }
} }";

#[tokio::test]
async fn a_profile_tells_its_values_and_its_history() {
    House::on_both(async |house| {
        let house = house.with_attributes().await;
        house.set("c-1", &[("country", "\"TR\""), ("balance", "\"12345678901234567890.12\"")]).await;
        house.engine.clock().advance_micros(60_000_000);
        house.set("c-1", &[("age", "41"), ("country", "null")]).await;
        assert_told!("profile_story", house.ask(STORY).await);
    })
    .await;
}

#[tokio::test]
async fn one_wrong_value_and_none_is_set() {
    House::on_both(async |house| {
        let house = house.with_attributes().await;
        let answer = house
            .ask(
                "mutation { setProfileAttributes(input: { externalId: \"c-1\", attributes: [
                 { key: \"country\", value: \"TR\" }, { key: \"age\", value: \"old\" }, { key: \"contry\", value: 1 }
               ] }) { profile { id } problems { code path message } } }",
            )
            .await;
        assert_told!("profile_problems", answer);
        assert_told!("profile_absent", house.ask("{ profile(externalId: \"c-1\") { id } }").await);
    })
    .await;
}

#[tokio::test]
async fn an_edit_of_an_old_version_is_a_conflict() {
    House::on_both(async |house| {
    let house = house.with_attributes().await;
    house.set("c-1", &[("age", "41")]).await;
    let edit = "mutation { setProfileAttributes(input: { externalId: \"c-1\", expectedVersion: \"0\",
                  attributes: [{ key: \"age\", value: 42 }] }) { profile { version } problems { code path message } } }";
    assert_told!("profile_conflict", house.ask(edit).await);
    })
    .await;
}

#[tokio::test]
async fn an_idempotency_key_makes_repeating_harmless() {
    House::on_both(async |house| {
        let house = house.with_attributes().await;
        let edit = |age: u32| {
            format!(
                "mutation {{ setProfileAttributes(input: {{ externalId: \"c-1\", idempotencyKey: \"k1\",
                 attributes: [{{ key: \"age\", value: {age} }}] }}) {{
               profile {{ version attributes {{ text }} }} problems {{ code path message }} }} }}"
            )
        };
        let first = house.ask(&edit(41)).await;
        let again = house.ask(&edit(41)).await;
        assert_eq!(first.data, again.data);
        assert_told!("profile_idempotent", again);
        assert_told!("profile_idempotency_mismatch", house.ask(&edit(42)).await);
    })
    .await;
}

#[tokio::test]
async fn a_late_fact_stands_in_the_history_only() {
    House::on_both(async |house| {
        let house = house.with_attributes().await;
        house.set("c-1", &[("age", "41")]).await;
        house
            .must(
                "mutation { setProfileAttributes(input: { externalId: \"c-1\", occurredAt: \"2026-04-01T00:00:00Z\",
                 attributes: [{ key: \"age\", value: 40 }] }) { problems { message } } }",
            )
            .await;
        let answer = house
            .ask(
                "{ profile(externalId: \"c-1\") { attributes { text }
                 history(first: 1, key: \"AGE\") { nodes { version attributes { newText isApplied } } } } }",
            )
            .await;
        assert_told!("profile_late_fact", answer);
    })
    .await;
}

#[tokio::test]
async fn profiles_are_found_by_rule_and_by_prefix() {
    House::on_both(async |house| {
    let house = house.with_attributes().await;
    for (external_id, age) in [("c-1", "17"), ("c-2", "18"), ("d-1", "19")] {
        house.set(external_id, &[("age", age)]).await;
    }
    let names = |arguments: &str| {
        format!(
            "{{ profiles({arguments}) {{ totalCount nodes {{ externalId }} pageInfo {{ endCursor hasNextPage }} }} }}"
        )
    };
    assert_told!("profiles_by_rule", house.ask(&names("rule: { text: \"age >= 18\" }")).await);
    assert_told!("profiles_by_prefix", house.ask(&names("search: \"c-\", first: 1")).await);
    assert_told!("profiles_by_wrong_rule", house.ask(&names("rule: { text: \"agee >= 18\" }")).await);
    assert_told!("profiles_by_both", house.ask(&names("search: \"c-\", rule: { text: \"age >= 18\" }")).await);
    })
    .await;
}

#[tokio::test]
async fn the_pages_of_a_history_follow_each_other() {
    House::on_both(async |house| {
        let house = house.with_attributes().await;
        // Someone else's changes lie between, so that numbers of the feed are no versions.
        for age in ["41", "42", "43"] {
            house.set("c-0", &[("age", age)]).await;
            house.set("c-1", &[("age", age)]).await;
        }
        let (mut versions, mut after) = (Vec::new(), String::new());
        for _ in 0..3 {
            let query = format!(
                "{{ profile(externalId: \"c-1\") {{
                 history(first: 1{after}) {{ nodes {{ version }} pageInfo {{ endCursor hasNextPage }} }} }} }}"
            );
            let data = house.ask(&query).await.data.into_json().unwrap();
            let page = &data["profile"]["history"];
            versions.push(page["nodes"][0]["version"].clone());
            assert_eq!(page["pageInfo"]["hasNextPage"], versions.len() < 3, "{page}");
            after = format!(", after: {}", page["pageInfo"]["endCursor"]);
        }
        assert_eq!(versions, ["3", "2", "1"]);

        let (mut met, mut after) = (Vec::new(), String::new());
        for _ in 0..3 {
            let query = format!(
                "{{ changes(first: 2{after}) {{ nodes {{ version profile {{ externalId }} }} pageInfo {{ endCursor }} }} }}"
            );
            let page = &house.must(&query).await["changes"];
            let told = |change: &Json| format!("{} {}", change["profile"]["externalId"], change["version"]);
            met.extend(page["nodes"].as_array().unwrap().iter().map(told));
            after = format!(", after: {}", page["pageInfo"]["endCursor"]);
        }
        let newest_first = [r#""c-1" "3""#, r#""c-0" "3""#, r#""c-1" "2""#, r#""c-0" "2""#, r#""c-1" "1""#, r#""c-0" "1""#];
        assert_eq!(met, newest_first);
    })
    .await;
}
