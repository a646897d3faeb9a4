//! The examples of docs/api.md, executed.

use async_graphql::resolver_utils::EnumType as _;
use serde_json::json;

use super::house::House;
use crate::graphql::problems::ProblemCode;

const DOCUMENTATION: &str = include_str!("../../../../../docs/api.md");

#[test]
fn every_kind_of_problem_is_listed() {
    for item in ProblemCode::items() {
        assert!(DOCUMENTATION.contains(&format!("| `{}` | ", item.name)), "docs/api.md lacks {}", item.name);
    }
}

#[test]
fn every_kind_of_node_is_listed() {
    let sdl = crate::graphql::sdl();
    let nodes: Vec<&str> =
        sdl.lines().filter_map(|line| line.strip_prefix("type ")?.strip_suffix(" implements Node {")).collect();
    assert!(nodes.contains(&"Attribute"), "{nodes:?}");
    for node in nodes {
        assert!(DOCUMENTATION.contains(&format!("_` | `{node}` |")), "docs/api.md lacks {node}");
    }
}

#[tokio::test]
async fn every_example_works() {
    House::on_both(async |house| {
        let house = house.with_attributes().await;
        house
            .must(
                "mutation { createAttribute(input: { key: \"marital\", type: TEXT, privacyClass: PERSONAL }) {
                 problems { message } } }",
            )
            .await;
        house
            .must(
                "mutation { createSegment(input: { name: \"All\", rule: { text: \"age missing\" } }) {
                 problems { message } } }",
            )
            .await;
        let id = house.id_of("segment(key: \"all\")").await;
        let variables = json!({ "id": id, "after": null, "text": "age >= 18" });
        let examples: Vec<&str> = DOCUMENTATION
            .split("```graphql\n")
            .skip(1)
            .map(|rest| rest.split("```").next().expect("a split has a first part"))
            .collect();
        assert_eq!(examples.len(), 5);
        for example in examples {
            let answer = house.ask_with(example, variables.clone()).await;
            let data = answer.data.into_json().unwrap().to_string();
            assert!(answer.errors.is_empty() && !data.contains("\"message\""), "{example}: {:?} {data}", answer.errors);
        }
    })
    .await;
}
