//! Who may do what: every mutation and every query, put to each role and to keys with and without the scope.

use async_graphql::Response;
use async_graphql::parser::parse_schema;
use attrium_engine::{Right, Rights};
use serde_json::{Value as Json, json};

use super::house::House;
use super::strangers::{code_of, fields_of};
use crate::graphql::sdl;

/// A field, the right it takes, the roles that have the right, and how it is asked for.
type Guarded = (&'static str, Right, &'static [&'static str], &'static str);

const ROLES: [&str; 5] = ["analyst", "marketer", "developer", "admin", "owner"];

/// Each mutation that takes a right. What they name does not exist, or is new.
const MUTATIONS: [Guarded; 19] = [
    (
        "createAttribute",
        Right::EditAttributes,
        &["developer", "admin", "owner"],
        r#"createAttribute(input: { key: "size", type: TEXT, privacyClass: PUBLIC }) { problems { code } }"#,
    ),
    (
        "updateAttribute",
        Right::EditAttributes,
        &["developer", "admin", "owner"],
        r#"updateAttribute(input: { id: "attr_01h455vb4pex5vsknk084sn02q" }) { problems { code } }"#,
    ),
    (
        "setProfileAttributes",
        Right::EditProfiles,
        &["marketer", "developer", "admin", "owner"],
        r#"setProfileAttributes(input: { externalId: "c-1", attributes: [{ key: "age", value: 1 }] }) { problems { code } }"#,
    ),
    (
        "createSegment",
        Right::EditSegments,
        &["marketer", "admin", "owner"],
        r#"createSegment(input: { name: "All", rule: { text: "age exists" } }) { problems { code } }"#,
    ),
    (
        "updateSegment",
        Right::EditSegments,
        &["marketer", "admin", "owner"],
        r#"updateSegment(input: { id: "seg_01h455vb4pex5vsknk084sn02q" }) { problems { code } }"#,
    ),
    (
        "deleteSegment",
        Right::EditSegments,
        &["marketer", "admin", "owner"],
        r#"deleteSegment(input: { id: "seg_01h455vb4pex5vsknk084sn02q" }) { problems { code } }"#,
    ),
    (
        "createTemplate",
        Right::EditTemplates,
        &["marketer", "admin", "owner"],
        r#"createTemplate(input: { name: "Hello", context: TEXT, body: "Hi" }) { problems { code } }"#,
    ),
    (
        "updateTemplate",
        Right::EditTemplates,
        &["marketer", "admin", "owner"],
        r#"updateTemplate(input: { id: "tmpl_01h455vb4pex5vsknk084sn02q" }) { problems { code } }"#,
    ),
    (
        "deleteTemplate",
        Right::EditTemplates,
        &["marketer", "admin", "owner"],
        r#"deleteTemplate(input: { id: "tmpl_01h455vb4pex5vsknk084sn02q" }) { problems { code } }"#,
    ),
    (
        "createWebhookEndpoint",
        Right::ManageEndpoints,
        &["developer", "admin", "owner"],
        r#"createWebhookEndpoint(input: { name: "CRM", url: "https://crm.example.com/", events: [PROFILE_CREATED] }) { problems { code } }"#,
    ),
    (
        "updateWebhookEndpoint",
        Right::ManageEndpoints,
        &["developer", "admin", "owner"],
        r#"updateWebhookEndpoint(input: { id: "ep_01h455vb4pex5vsknk084sn02q" }) { problems { code } }"#,
    ),
    (
        "deleteWebhookEndpoint",
        Right::ManageEndpoints,
        &["developer", "admin", "owner"],
        r#"deleteWebhookEndpoint(input: { id: "ep_01h455vb4pex5vsknk084sn02q" }) { problems { code } }"#,
    ),
    (
        "pauseWebhookEndpoint",
        Right::ManageEndpoints,
        &["developer", "admin", "owner"],
        r#"pauseWebhookEndpoint(input: { id: "ep_01h455vb4pex5vsknk084sn02q" }) { problems { code } }"#,
    ),
    (
        "resumeWebhookEndpoint",
        Right::ManageEndpoints,
        &["developer", "admin", "owner"],
        r#"resumeWebhookEndpoint(input: { id: "ep_01h455vb4pex5vsknk084sn02q" }) { problems { code } }"#,
    ),
    (
        "rotateWebhookSecret",
        Right::ManageEndpoints,
        &["developer", "admin", "owner"],
        r#"rotateWebhookSecret(input: { id: "ep_01h455vb4pex5vsknk084sn02q" }) { problems { code } }"#,
    ),
    (
        "sendTestEvent",
        Right::ManageEndpoints,
        &["developer", "admin", "owner"],
        r#"sendTestEvent(input: { id: "ep_01h455vb4pex5vsknk084sn02q" }) { problems { code } }"#,
    ),
    (
        "resendDelivery",
        Right::ManageEndpoints,
        &["developer", "admin", "owner"],
        r#"resendDelivery(input: { id: "dlv_01h455vb4pex5vsknk084sn02q" }) { problems { code } }"#,
    ),
    (
        "replayDeliveries",
        Right::ManageEndpoints,
        &["developer", "admin", "owner"],
        r#"replayDeliveries(input: { endpointId: "ep_01h455vb4pex5vsknk084sn02q" }) { problems { code } }"#,
    ),
    (
        "startImport",
        Right::Import,
        &["marketer", "developer", "admin", "owner"],
        r#"startImport(input: { name: "c.csv", content: "age\n1\n", externalIdPrefix: "c-" }) { problems { code } }"#,
    ),
];

/// Mutations about the visitor's own session.
const OWN: [&str; 2] = ["signIn", "signOut"];

/// Each query that takes a right. Every role may read everything.
const QUERIES: [Guarded; 16] = [
    ("attribute", Right::ReadAttributes, &ROLES, r#"attribute(key: "age") { key }"#),
    ("attributes", Right::ReadAttributes, &ROLES, "attributes { totalCount }"),
    ("profile", Right::ReadProfiles, &ROLES, r#"profile(externalId: "c-1") { id }"#),
    ("profiles", Right::ReadProfiles, &ROLES, "profiles { totalCount }"),
    ("changes", Right::ReadProfiles, &ROLES, "changes { nodes { sequence } }"),
    ("segment", Right::ReadSegments, &ROLES, r#"segment(key: "all") { id }"#),
    ("segments", Right::ReadSegments, &ROLES, "segments { totalCount }"),
    ("ruleAnalysis", Right::ReadSegments, &ROLES, r#"ruleAnalysis(input: { text: "age exists" }) { count }"#),
    ("template", Right::ReadTemplates, &ROLES, r#"template(key: "hello") { id }"#),
    ("templates", Right::ReadTemplates, &ROLES, "templates { totalCount }"),
    (
        "templateAnalysis",
        Right::ReadTemplates,
        &ROLES,
        r#"templateAnalysis(input: { body: "Hi", context: TEXT }) { isValid }"#,
    ),
    ("webhookEndpoint", Right::ReadEndpoints, &ROLES, r#"webhookEndpoint(id: "ep_01h455vb4pex5vsknk084sn02q") { id }"#),
    ("webhookEndpoints", Right::ReadEndpoints, &ROLES, "webhookEndpoints { totalCount }"),
    ("delivery", Right::ReadEndpoints, &ROLES, r#"delivery(id: "dlv_01h455vb4pex5vsknk084sn02q") { id }"#),
    ("import", Right::ReadImports, &ROLES, r#"import(id: "imp_01h455vb4pex5vsknk084sn02q") { id }"#),
    ("imports", Right::ReadImports, &ROLES, "imports { totalCount }"),
];

/// Queries that answer each visitor what is theirs; `node` asks by the right of what it finds, and `search` leaves out
/// what the visitor may not see.
const ANYONES: [&str; 3] = ["viewer", "node", "search"];

/// Whether it was done; a refusal must be DENIED, name the right, and answer nothing.
fn was_allowed(asked: &str, right: Right, answer: &Response) -> bool {
    let Some(error) = answer.errors.first() else {
        return true;
    };
    assert_eq!((answer.errors.len(), code_of(error).as_str()), (1, "DENIED"), "{asked}: {:?}", answer.errors);
    assert!(error.message.contains(&format!("`{right}`")), "{asked}: {}", error.message);
    let data = answer.data.clone().into_json().unwrap();
    assert!(is_silent(&data), "{asked} answers {data}");
    false
}

/// Whether an answer holds no value at all.
fn is_silent(answer: &Json) -> bool {
    match answer {
        Json::Null => true,
        Json::Array(items) => items.iter().all(is_silent),
        Json::Object(fields) => fields.values().all(is_silent),
        Json::Bool(_) | Json::Number(_) | Json::String(_) => false,
    }
}

#[test]
fn the_tables_name_every_field() {
    let document = parse_schema(sdl()).expect("the SDL parses");
    for (root, guarded, open) in [("Mutation", &MUTATIONS[..], &OWN[..]), ("Query", &QUERIES[..], &ANYONES[..])] {
        for field in fields_of(&document, root) {
            let name = field.name.node.as_str();
            let is_named = guarded.iter().any(|(guarded, ..)| *guarded == name) || open.contains(&name);
            assert!(is_named, "{root}.{name} is in no table");
        }
    }
}

#[tokio::test]
async fn a_role_does_what_it_may_and_nothing_else() {
    House::on_both(async |house| {
        let house = house.with_attributes().await;
        for role in ROLES {
            let cx = if role == "owner" { house.owner.clone() } else { house.someone(role).await };
            for (root, table) in [("mutation", &MUTATIONS[..]), ("query", &QUERIES[..])] {
                for (_, right, roles, asked) in table {
                    let answer = house.ask_as(&cx, &format!("{root} {{ {asked} }}")).await;
                    assert_eq!(was_allowed(asked, *right, &answer), roles.contains(&role), "{role}: {asked}");
                }
            }
            if role == "analyst" {
                let left = "{ attributes { totalCount } profiles { totalCount } segments { totalCount } imports { totalCount } }";
                let none = json!({ "totalCount": 0 });
                let untouched = json!({ "attributes": { "totalCount": 3 }, "profiles": none, "segments": none, "imports": none });
                assert_eq!(house.must(left).await, untouched);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_key_does_what_its_scopes_say_and_nothing_else() {
    House::on_both(async |house| {
        let house = house.with_attributes().await;
        for (root, table) in [("query", &QUERIES[..]), ("mutation", &MUTATIONS[..])] {
            for (_, right, _, asked) in table {
                let all_but = house.program(Rights::all().without(*right).iter().collect()).await;
                // What sends profiles away takes the right to read them too.
                let sends =
                    ["createWebhookEndpoint", "updateWebhookEndpoint"].iter().any(|name| asked.starts_with(name));
                let also = sends.then_some(Right::ReadProfiles);
                let only = house.program(also.into_iter().chain([*right]).collect()).await;
                let query = format!("{root} {{ {asked} }}");
                assert!(!was_allowed(asked, *right, &house.ask_as(&all_but, &query).await), "without {right}: {asked}");
                assert!(was_allowed(asked, *right, &house.ask_as(&only, &query).await), "with {right} alone: {asked}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn what_hangs_below_an_object_takes_its_own_right() {
    House::on_both(async |house| {
        let house = house.with_attributes().await;
        house.set("c-1", &[("age", "41")]).await;
        house.must(&format!("mutation {{ {} }}", MUTATIONS[3].3)).await;
        for (scopes, right, asked) in [
            (
                vec![Right::ReadProfiles],
                Right::ReadSegments,
                r#"profile(externalId: "c-1") { memberships { nodes { enteredAt } } }"#,
            ),
            (
                vec![Right::ReadProfiles],
                Right::ReadSegments,
                r#"profile(externalId: "c-1") { transitions { nodes { at } } }"#,
            ),
            (
                vec![Right::ReadProfiles],
                Right::ReadAttributes,
                r#"profile(externalId: "c-1") { attributes { definition { label } } }"#,
            ),
            (
                vec![Right::ReadSegments],
                Right::ReadProfiles,
                r#"segment(key: "all") { members { nodes { enteredAt } } }"#,
            ),
            (vec![Right::ReadSegments], Right::ReadProfiles, r#"segment(key: "all") { transitions { nodes { at } } }"#),
            (vec![Right::ReadAttributes], Right::ReadSegments, r#"attribute(key: "age") { usedBy { nodes { key } } }"#),
            (
                vec![Right::ReadSegments],
                Right::ReadProfiles,
                r#"profiles(rule: { text: "age exists" }) { totalCount }"#,
            ),
        ] {
            let program = house.program(scopes).await;
            let answer = house.ask_as(&program, &format!("{{ {asked} }}")).await;
            assert!(!was_allowed(asked, right, &answer), "{asked}");
        }
    })
    .await;
}
