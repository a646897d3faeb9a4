//! What someone who has not signed in can do: nothing. The SDL is walked, so that a new field cannot
//! be forgotten.

use std::net::{IpAddr, Ipv4Addr};
use std::pin::pin;

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    BaseType, FieldDefinition, InputValueDefinition, ServiceDocument, Type, TypeDefinition, TypeKind,
    TypeSystemDefinition,
};
use async_graphql::{Request, Response};
use futures_util::StreamExt as _;

use crate::graphql::{Visit, builder, sdl, visited_by};

/// What a stranger may ask and do.
const OPEN: [&str; 2] = ["viewer", "signIn"];

/// Executes as nobody, over no engine at all: whoever gets past the sign-in would panic.
async fn as_nobody(query: &str) -> Response {
    let visit = Visit { cx: None, address: IpAddr::V4(Ipv4Addr::LOCALHOST) };
    let answers = builder().finish().execute_stream(visited_by(Request::new(query), visit));
    pin!(answers).next().await.expect("a stream that is refused says so")
}

#[tokio::test]
async fn every_field_but_the_sign_in_needs_a_sign_in() {
    let document = parse_schema(sdl()).expect("the SDL parses");
    let mut asked = 0;
    for (root, operation) in [("Query", "query"), ("Mutation", "mutation"), ("Subscription", "subscription")] {
        for field in fields_of(&document, root) {
            if OPEN.contains(&field.name.node.as_str()) {
                continue;
            }
            let query = format!("{operation} {{ {} }}", smallest(&document, field));
            let answer = as_nobody(&query).await;
            let codes: Vec<_> = answer.errors.iter().map(code_of).collect();
            assert_eq!(codes, ["UNAUTHENTICATED"], "{query}: {:?}", answer.errors);
            asked += 1;
        }
    }
    assert!(15 < asked, "only {asked} fields were asked for");
}

#[tokio::test]
async fn a_stranger_may_ask_for_the_viewer_and_is_none() {
    let answer = as_nobody("{ __typename viewer { user { id } } }").await;
    assert!(answer.errors.is_empty(), "{:?}", answer.errors);
    assert_eq!(answer.data.to_string(), r#"{__typename: "Query", viewer: null}"#);
}

#[tokio::test]
async fn pages_inside_pages_cost_too_much() {
    let answer = as_nobody("{ profiles(first: 100) { nodes { history(first: 100) { nodes { sequence } } } } }").await;
    assert_eq!(answer.errors.len(), 1, "{:?}", answer.errors);
    assert_eq!(code_of(&answer.errors[0]), "TOO_MANY");
    assert!(answer.errors[0].message.contains("costs 20201"), "{:?}", answer.errors);
}

/// What kind of error it is.
pub(super) fn code_of(error: &async_graphql::ServerError) -> String {
    let code = error.extensions.as_ref().and_then(|extensions| extensions.get("code"));
    code.map_or_else(String::new, |code| code.to_string().trim_matches('"').to_owned())
}

pub(super) fn type_named<'d>(document: &'d ServiceDocument, name: &str) -> Option<&'d TypeDefinition> {
    document.definitions.iter().find_map(|definition| match definition {
        TypeSystemDefinition::Type(found) if found.node.name.node == name => Some(&found.node),
        TypeSystemDefinition::Type(_) | TypeSystemDefinition::Schema(_) | TypeSystemDefinition::Directive(_) => None,
    })
}

/// The fields of an object type.
pub(super) fn fields_of<'d>(document: &'d ServiceDocument, name: &str) -> Vec<&'d FieldDefinition> {
    match &type_named(document, name).expect("the type exists").kind {
        TypeKind::Object(object) => object.fields.iter().map(|field| &field.node).collect(),
        other => panic!("{name} is no object but {other:?}"),
    }
}

/// The field with its required arguments, and of its answer the name of the type.
fn smallest(document: &ServiceDocument, field: &FieldDefinition) -> String {
    let arguments = required(document, field.arguments.iter().map(|argument| &argument.node));
    let arguments = if arguments.is_empty() { arguments } else { format!("({arguments})") };
    format!("{}{arguments} {{ __typename }}", field.name.node)
}

fn required<'d>(document: &ServiceDocument, inputs: impl Iterator<Item = &'d InputValueDefinition>) -> String {
    let wanted = inputs.filter(|input| !input.ty.node.nullable);
    let written = wanted.map(|input| format!("{}: {}", input.name.node, example(document, &input.ty.node)));
    written.collect::<Vec<_>>().join(", ")
}

/// Some value of a type. Ids are wrong on purpose: strangers do not even learn that.
fn example(document: &ServiceDocument, wanted: &Type) -> String {
    let name = match &wanted.base {
        BaseType::List(_) => return "[]".to_owned(),
        BaseType::Named(name) => name,
    };
    match type_named(document, name).map(|found| &found.kind) {
        Some(TypeKind::Enum(choices)) => choices.values[0].node.value.node.to_string(),
        Some(TypeKind::InputObject(input)) if name == "RuleInput" => {
            let first = &input.fields[1].node;
            format!("{{ {}: \"\" }}", first.name.node)
        }
        Some(TypeKind::InputObject(input)) => {
            format!("{{ {} }}", required(document, input.fields.iter().map(|field| &field.node)))
        }
        Some(_) | None => "\"x\"".to_owned(),
    }
}
