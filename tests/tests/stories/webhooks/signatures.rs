//! What the official libraries of Standard Webhooks say to live deliveries.

use std::io::Write as _;
use std::process::{Command, Stdio};

use attrium_integrations::testing::{Reply, Sink};
use attrium_tests::{OPEN_TO_THIS_MACHINE, Server, ServerOptions, judges_python, on_both, register, root};

use super::*;

const ROTATE: &str = "mutation($input: RotateWebhookSecretInput!) { rotateWebhookSecret(input: $input) { secret problems { message } } }";
const MINUTE_MICROS: i64 = 60_000_000;

/// A request, and whether a library that knows this secret must believe it.
fn case(name: &str, request: &Received, (secret, is_believed): (&str, bool)) -> Value {
    let headers: serde_json::Map<String, Value> =
        request.headers.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
    let body = String::from_utf8(request.body.clone()).expect("a body is text");
    json!({ "name": name, "secret": secret, "headers": headers, "body": body, "isBelieved": is_believed })
}

/// Asks a judge, who must find each case as it says.
fn ask(mut judge: Command, cases: &[Value]) {
    judge.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let missing = "`cargo xtask test` installs what is missing";
    let mut asked = judge.spawn().unwrap_or_else(|error| panic!("{judge:?}: {error}; {missing}"));
    let text = Value::from(cases).to_string();
    asked.stdin.take().expect("it was piped").write_all(text.as_bytes()).expect("the judge reads");
    let said = asked.wait_with_output().expect("the judge ends");
    let (out, error) = (String::from_utf8_lossy(&said.stdout), String::from_utf8_lossy(&said.stderr));
    assert!(said.status.success(), "{out}{error}{missing}");
    assert_eq!(out.trim(), format!("{} requests judged", cases.len()));
}

/// The judges go by the system's time and allow five minutes, so the hour of the rotation begins in the past.
#[tokio::test(flavor = "multi_thread")]
async fn the_official_libraries_believe_live_deliveries_during_a_rotation_too() {
    on_both(async |database| {
        let options =
            ServerOptions { has_test_clock: true, environment: &OPEN_TO_THIS_MACHINE, ..ServerOptions::default() };
        let server = Server::start_with(&database, options).await;
        let client = server.client();
        with_points(&client).await;
        let (sink, other) = (Sink::start(|_| Reply::status(200)).await, Sink::start(|_| Reply::status(200)).await);
        let now = server.now().await;
        let minutes_ago = |minutes: i64| now.saturating_add_micros(-minutes * MINUTE_MICROS).to_string();

        server.set_clock(&minutes_ago(62)).await;
        let endpoint = register(&client, &sink.url("/hooks"), json!({ "attributes": ["points"] })).await;
        let unrelated = register(&client, &other.url("/hooks"), json!({})).await;
        let rotated = client.ask(ROTATE, json!({ "input": { "id": endpoint.id, "overlapHours": 1 } })).await;
        let (old, new) =
            (endpoint.secret, rotated["rotateWebhookSecret"]["secret"].as_str().expect("a secret").to_owned());

        server.set_clock(&minutes_ago(3)).await;
        set_points(&client, "crm-1 ş 😀", 1).await;
        server.settle().await;
        server.set_clock(&minutes_ago(1)).await;
        set_points(&client, "crm-1 ş 😀", 2).await;
        server.settle().await;

        let (received, others) = (sink.received(), other.received());
        let [during, after] = &received[..] else { panic!("{received:?}") };
        let mut altered = after.clone();
        altered.body.push(b' ');
        let cases = [
            case("the old secret, during", during, (&old, true)),
            case("the new secret, during", during, (&new, true)),
            case("the old secret, after", after, (&old, false)),
            case("the new secret, after", after, (&new, true)),
            case("an altered body", &altered, (&new, false)),
            case("without a rotation", &others[0], (&unrelated.secret, true)),
            case("the secret of another endpoint", after, (&unrelated.secret, false)),
        ];
        let judges = root().join("tests/judges");
        let (mut node, mut python) = (Command::new("node"), Command::new(judges_python()));
        node.arg(judges.join("standard_webhooks.mjs"));
        python.arg(judges.join("standard_webhooks.py"));
        ask(node, &cases);
        ask(python, &cases);
    })
    .await;
}
