//! The one maker of ids and of chance. Ids are UUIDs of version 7, so they sort by the time they
//! were made; within one process they never go backwards.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use attrium_schema::{
    ApiKeyId, AttributeId, DeliveryId, EndpointId, ImportId, JobId, ProfileId, SegmentId, SessionId, TemplateId,
    Timestamp, UserId, WorkspaceId,
};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use uuid::Uuid;

use crate::clock::Clock;

/// Makes ids and random bytes. Cheap to clone; clones share one sequence.
#[derive(Clone)]
pub struct Ids {
    clock: Clock,
    state: Arc<Mutex<State>>,
}

struct State {
    chance: StdRng,
    last: Uuid,
}

macro_rules! makers {
    ($($name:ident: $id:ident),*) => {$(
        #[doc = concat!("A new [`", stringify!($id), "`].")]
        pub fn $name(&self) -> $id {
            $id::from_uuid(self.next())
        }
    )*};
}

impl Ids {
    /// Ids by this clock, with chance from the operating system.
    #[expect(clippy::disallowed_methods, reason = "this is the place where chance enters")]
    pub fn random(clock: Clock) -> Self {
        Self::with(clock, StdRng::from_rng(&mut rand::rng()))
    }

    /// The same ids every time, for tests and the demo's fixed seed.
    pub fn seeded(clock: Clock, seed: u64) -> Self {
        Self::with(clock, StdRng::seed_from_u64(seed))
    }

    fn with(clock: Clock, chance: StdRng) -> Self {
        Self { clock, state: Arc::new(Mutex::new(State { chance, last: Uuid::nil() })) }
    }

    makers!(
        workspace: WorkspaceId, profile: ProfileId, attribute: AttributeId, segment: SegmentId,
        template: TemplateId, import: ImportId, job: JobId, user: UserId, session: SessionId, api_key: ApiKeyId,
        endpoint: EndpointId, delivery: DeliveryId
    );

    /// Random bytes, fit for secrets unless the ids are seeded.
    pub fn bytes<const COUNT: usize>(&self) -> [u8; COUNT] {
        let mut bytes = [0; COUNT];
        self.state().chance.fill_bytes(&mut bytes);
        bytes
    }

    /// A number from 0 to 1.
    pub(crate) fn chance(&self) -> f64 {
        f64::from(u32::from_le_bytes(self.bytes())) / f64::from(u32::MAX)
    }

    /// A fresh UUID, for lease tokens and other values without an id type of their own.
    pub(crate) fn next(&self) -> Uuid {
        let millis = millis_of(self.clock.now());
        let mut state = self.state();
        let mut tail = [0; 10];
        state.chance.fill_bytes(&mut tail);
        let fresh = uuid::Builder::from_unix_timestamp_millis(millis, &tail).into_uuid();
        let next = if fresh <= state.last { Uuid::from_u128(state.last.as_u128() + 1) } else { fresh };
        state.last = next;
        next
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Ids made before 1970 (a test clock may stand there) all begin at zero.
fn millis_of(now: Timestamp) -> u64 {
    u64::try_from(now.as_micros() / 1_000).unwrap_or(0)
}

#[cfg(test)]
mod tests;
