//! Every mutation may be sent again.

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{BaseType, TypeKind};

use super::strangers::{fields_of, type_named};
use crate::graphql::sdl;

/// Repeating these is harmless.
const WITHOUT: [&str; 2] = ["signIn", "signOut"];

#[test]
fn every_mutation_takes_an_idempotency_key() {
    let document = parse_schema(sdl()).expect("the SDL parses");
    for field in fields_of(&document, "Mutation") {
        let name = field.name.node.as_str();
        let takes_one = field.arguments.iter().any(|argument| {
            let BaseType::Named(input) = &argument.node.ty.node.base else {
                return false;
            };
            match type_named(&document, input).map(|found| &found.kind) {
                Some(TypeKind::InputObject(input)) => {
                    input.fields.iter().any(|field| field.node.name.node == "idempotencyKey")
                }
                Some(_) | None => false,
            }
        });
        assert_eq!(takes_one, !WITHOUT.contains(&name), "{name}");
    }
}
