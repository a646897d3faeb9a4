//! Imports: a file is read in the background, and what it brings says where it came from.

use serde_json::json;

use super::house::House;

const START: &str = "mutation($input: StartImportInput!) { startImport(input: $input) {
    import { name state rowsTotal rowsDone } problems { code path message } } }";

#[tokio::test]
async fn a_file_becomes_attributes_and_profiles() {
    House::on_both(async |house| {
        let content = "id;age;job\nc-1;41;admin\nc-2;unknown;nurse\n;30;nobody\n";
        let input = json!({ "name": "bank.csv", "content": content, "externalIdColumn": "id", "missing": ["unknown"] });
        let started = house.ask_with(START, json!({ "input": input })).await;
        assert!(started.errors.is_empty(), "{:?}", started.errors);
        house.engine.settle().await.unwrap();
        let answer = house
            .ask(
                "{ imports { totalCount nodes { name state rowsTotal rowsDone rowsRejected failure finishedAt
                 createdAttributes { key type label } rejects { nodes { line column reason } } } }
               profile(externalId: \"c-2\") { attributes { key text source } history { nodes { source actor } } } }",
            )
            .await;
        assert_told!("import_story", answer);
    })
    .await;
}

#[tokio::test]
async fn an_import_says_how_rows_find_their_profile_in_one_way() {
    House::on_both(async |house| {
        let input =
            json!({ "name": "bank.csv", "content": "a\n1\n", "externalIdColumn": "a", "externalIdPrefix": "b-" });
        assert_told!("import_two_ways", house.ask_with(START, json!({ "input": input })).await);
        let input = json!({ "name": "bank.pdf", "content": "a\n1\n", "externalIdPrefix": "b-" });
        assert_told!("import_unknown_format", house.ask_with(START, json!({ "input": input })).await);
    })
    .await;
}
