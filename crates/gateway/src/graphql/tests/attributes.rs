//! Attribute definitions, listed, declared and edited.

use super::house::House;

#[tokio::test]
async fn attributes_are_listed_by_key_and_paged() {
    House::on_both(async |house| {
    let house = house.with_attributes().await;
    let first = house
        .ask(
            "{ attributes(first: 2) { totalCount nodes { key label type isList privacyClass revision createdAt }
               pageInfo { hasNextPage hasPreviousPage endCursor } } }",
        )
        .await;
    assert_told!("attributes_first_page", first);

    let cursor = first.data.into_json().unwrap()["attributes"]["pageInfo"]["endCursor"].clone();
    let second = house
        .ask_with(
            "query($after: String) { attributes(after: $after) { nodes { key } pageInfo { hasNextPage hasPreviousPage } } }",
            serde_json::json!({ "after": cursor }),
        )
        .await;
    assert_told!("attributes_second_page", second);
    })
    .await;
}

#[tokio::test]
async fn an_edit_of_an_old_revision_is_a_conflict() {
    House::on_both(async |house| {
        let house = house.with_attributes().await;
        let id = house.id_of("attribute(key: \"COUNTRY\")").await;
        let edit = |label: &str| {
            format!(
                "mutation {{ updateAttribute(input: {{ id: \"{id}\", expectedRevision: 1, label: \"{label}\",
                 format: {{ kind: COUNTRY }} }}) {{
               attribute {{ key label revision format {{ kind options isOpen }} }}
               problems {{ code path message }} }} }}"
            )
        };
        assert_told!("attribute_edited", house.ask(&edit("Country of residence")).await);
        assert_told!("attribute_conflict", house.ask(&edit("Land")).await);
    })
    .await;
}

#[tokio::test]
async fn every_problem_of_a_draft_is_listed() {
    House::on_both(async |house| {
        let house = house.with_attributes().await;
        let create = |input: &str| {
            format!(
                "mutation {{ createAttribute(input: {{ {input} privacyClass: PUBLIC }}) {{
                     attribute {{ key }} problems {{ code path message }} }} }}"
            )
        };
        for (name, input) in [
            ("attribute_taken", "key: \"Country\" type: TEXT"),
            ("attribute_bad_key", "key: \"2nd\" type: TEXT"),
            ("attribute_bad_format", "key: \"size\" type: INTEGER format: { kind: EMAIL }"),
            ("attribute_stray_options", "key: \"mail\" type: TEXT format: { kind: EMAIL options: [\"a\"] }"),
        ] {
            assert_told!(name, house.ask(&create(input)).await);
        }
    })
    .await;
}

#[tokio::test]
async fn an_attribute_knows_who_holds_it_and_who_reads_it() {
    House::on_both(async |house| {
        let house = house.with_attributes().await;
        house.set("a-1", &[("country", "\"TR\"")]).await;
        house.set("a-2", &[("country", "\"TR\"")]).await;
        house.set("a-3", &[("country", "\"DE\"")]).await;
        house
            .must(
                "mutation { createSegment(input: { name: \"Turks\", rule: { text: \"country = \\\"TR\\\"\" } }) {
                 problems { message } } }",
            )
            .await;
        let answer = house
            .ask("{ attributes { nodes { key filledCount topValues(first: 1) { value text count } usedBy { nodes { key } } } } }")
            .await;
        assert_told!("attribute_facts", answer);
    })
    .await;
}
