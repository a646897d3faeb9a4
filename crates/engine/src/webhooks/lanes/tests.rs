use uuid::Uuid;

use super::*;

fn at(seconds: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH.saturating_add_micros(seconds * 1_000_000)
}

fn owed(workspace: u128, endpoint: u128) -> OwedEndpoint {
    OwedEndpoint {
        workspace: WorkspaceId::from_uuid(Uuid::from_u128(workspace)),
        id: EndpointId::from_uuid(Uuid::from_u128(endpoint)),
        run_at: at(0),
        chapter: 0,
    }
}

/// Plans, begins everything planned, and answers how much each endpoint got.
fn begun(lanes: &mut Lanes, owed: &[OwedEndpoint], now: i64) -> HashMap<u128, u32> {
    let plans = lanes.plan(owed, at(now), Limits::default());
    for plan in &plans {
        (0..plan.room).for_each(|_| lanes.begin(plan.endpoint));
    }
    plans.iter().map(|plan| (plan.endpoint.uuid().as_u128(), plan.room)).collect()
}

fn end(lanes: &mut Lanes, endpoint: u128, effect: Effect, now: i64) {
    lanes.end(EndpointId::from_uuid(Uuid::from_u128(endpoint)), effect, at(now));
}

#[test]
fn an_endpoint_that_works_has_up_to_eight_attempts_under_way() {
    let mut lanes = Lanes::default();
    let one = [owed(1, 1)];
    for expected in [1, 2, 2, 2, 2, 2, 2, 2, 1, 1] {
        assert_eq!(begun(&mut lanes, &one, 0), HashMap::from([(1, expected)]), "{}", lanes.in_flight());
        end(&mut lanes, 1, Effect::Worked, 0);
    }
    assert_eq!(lanes.in_flight(), 7);
}

#[test]
fn what_is_not_due_is_not_planned() {
    let later = OwedEndpoint { run_at: at(5), ..owed(1, 1) };
    assert_eq!(begun(&mut Lanes::default(), &[later], 4), HashMap::new());
    assert_eq!(begun(&mut Lanes::default(), &[later], 5), HashMap::from([(1, 1)]));
}

/// Five hundred black holes, in ten workspaces, and one endpoint that works.
#[test]
fn endpoints_that_never_answer_leave_places_for_those_that_do() {
    let mut lanes = Lanes::default();
    let holes: Vec<OwedEndpoint> = (0..500).map(|number| owed(number % 10, number)).collect();
    let all = [&holes[..], &[owed(0, 1_000)]].concat();
    let first = begun(&mut lanes, &all, 0);
    assert_eq!(first[&1_000], 1);
    for _ in 0..3 {
        end(&mut lanes, 1_000, Effect::Worked, 1);
        assert!(begun(&mut lanes, &all, 1).contains_key(&1_000));
    }
    // All time out, and are tried again: now they are known, and share three quarters of the places.
    for number in 0..500 {
        end(&mut lanes, number, Effect::Strained, 15);
    }
    let second = begun(&mut lanes, &all, 15);
    let to_holes: u32 = second.iter().filter(|(endpoint, _)| **endpoint < 1_000).map(|(_, room)| room).sum();
    assert!(to_holes <= 384, "{to_holes}");
    end(&mut lanes, 1_000, Effect::Worked, 16);
    assert!(begun(&mut lanes, &all, 16).contains_key(&1_000));
}

#[test]
fn a_workspace_has_at_most_64_attempts_under_way() {
    let mut lanes = Lanes::default();
    let all: Vec<OwedEndpoint> = (0..20).map(|number| owed(1, number)).collect();
    for _ in 0..10 {
        begun(&mut lanes, &all, 0);
        for number in 0..20 {
            end(&mut lanes, number, Effect::Worked, 0);
        }
    }
    begun(&mut lanes, &all, 0);
    assert_eq!(lanes.in_flight(), 64);
    assert_eq!(begun(&mut lanes, &[owed(2, 99)], 0), HashMap::from([(99, 1)]));
}

#[test]
fn an_endpoint_left_alone_is_served_at_once_when_someone_resumes_it() {
    let mut lanes = Lanes::default();
    for _ in 0..10 {
        begun(&mut lanes, &[owed(1, 1)], 0);
        end(&mut lanes, 1, Effect::Failed, 0);
    }
    assert_eq!(begun(&mut lanes, &[owed(1, 1)], 1), HashMap::new());
    let resumed = OwedEndpoint { chapter: 1, ..owed(1, 1) };
    assert_eq!(begun(&mut lanes, &[resumed], 1), HashMap::from([(1, 1)]));
}
