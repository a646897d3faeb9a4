//! Webhook endpoints, registered as whoever operates a server registers them.

use serde_json::{Value, json};

use crate::client::Client;

/// Lets a server keep secrets.
pub const SEALED: (&str, &str) = ("ATTRIUM_SECRET_KEY", "c2VhbGVkIGluIGEgdGVzdCBieSAzMiBieXRlcyBvZiA=");

/// Lets a server keep secrets, and send to receivers on this machine.
pub const OPEN_TO_THIS_MACHINE: [(&str, &str); 3] =
    [SEALED, ("ATTRIUM_WEBHOOKS__ALLOW_HTTP", "true"), ("ATTRIUM_WEBHOOKS__ALLOW_CIDRS", "127.0.0.1/32")];

/// An endpoint that was registered.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// Its global id.
    pub id: String,
    /// What its deliveries are signed with.
    pub secret: String,
}

/// Registers an endpoint at a URL. What `input` does not say: it is told of every change to a profile, of ids alone.
///
/// # Panics
/// When there is a problem.
pub async fn register(client: &Client, url: &str, input: Value) -> Endpoint {
    let mut whole = json!({ "name": "Partner", "url": url, "events": ["PROFILE_CREATED", "PROFILE_UPDATED"] });
    for (name, value) in input.as_object().into_iter().flatten() {
        whole[name] = value.clone();
    }
    let create = "mutation($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) {
        endpoint { id } secret problems { path message } } }";
    let made = client.ask(create, json!({ "input": whole })).await["createWebhookEndpoint"].take();
    let text = |value: &Value| value.as_str().expect("an endpoint has an id and a secret").to_owned();
    Endpoint { id: text(&made["endpoint"]["id"]), secret: text(&made["secret"]) }
}
