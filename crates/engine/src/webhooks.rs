//! Webhooks: partner systems are told what happens to profiles.
//!
//! The follower owes *deliveries* for the changes and moves it writes ([`owe()`]); the worker sends them; people
//! look after *endpoints*, and send again what was given up.

mod config;
mod deliveries;
mod draft;
mod endpoints;
mod event;
mod forget;
mod lanes;
mod owe;
mod secrets;
mod verdict;
mod worker;

#[cfg(test)]
mod tests;

pub use attrium_integrations::outbound::Guard;
pub use attrium_integrations::webhooks::Schedule;
pub use attrium_storage::attempts::{Attempt, AttemptFailure, AttemptHour, AttemptOutcome};
pub use attrium_storage::deliveries::{Backlog, Delivery, DeliveryFilter, DeliveryState, DeliveryStatus};
pub use attrium_storage::endpoints::{Endpoint, EndpointHealth, EndpointState};

pub use config::WebhooksConfig;
pub use deliveries::{
    attempts_of, count as count_deliveries, find as find_delivery, page as page_of_deliveries, payload, replay, resend,
    send_test,
};
pub use draft::{EndpointDraft, EndpointEdit};
pub use endpoints::{backlogs, create, delete, events_of, find, find_many, hours, list, pause, resume, update};
pub use event::EventType;
pub use secrets::{Rotation, rotate_secret};

pub(crate) use forget::{FORGET_JOB, forget};
pub(crate) use owe::{Happened, listeners, owe};
pub(crate) use secrets::reseal;
pub(crate) use worker::Worker;
