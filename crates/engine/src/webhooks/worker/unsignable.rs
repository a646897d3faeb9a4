//! Endpoints whose secrets do not open here. Unsigned nothing goes out: what they are owed waits until the key is
//! back, and takes no place from others meanwhile.

use std::collections::HashMap;
use std::time::Duration;

use attrium_schema::EndpointId;
use attrium_storage::endpoints::OwedEndpoint;

use crate::clock::Stopwatch;
use crate::error::Error;

/// How often it is tried again: another node may have sealed the secrets anew.
const AGAIN_AFTER: Duration = Duration::from_mins(1);

/// The endpoints nothing can be signed for, and when that was last tried.
#[derive(Debug, Default)]
pub(super) struct Unsignable {
    tried: HashMap<EndpointId, Stopwatch>,
}

impl Unsignable {
    /// Whether an endpoint is among them, and it is not yet time to try again.
    pub(super) fn holds(&self, owed: &OwedEndpoint) -> bool {
        self.tried.get(&owed.id).is_some_and(|tried| tried.elapsed() < AGAIN_AFTER)
    }

    /// Nothing can be signed for an endpoint; says so the first time.
    pub(super) fn insert(&mut self, id: EndpointId, error: &Error) {
        if self.tried.insert(id, Stopwatch::start()).is_none() {
            tracing::error!(endpoint.id = %id, %error, "endpoint {id} cannot be signed for; its deliveries wait");
        }
    }

    /// It can be signed for again.
    pub(super) fn remove(&mut self, id: EndpointId) {
        self.tried.remove(&id);
    }
}
