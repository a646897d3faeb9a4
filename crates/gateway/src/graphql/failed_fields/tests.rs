//! Where null stands when a field fails.

use async_graphql::{EmptyMutation, EmptySubscription, Object, Schema};
use serde_json::{Value as Json, json};

use super::FailedFields;
use crate::graphql::error::{ApiError, ApiResult};

struct Thing;

fn failure<T>() -> ApiResult<T> {
    Err(ApiError::invalid("no"))
}

#[Object]
impl Thing {
    async fn name(&self) -> &'static str {
        "thing"
    }

    async fn maybe_fails(&self) -> ApiResult<Option<i32>> {
        failure()
    }

    async fn fails(&self) -> ApiResult<i32> {
        failure()
    }

    async fn must(&self) -> Thing {
        Thing
    }

    async fn may(&self) -> Option<Thing> {
        Some(Thing)
    }

    async fn many(&self) -> Vec<Thing> {
        vec![Thing, Thing]
    }

    async fn many_or_none(&self) -> Option<Vec<Thing>> {
        Some(vec![Thing, Thing])
    }
}

async fn check(query: &str, expected: Json, errors: usize) {
    let schema = Schema::build(Thing, EmptyMutation, EmptySubscription).extension(FailedFields).finish();
    let answer = schema.execute(query).await;
    assert_eq!(answer.data.into_json().unwrap(), expected, "{query}");
    assert_eq!(answer.errors.len(), errors, "{query}: {:?}", answer.errors);
    assert!(answer.errors.iter().all(|error| !error.path.is_empty()), "{query}: {:?}", answer.errors);
}

#[tokio::test]
async fn a_failed_field_that_may_be_null_is_null() {
    check("{ name maybeFails }", json!({ "name": "thing", "maybeFails": null }), 1).await;
    check("{ must { x: maybeFails name } }", json!({ "must": { "x": null, "name": "thing" } }), 1).await;
}

#[tokio::test]
async fn one_that_may_not_be_takes_its_parents_along() {
    check("{ name fails }", Json::Null, 1).await;
    check("{ name must { must { name fails } } }", Json::Null, 1).await;
    check("{ name may { must { fails } } }", json!({ "name": "thing", "may": null }), 1).await;
    check("{ a: may { name } b: may { fails } }", json!({ "a": { "name": "thing" }, "b": null }), 1).await;
}

#[tokio::test]
async fn a_list_is_as_null_as_its_items_must_be() {
    check("{ name many { fails } }", Json::Null, 2).await;
    check("{ name manyOrNone { fails } }", json!({ "name": "thing", "manyOrNone": null }), 2).await;
    check("{ many { maybeFails } }", json!({ "many": [{ "maybeFails": null }, { "maybeFails": null }] }), 2).await;
}

#[tokio::test]
async fn what_goes_well_is_left_alone() {
    check("{ may { many { name } } }", json!({ "may": { "many": [{ "name": "thing" }, { "name": "thing" }] } }), 0)
        .await;
}
