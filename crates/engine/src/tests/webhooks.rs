//! Webhooks on both databases, to a real receiver on this machine.

mod disabling;
mod loss;
mod payloads;
mod retries;
mod secrets;
mod twice;

use std::collections::BTreeSet;

use attrium_integrations::testing::{Received, Reply, Sink};
use attrium_integrations::webhooks::{SignedHeaders, WebhookSecret, verify};
use attrium_schema::{EndpointId, Timestamp};
use attrium_storage::testing::on_both;
use secrecy::ExposeSecret;

use super::*;
use crate::webhooks::{
    self, DeliveryFilter, DeliveryStatus, Endpoint, EndpointDraft, EndpointEdit, EndpointState, EventType, Schedule,
};

fn endpoint_draft(url: &str) -> EndpointDraft {
    EndpointDraft {
        name: "Partner".to_owned(),
        url: url.to_owned(),
        events: vec![EventType::ProfileCreated, EventType::ProfileUpdated],
        attributes: Vec::new(),
        segments: Vec::new(),
        is_ordered: false,
    }
}

/// An edit that alters nothing.
pub(super) fn edit_of_endpoint(id: EndpointId) -> EndpointEdit {
    EndpointEdit {
        id,
        expected_revision: None,
        name: None,
        url: None,
        events: None,
        attributes: None,
        segments: None,
        is_ordered: None,
    }
}

/// An endpoint for this sink, and its secret.
async fn endpoint(cx: &Cx, sink: &Sink) -> (Endpoint, WebhookSecret) {
    endpoint_of(cx, endpoint_draft(&sink.url("/hooks"))).await
}

async fn endpoint_of(cx: &Cx, draft: EndpointDraft) -> (Endpoint, WebhookSecret) {
    let (made, secret) = webhooks::create(cx, draft, None).await.unwrap();
    (made, WebhookSecret::parse(secret.unwrap().expose_secret()).unwrap())
}

fn is_signed(request: &Received, secret: &WebhookSecret, now: Timestamp) -> bool {
    let headers = SignedHeaders {
        id: request.header("webhook-id"),
        timestamp: request.header("webhook-timestamp"),
        signature: request.header("webhook-signature"),
    };
    verify(secret, headers, &request.body, now).is_ok()
}

fn body(request: &Received) -> Json {
    serde_json::from_slice(&request.body).unwrap()
}

fn ids(requests: &[Received]) -> Vec<&str> {
    requests.iter().map(|request| request.header("webhook-id").unwrap()).collect()
}

/// The external id and version that each request tells of.
fn told(requests: &[Received]) -> BTreeSet<(String, i64)> {
    let told = |request| {
        let profile = &body(request)["data"]["profile"];
        (profile["external_id"].as_str().unwrap().to_owned(), profile["version"].as_i64().unwrap())
    };
    requests.iter().map(told).collect()
}

async fn count(cx: &Cx, status: DeliveryStatus) -> u64 {
    let filter = DeliveryFilter { statuses: vec![status], ..DeliveryFilter::default() };
    webhooks::count_deliveries(cx, &filter).await.unwrap()
}

/// As [`house`], retrying after these seconds.
async fn house_with_schedule(store: &Store, waits_s: &[u64]) -> (Engine, Cx) {
    let mut config = testing::config();
    config.webhooks.schedule = Schedule::new(waits_s).unwrap();
    house_of(store, config).await
}

/// A further process on the same database.
async fn another(store: &Store, seed: u64, has_workers: bool) -> (Engine, Cx) {
    let config = EngineConfig { seed: Some(seed), has_workers, ..testing::config() };
    let engine = Engine::on_store(store.clone(), config).await.unwrap();
    let cx = engine.cx_of_operator(None).await.unwrap();
    (engine, cx)
}

/// The request's time is the clock's: a context made before the clock moved is of the past.
async fn now(engine: &Engine) -> Cx {
    engine.cx_of_operator(None).await.unwrap()
}
