//! Who is served how fast: the endpoints this process sends to, and how many attempts each may have under
//! way. Failing ones share three quarters of the places, so that those that work always find one.

use std::collections::HashMap;

use attrium_integrations::webhooks::{Effect, Pace};
use attrium_schema::{EndpointId, Timestamp, WorkspaceId};
use attrium_storage::endpoints::OwedEndpoint;

use crate::limits::Limits;

/// Endpoints that are remembered though nothing is owed to them.
const IDLE_MAX: usize = 10_000;

/// Every endpoint this process sends to.
#[derive(Debug, Default)]
pub(super) struct Lanes {
    lanes: HashMap<EndpointId, Lane>,
}

#[derive(Debug)]
struct Lane {
    workspace: WorkspaceId,
    pace: Pace,
    in_flight: u32,
    /// In which of the endpoint's chapters the pace was found.
    chapter: i64,
}

/// How many deliveries of an endpoint may be taken now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Plan {
    pub(super) workspace: WorkspaceId,
    pub(super) endpoint: EndpointId,
    pub(super) room: u32,
}

impl Lanes {
    /// Shares the free places among the endpoints whose deliveries are due: those that work first, then by age.
    pub(super) fn plan(&mut self, owed: &[OwedEndpoint], now: Timestamp, limits: Limits) -> Vec<Plan> {
        let mut due: Vec<(bool, Timestamp, Plan)> = Vec::new();
        for owed in owed.iter().filter(|owed| owed.run_at <= now) {
            let lane = self.lane(owed);
            let room = lane.pace.room(lane.in_flight, now);
            let plan = Plan { workspace: owed.workspace, endpoint: owed.id, room };
            due.push((lane.pace.is_failing(), owed.run_at, plan));
        }
        due.sort_unstable_by_key(|(is_failing, run_at, _)| (*is_failing, *run_at));
        let mut taken = Taken::of(self, limits);
        due.into_iter().filter_map(|(is_failing, _, plan)| taken.take(plan, is_failing)).collect()
    }

    fn lane(&mut self, owed: &OwedEndpoint) -> &Lane {
        let fresh = Lane { workspace: owed.workspace, pace: Pace::default(), in_flight: 0, chapter: owed.chapter };
        let lane = self.lanes.entry(owed.id).or_insert(fresh);
        if lane.chapter != owed.chapter {
            lane.chapter = owed.chapter;
            lane.pace = Pace::default();
        }
        lane
    }

    /// An attempt begins.
    pub(super) fn begin(&mut self, endpoint: EndpointId) {
        if let Some(lane) = self.lanes.get_mut(&endpoint) {
            lane.in_flight += 1;
        }
    }

    /// An attempt ended so.
    pub(super) fn end(&mut self, endpoint: EndpointId, effect: Effect, now: Timestamp) {
        if let Some(lane) = self.lanes.get_mut(&endpoint) {
            lane.in_flight = lane.in_flight.saturating_sub(1);
            lane.pace.note(effect, now);
        }
        if IDLE_MAX < self.lanes.len() {
            self.lanes.retain(|_, lane| 0 < lane.in_flight);
        }
    }

    /// Attempts under way.
    pub(super) fn in_flight(&self) -> u32 {
        self.lanes.values().map(|lane| lane.in_flight).sum()
    }
}

/// Places that are taken: of the process, and of each workspace.
struct Taken {
    limits: Limits,
    all: u32,
    of_workspace: HashMap<WorkspaceId, u32>,
}

impl Taken {
    fn of(lanes: &Lanes, limits: Limits) -> Self {
        let mut of_workspace = HashMap::new();
        for lane in lanes.lanes.values() {
            *of_workspace.entry(lane.workspace).or_default() += lane.in_flight;
        }
        Self { limits, all: lanes.in_flight(), of_workspace }
    }

    fn take(&mut self, plan: Plan, is_failing: bool) -> Option<Plan> {
        let share = |limit: usize| {
            let limit = u32::try_from(limit).unwrap_or(u32::MAX);
            if is_failing { limit / 4 * 3 } else { limit }
        };
        let of_workspace = self.of_workspace.entry(plan.workspace).or_default();
        let room = plan
            .room
            .min(share(self.limits.attempts_max).saturating_sub(self.all))
            .min(share(self.limits.workspace_attempts_max).saturating_sub(*of_workspace));
        self.all += room;
        *of_workspace += room;
        (0 < room).then_some(Plan { room, ..plan })
    }
}

#[cfg(test)]
mod tests;
