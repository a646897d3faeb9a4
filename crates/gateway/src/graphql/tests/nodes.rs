//! Global ids, wrong ids, and limits.

use super::house::House;

#[tokio::test]
async fn every_kind_of_node_is_found_by_its_id() {
    House::on_both(async |house| {
    let house = house.with_attributes().await;
    house.set("c-1", &[("age", "41")]).await;
    house
        .must("mutation { createSegment(input: { name: \"All\", rule: { text: \"age exists\" } }) { problems { message } } }")
        .await;
    house
        .must(
            "mutation { startImport(input: { name: \"c.csv\", content: \"age\\n1\\n\", externalIdPrefix: \"i-\" }) {
                 problems { message } } }",
        )
        .await;
    let data = house
        .must(
            "{ attribute(key: \"age\") { id } profile(externalId: \"c-1\") { id } segment(key: \"all\") { id }
                 imports { nodes { id } } viewer { user { id } workspace { id } } }",
        )
        .await;
    for (id, kind) in [
        (&data["attribute"]["id"], "Attribute"),
        (&data["profile"]["id"], "Profile"),
        (&data["segment"]["id"], "Segment"),
        (&data["imports"]["nodes"][0]["id"], "Import"),
        (&data["viewer"]["user"]["id"], "User"),
        (&data["viewer"]["workspace"]["id"], "Workspace"),
    ] {
        let found = house.must(&format!("{{ node(id: {id}) {{ __typename id }} }}")).await;
        assert_eq!(found["node"]["__typename"], kind);
        assert_eq!(&found["node"]["id"], id);
    }
    })
    .await;
}

#[tokio::test]
async fn an_unknown_id_is_null_and_a_wrong_kind_is_refused() {
    House::on_both(async |house| {
        let unknown = "01h455vb4pex5vsknk084sn02q";
        for prefix in ["attr", "imp", "prof", "seg", "user", "ws"] {
            let found = house.must(&format!("{{ node(id: \"{prefix}_{unknown}\") {{ id }} }}")).await;
            assert!(found["node"].is_null(), "{prefix}");
        }
        let wrong = house
            .ask(&format!(
                "{{ __typename segment(id: \"prof_{unknown}\") {{ id }} profile(id: \"{unknown}\") {{ id }}
                import(id: \"seg_{unknown}\") {{ id }} node(id: \"key_{unknown}\") {{ id }} }}"
            ))
            .await;
        assert_told!("wrong_ids", wrong);
        let edit = house
            .ask(&format!(
                "mutation {{ updateSegment(input: {{ id: \"attr_{unknown}\" }}) {{ problems {{ code path message }} }}
                         deleteSegment(input: {{ id: \"seg_{unknown}\" }}) {{ problems {{ code path message }} }} }}"
            ))
            .await;
        assert_told!("wrong_ids_in_mutations", edit);
    })
    .await;
}

#[tokio::test]
async fn a_page_of_101_is_refused_with_the_cure() {
    House::on_both(async |house| {
        assert_told!("page_too_large", house.ask("{ profiles(first: 101) { totalCount } }").await);
    })
    .await;
}
