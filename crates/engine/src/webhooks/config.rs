//! How webhooks go out.

use std::net::SocketAddr;
use std::time::Duration;

use attrium_integrations::outbound::{Guard, OutboundConfig};
use attrium_integrations::webhooks::Schedule;

/// How webhooks go out. The defaults reach public addresses by HTTPS alone.
#[derive(Clone, Debug)]
pub struct WebhooksConfig {
    /// When failed deliveries are tried again.
    pub schedule: Schedule,
    /// Which addresses may be reached.
    pub guard: Guard,
    /// The name server to ask; `None` asks those of the system.
    pub dns: Option<SocketAddr>,
    /// The longest an attempt may take, from looking the name up to the last byte of the answer.
    pub attempt_timeout: Duration,
    /// The longest attempts under way are waited for when the server stops; those that are not over by then are made
    /// again.
    pub finish_timeout: Duration,
}

impl Default for WebhooksConfig {
    fn default() -> Self {
        Self {
            schedule: Schedule::default(),
            guard: Guard::default(),
            dns: None,
            attempt_timeout: Duration::from_secs(15),
            finish_timeout: Duration::from_secs(5),
        }
    }
}

impl WebhooksConfig {
    pub(super) fn outbound(&self) -> OutboundConfig {
        OutboundConfig { guard: self.guard.clone(), dns: self.dns, timeout: self.attempt_timeout }
    }
}
