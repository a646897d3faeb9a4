//! The GraphQL endpoint under clients that are strict, and under those that are hostile.

use std::process::Command;

use attrium_tests::{Client, Database, Server, ServerOptions, on_both, root};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn the_audits_of_graphql_over_http_pass_without_credentials() {
    let database = Database::sqlite();
    let options = ServerOptions { is_production: true, ..ServerOptions::default() };
    let server = Server::start_with(&database, options).await;
    let audit = Command::new("node")
        .arg(root().join("tests/judges/graphql_http.mjs"))
        .arg(format!("{}/graphql", server.url()))
        .current_dir(root().join("dashboard"))
        .output()
        .expect("node is there");
    let said = String::from_utf8_lossy(&audit.stdout);
    assert!(audit.status.success(), "{said}{}", String::from_utf8_lossy(&audit.stderr));
    assert!(said.contains("61 of 61"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_document_ends_the_process() {
    let database = Database::sqlite();
    let mut server = Server::start(&database).await;
    let client = Client::nobody(server.url());
    let before = server.process_id();
    let nested = format!("{{a(x:{}1{})}}", "[".repeat(1600), "]".repeat(1600));
    let fields = format!("{}{}", "{a".repeat(1500), "}".repeat(1500));
    let fragment = |level: usize| {
        let spreads = format!("...F{} ", level + 1).repeat(10);
        format!("fragment F{level} on Query{{{spreads}}}")
    };
    let fragments: String = (0..28).map(fragment).collect();
    let fragments = format!("query{{...F0}}{fragments}fragment F28 on Query{{__typename}}");
    for document in [nested, fields, fragments] {
        let (status, body) = client.send(&document, json!({})).await;
        assert!(status.is_client_error(), "{status} {body}");
        assert!(body["errors"][0]["message"].is_string(), "{body}");
    }
    assert!(server.is_running() && server.process_id() == before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_learns_nothing() {
    let database = Database::sqlite();
    let options = ServerOptions { is_production: true, ..ServerOptions::default() };
    let server = Server::start_with(&database, options).await;
    let nobody = Client::nobody(server.url());
    let (_, body) = nobody.send("{ profiles { totalCount } }", json!({})).await;
    assert_eq!(body["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "{body}");
    let (_, body) = nobody.send("{ __schema { types { name } } }", json!({})).await;
    assert!(body["data"]["__schema"].is_null(), "introspection is off in production for strangers: {body}");
    let (_, body) = nobody.send("{ profile { id } }", json!({})).await;
    assert!(!body.to_string().contains("Did you mean"), "{body}");
    let (_, body) = Client::with_key(server.url(), "wrong").send("{ profiles { totalCount } }", json!({})).await;
    assert_eq!(body["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "{body}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_usual_clients_listen_over_sockets_and_event_streams() {
    on_both(async |database| {
        let server = Server::start_with(&database, ServerOptions::default()).await;
        let key = server.key();
        let judge = Command::new("node")
            .arg(root().join("tests/judges/graphql_live.mjs"))
            .args([server.url(), &key])
            .current_dir(root().join("dashboard"))
            .output()
            .expect("node is there");
        let said = String::from_utf8_lossy(&judge.stdout);
        assert!(judge.status.success(), "{said}{}", String::from_utf8_lossy(&judge.stderr));
        assert!(said.contains("3 clients passed"), "{said}");
    })
    .await;
}
