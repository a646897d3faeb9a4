//! What follows from an attempt, for the delivery, the log and the endpoint.

use std::time::Duration;

use attrium_integrations::outbound::Failure;
use attrium_integrations::webhooks::{Decision, Effect, Outcome, Schedule};
use attrium_schema::{DeliveryId, EndpointId, Timestamp, WorkspaceId};
use attrium_storage::attempts::{Attempt, AttemptFailure, AttemptOutcome};
use attrium_storage::deliveries::{TriedDelivery, Verdict};
use attrium_storage::endpoints::HealthNews;

/// A delivery that was claimed, without what was sent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Claimed {
    pub(super) workspace: WorkspaceId,
    pub(super) delivery: DeliveryId,
    pub(super) endpoint: EndpointId,
    pub(super) token: i64,
    /// How often it was tried before: ever, and in its schedule.
    pub(super) attempts: u32,
    pub(super) attempts_in_schedule: u32,
}

/// An attempt that ended.
#[derive(Clone, Debug)]
pub(super) struct Tried {
    pub(super) claimed: Claimed,
    pub(super) started_at: Timestamp,
    pub(super) ended_at: Timestamp,
    /// How long it took, whatever the clock shows.
    pub(super) took: Duration,
    pub(super) outcome: Outcome,
}

/// An attempt with what follows from it.
#[derive(Clone, Debug)]
pub(super) struct Judged {
    pub(super) workspace: WorkspaceId,
    pub(super) tried: TriedDelivery,
    pub(super) attempt: Attempt,
    pub(super) effect: Effect,
    /// The receiver wants nothing more.
    pub(super) is_gone: bool,
}

impl Judged {
    /// Judges an attempt; `chance` is a random number from 0 to 1.
    pub(super) fn of(tried: &Tried, schedule: &Schedule, chance: f64) -> Self {
        let (claimed, outcome) = (tried.claimed, &tried.outcome);
        let decision = schedule.next(claimed.attempts_in_schedule + 1, outcome, chance);
        let at = tried.ended_at;
        let verdict = match decision {
            Decision::Delivered => Verdict::Delivered { at },
            Decision::Retry { after } => {
                let micros = i64::try_from(after.as_micros()).unwrap_or(i64::MAX);
                Verdict::Retry { run_at: at.saturating_add_micros(micros) }
            }
            Decision::GiveUp | Decision::Disable => Verdict::Failed { at },
        };
        let attempt = Attempt {
            delivery: claimed.delivery,
            number: claimed.attempts + 1,
            endpoint: claimed.endpoint,
            started_at: tried.started_at,
            duration_ms: u32::try_from(tried.took.as_millis()).unwrap_or(u32::MAX),
            outcome: outcome_of(outcome),
        };
        Self {
            workspace: claimed.workspace,
            tried: TriedDelivery { id: claimed.delivery, token: claimed.token, verdict },
            attempt,
            effect: Effect::of(outcome),
            is_gone: decision == Decision::Disable,
        }
    }
}

fn outcome_of(outcome: &Outcome) -> AttemptOutcome {
    match outcome {
        Outcome::Answered { status, excerpt, .. } => {
            AttemptOutcome::Answered { status: *status, excerpt: excerpt.clone() }
        }
        Outcome::Failed(failure) => AttemptOutcome::Failed(failure_of(*failure)),
    }
}

const fn failure_of(failure: Failure) -> AttemptFailure {
    match failure {
        Failure::Unreachable => AttemptFailure::EndpointUnreachable,
        Failure::Tls => AttemptFailure::TlsUntrusted,
        Failure::Timeout => AttemptFailure::Timeout,
        Failure::BrokenAnswer => AttemptFailure::BrokenAnswer,
    }
}

/// What the attempts at one endpoint, in the order they ended, say about it.
pub(super) fn news(endpoint: EndpointId, attempts: &[&Judged]) -> HealthNews {
    let mut news = HealthNews { endpoint, succeeded_at: None, failures: 0, failed_at: None };
    for judged in attempts {
        let at = judged.attempt.started_at;
        match judged.effect {
            Effect::Worked => news = HealthNews { endpoint, succeeded_at: Some(at), failures: 0, failed_at: None },
            Effect::Failed | Effect::Strained => {
                news.failures += 1;
                news.failed_at = Some((news.failed_at.map_or(at, |(first, _)| first), at));
            }
        }
    }
    news
}
