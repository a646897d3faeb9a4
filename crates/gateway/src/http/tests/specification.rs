//! GraphQL over HTTP: which request gets which status, media type and body. The cases are those of the
//! server audits of the npm package graphql-http (MIT, GraphQL Contributors), said as a table.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};

use super::house::{Answer, House};
use crate::config::Profile;

const GRAPHQL: &str = "application/graphql-response+json";
const JSON: &str = "application/json";
const QUERY: &str = r#"{"query":"{ __typename }"}"#;

/// Sends a body with a content type and an accept header; empty means that the header is not sent.
async fn post(house: &House, (content_type, accept): (&str, &str), body: &str) -> Answer {
    let mut request = Request::builder().method("POST").uri("/graphql");
    for (name, value) in [(header::CONTENT_TYPE, content_type), (header::ACCEPT, accept)] {
        if !value.is_empty() {
            request = request.header(name, value);
        }
    }
    house.send(request.body(Body::from(body.to_owned())).unwrap()).await
}

/// What is expected of an answer: its status, its media type, and whether it has `data` and `errors`.
fn check(answer: &Answer, (status, media): (u16, &str), has: &str) {
    let told = &answer.body;
    assert_eq!(answer.status.as_u16(), status, "{told}");
    assert_eq!(answer.header("content-type"), format!("{media}; charset=utf-8"), "{told}");
    let body = answer.json();
    assert_eq!(body.get("data").is_some(), has.contains("data"), "{told}");
    assert_eq!(body.get("errors").is_some(), has.contains("errors"), "{told}");
}

#[tokio::test]
async fn the_answer_has_the_form_that_was_asked_for() {
    let house = House::open(Profile::Production).await;
    for (accept, media) in [("", JSON), ("*/*", JSON), (JSON, JSON), (GRAPHQL, GRAPHQL)] {
        check(&post(&house, (JSON, accept), QUERY).await, (200, media), "data");
        check(&post(&house, ("application/json; charset=utf-8", accept), QUERY).await, (200, media), "data");
    }
    check(&post(&house, (JSON, "text/html"), QUERY).await, (406, JSON), "errors");
}

#[tokio::test]
async fn well_formed_parameters_are_taken() {
    let house = House::open(Profile::Production).await;
    let bodies = [
        r#"{"query":"query Query { __typename }","operationName":"Query"}"#,
        r#"{"query":"{ __typename }","variables":null}"#,
        r#"{"query":"{ __typename }","operationName":null}"#,
        r#"{"query":"{ __typename }","extensions":null}"#,
        r#"{"query":"{ __typename }","extensions":{"some":"value"}}"#,
        r#"{"query":"query Type($name: String!) { __type(name: $name) { name } }","variables":{"name":"sometype"}}"#,
        r#"{"query":"{ __type(name: \"Run🏃Swim🏊\") { name } }"}"#,
    ];
    for media in [JSON, GRAPHQL] {
        for body in bodies {
            check(&post(&house, (JSON, media), body).await, (200, media), "data");
        }
    }
}

#[tokio::test]
async fn malformed_parameters_are_refused() {
    let house = House::open(Profile::Production).await;
    let mut bodies = vec![String::new(), "{ \"not a JSON".to_owned(), "[]".to_owned(), format!("[{QUERY}]")];
    bodies.push(r#"{"qeury":"{ __typename }"}"#.to_owned());
    for wrong in [r#"{"obj":"ect"}"#, "0", "false", r#"["array"]"#] {
        bodies.push(format!("{{\"query\":{wrong}}}"));
        bodies.push(format!("{{\"query\":\"{{ __typename }}\",\"operationName\":{wrong}}}"));
    }
    for wrong in [r#""string""#, "0", "false", r#"["array"]"#] {
        bodies.push(format!("{{\"query\":\"{{ __typename }}\",\"variables\":{wrong}}}"));
        bodies.push(format!("{{\"query\":\"{{ __typename }}\",\"extensions\":{wrong}}}"));
    }
    for media in [JSON, GRAPHQL] {
        for body in &bodies {
            check(&post(&house, (JSON, media), body).await, (400, media), "errors");
        }
    }
}

#[tokio::test]
async fn a_document_that_cannot_be_executed_has_no_data() {
    let house = House::open(Profile::Production).await;
    for body in [
        r#"{"query":"{"}"#,
        r#"{"query":"{ 8f31403dfe404bccbb0e835f2629c6a7 }"}"#,
        r#"{"query":"{ unknown }"}"#,
        r#"{"query":"query CoerceFailure($id: ID!){ __typename }","variables":{"id":null}}"#,
        r#"{"query":"query A { __typename } query B { __typename }","operationName":"C"}"#,
    ] {
        check(&post(&house, (JSON, JSON), body).await, (200, JSON), "errors");
        check(&post(&house, (JSON, GRAPHQL), body).await, (400, GRAPHQL), "errors");
    }
}

#[tokio::test]
async fn a_syntax_error_tells_its_place_and_repeats_nothing() {
    let house = House::open(Profile::Production).await;
    let body = r#"{"query":"mutation {\n  signIn(input: { password: \"hunter2\" ] }"}"#;
    let answer = post(&house, (JSON, JSON), body).await;
    assert!(!answer.body.contains("hunter2"), "{}", answer.body);
    assert_eq!(answer.json()["errors"][0]["locations"][0]["line"], 2);
}

#[tokio::test]
async fn other_content_types_are_refused() {
    let house = House::open(Profile::Production).await;
    for content_type in ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"] {
        check(&post(&house, (content_type, JSON), QUERY).await, (415, JSON), "errors");
    }
}

#[tokio::test]
async fn queries_may_be_sent_by_get_and_mutations_may_not() {
    let house = House::open(Profile::Production).await;
    for media in [JSON, GRAPHQL] {
        let get = async |pairs: &str| {
            let request = Request::builder().uri(format!("/graphql?{pairs}")).header(header::ACCEPT, media);
            house.send(request.body(Body::empty()).unwrap()).await
        };
        check(&get("query=%7B%20__typename%20%7D").await, (200, media), "data");
        let typed = "query=query%20T(%24name%3A%20String!)%7B__type(name%3A%24name)%7Bname%7D%7D";
        check(&get(&format!("{typed}&variables=%7B%22name%22%3A%22x%22%7D")).await, (200, media), "data");
        check(&get(&format!("{typed}&variables=0")).await, (400, media), "errors");
        check(&get("").await, (400, media), "errors");
        let mutation = get("query=mutation%20%7B%20__typename%20%7D").await;
        check(&mutation, (405, media), "errors");
        assert_eq!(mutation.header("allow"), "POST");
    }
    let put = Request::builder().method("PUT").uri("/graphql").body(Body::empty()).unwrap();
    assert_eq!(house.send(put).await.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn visitors_may_ask_what_the_api_offers_in_development_only() {
    let schema = r#"{"query":"{ __schema { queryType { name } } }"}"#;
    let house = House::open(Profile::Production).await;
    assert_eq!(post(&house, (JSON, JSON), schema).await.json()["data"]["__schema"], serde_json::Value::Null);
    let house = House::open(Profile::Development).await;
    let answer = post(&house, (JSON, JSON), schema).await.json();
    assert_eq!(answer["data"]["__schema"]["queryType"]["name"], "Query");
}
