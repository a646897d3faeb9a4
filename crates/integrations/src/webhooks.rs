//! Webhooks as [Standard Webhooks 1.0](https://www.standardwebhooks.com) has them: signatures, one attempt
//! at sending, and what follows from how it went.
//!
//! Deliberately absent: what is owed to whom (`storage`), and when a worker takes it up (`engine`).
//! Instants and chance come in as values; only [`Sender`] does I/O.

mod answer;
mod pace;
mod retry_after;
mod schedule;
mod secret;
mod sender;
mod signature;

pub use answer::{EXCERPT_BYTES_MAX, excerpt};
pub use pace::{Effect, Pace, WINDOW_MAX};
pub use schedule::{Decision, RETRY_SCHEDULE_S, Schedule, ScheduleError};
pub use secret::{SecretError, WebhookSecret};
pub use sender::{Message, Outcome, Sender};
pub use signature::{SignedHeaders, TOLERANCE_S, VerifyError, sign, verify};
