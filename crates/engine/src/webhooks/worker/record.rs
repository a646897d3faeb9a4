//! Writing what came of attempts: the deliveries, the log, and how their endpoints are.

use std::collections::BTreeMap;

use attrium_integrations::webhooks::Effect;
use attrium_schema::{EndpointId, Timestamp, WorkspaceId};
use attrium_storage::attempts::{self, Attempt};
use attrium_storage::deliveries::{self, TriedDelivery};
use attrium_storage::endpoints::{self, FailingLimit};
use attrium_storage::{EndpointState, Tx};

use crate::engine::Engine;
use crate::error::Error;
use crate::webhooks::verdict::{Judged, news};

/// An endpoint that does nothing but fail is left alone after five days.
const FAILING_MICROS_MAX: i64 = 5 * 24 * 3_600 * 1_000_000;
const FAILURES_MIN: u32 = 12;

/// An endpoint that was disabled just now, and why.
#[derive(Clone, Copy, Debug)]
struct Disabled {
    endpoint: EndpointId,
    is_gone: bool,
}

impl Disabled {
    /// Says so, once: someone should look.
    fn tell(&self) {
        let id = self.endpoint;
        let reason = if self.is_gone { "it answered 410" } else { "nothing but failures for five days" };
        metrics::counter!("attrium_endpoints_disabled_total").increment(1);
        tracing::warn!(endpoint.id = %id, reason, "disabled endpoint {id}: {reason}");
    }
}

/// What was written, to be told once it is committed.
#[derive(Debug, Default)]
pub(super) struct Written {
    disabled: Vec<Disabled>,
    effects: Vec<Effect>,
}

impl Written {
    /// Counts the attempts, and says which endpoints were disabled.
    pub(super) fn tell(&self) {
        for effect in &self.effects {
            let outcome = match effect {
                Effect::Worked => "delivered",
                Effect::Failed => "failed",
                Effect::Strained => "strained",
            };
            metrics::counter!("attrium_webhook_attempts_total", "outcome" => outcome).increment(1);
        }
        self.disabled.iter().for_each(Disabled::tell);
    }
}

/// Writes what came of attempts.
pub(super) async fn write(engine: &Engine, tx: &Tx, judged: &[Judged]) -> Result<Written, Error> {
    let mut written = Written::default();
    let mut by_workspace: BTreeMap<WorkspaceId, Vec<&Judged>> = BTreeMap::new();
    for judged in judged {
        by_workspace.entry(judged.workspace).or_default().push(judged);
    }
    for (workspace, judged) in by_workspace {
        let tried: Vec<TriedDelivery> = judged.iter().map(|judged| judged.tried).collect();
        let held = deliveries::update_tried(tx, workspace, &tried).await?;
        let ours: Vec<&Judged> = judged.into_iter().filter(|judged| held.contains(&judged.tried.id)).collect();
        if ours.len() < tried.len() {
            let lost = tried.len() - ours.len();
            tracing::debug!(workspace.id = %workspace, lost, "another worker has {lost} deliveries that were tried here");
        }
        written.effects.extend(ours.iter().map(|judged| judged.effect));
        let attempts: Vec<Attempt> = ours.iter().map(|judged| judged.attempt.clone()).collect();
        attempts::insert_many(tx, workspace, &attempts).await?;
        // In the order of ids: another node may write about the same endpoints.
        let mut by_endpoint: BTreeMap<EndpointId, Vec<&Judged>> = BTreeMap::new();
        for judged in ours {
            by_endpoint.entry(judged.attempt.endpoint).or_default().push(judged);
        }
        for (endpoint, judged) in by_endpoint {
            written.disabled.extend(note(tx, workspace, (endpoint, &judged), engine.clock().now()).await?);
        }
    }
    Ok(written)
}

/// Takes note of how an endpoint is, and disables it when that is too bad.
async fn note(
    tx: &Tx,
    workspace: WorkspaceId,
    (endpoint, judged): (EndpointId, &[&Judged]),
    now: Timestamp,
) -> Result<Option<Disabled>, Error> {
    let news = news(endpoint, judged);
    endpoints::update_health(tx, workspace, news).await?;
    let is_gone = judged.iter().any(|judged| judged.is_gone);
    let is_disabled = if is_gone {
        endpoints::update_state(tx, workspace, endpoint, (EndpointState::Gone { since: now }, now)).await?
    } else if 0 < news.failures {
        let failing_before = now.saturating_add_micros(-FAILING_MICROS_MAX);
        let limit = FailingLimit { failing_before, failures_min: FAILURES_MIN };
        endpoints::disable_failing(tx, workspace, endpoint, (limit, now)).await?
    } else {
        false
    };
    Ok(is_disabled.then_some(Disabled { endpoint, is_gone }))
}
