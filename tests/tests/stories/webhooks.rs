//! Partners are told what happens, by the running binary to real receivers.

mod answers;
mod network;
mod partner;
mod schedule;
mod signatures;

use std::net::TcpListener;

use attrium_integrations::testing::{Received, Sink};
use attrium_schema::Timestamp;
use attrium_tests::{Client, Endpoint};
use serde_json::{Value, json};

const SET: &str =
    "mutation($input: SetProfileAttributesInput!) { setProfileAttributes(input: $input) { problems { message } } }";
const ADD_ATTRIBUTE: &str =
    "mutation($input: CreateAttributeInput!) { createAttribute(input: $input) { problems { message } } }";
const TEST: &str =
    "mutation($input: WebhookEndpointInput!) { sendTestEvent(input: $input) { delivery { id } problems { message } } }";
const LOOK: &str = "query($id: ID!) { delivery(id: $id) { id status nextAttemptAt attemptCount endpoint { state }
    attempts { number startedAt status failure excerpt } } }";

/// Declares the integer `points`.
async fn with_points(client: &Client) {
    client
        .ask(ADD_ATTRIBUTE, json!({ "input": { "key": "points", "type": "INTEGER", "privacyClass": "PUBLIC" } }))
        .await;
}

async fn set_points(client: &Client, external_id: &str, points: i64) {
    let attributes = json!([{ "key": "points", "value": points }]);
    client.ask(SET, json!({ "input": { "externalId": external_id, "attributes": attributes } })).await;
}

/// Sends an endpoint a test, and answers the delivery's id.
async fn send_test(client: &Client, endpoint: &Endpoint) -> String {
    let sent = client.ask(TEST, json!({ "input": { "id": endpoint.id } })).await;
    sent["sendTestEvent"]["delivery"]["id"].as_str().expect("a delivery has an id").to_owned()
}

/// The delivery as the API shows it.
async fn look(client: &Client, id: &str) -> Value {
    client.ask(LOOK, json!({ "id": id })).await["delivery"].take()
}

/// An instant of an answer, in microseconds.
fn micros(instant: &Value) -> i64 {
    let text = instant.as_str().unwrap_or_else(|| panic!("{instant} is no instant"));
    text.parse::<Timestamp>().expect("instants are RFC 3339").as_micros()
}

/// How long a delivery waits between its last attempt and the next, in microseconds.
fn wait_of(delivery: &Value) -> i64 {
    let last = delivery["attempts"].as_array().and_then(|attempts| attempts.last()).expect("it was attempted");
    micros(&delivery["nextAttemptAt"]) - micros(&last["startedAt"])
}

fn body(request: &Received) -> Value {
    serde_json::from_slice(&request.body).expect("a delivery is JSON")
}

/// A door that nobody may knock at.
fn silent(address: &str) -> TcpListener {
    let listener = TcpListener::bind((address, 0)).expect("a port is free");
    listener.set_nonblocking(true).expect("a listener need not wait");
    listener
}

fn is_untouched(listener: &TcpListener) -> bool {
    listener.accept().is_err_and(|error| error.kind() == std::io::ErrorKind::WouldBlock)
}

fn paths(sink: &Sink) -> Vec<String> {
    sink.received().iter().map(|request| request.line.clone()).collect()
}
