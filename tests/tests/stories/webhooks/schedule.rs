//! When failed deliveries are tried again.

use std::collections::BTreeSet;

use attrium_integrations::testing::{Reply, Sink};
use attrium_tests::{OPEN_TO_THIS_MACHINE, Server, ServerOptions, on_both, register};

use super::*;

const SCHEDULE_S: [i64; 4] = [1, 2, 4, 8];
const ENDPOINTS: usize = 8;
const HOURS_MIN: u64 = 72;

#[tokio::test(flavor = "multi_thread")]
async fn retries_keep_the_schedule_give_or_take_a_fifth_and_never_in_step() {
    on_both(async |database| {
        let retries = ("ATTRIUM_WEBHOOKS__RETRY_SCHEDULE_S", "1,2,4,8");
        let environment = [&OPEN_TO_THIS_MACHINE[..], &[retries]].concat();
        let options = ServerOptions { has_test_clock: true, environment: &environment, ..ServerOptions::default() };
        let server = Server::start_with(&database, options).await;
        let client = server.client();
        let sink = Sink::start(|_| Reply::status(500)).await;
        let mut ids = Vec::new();
        for number in 0..ENDPOINTS {
            let endpoint = register(&client, &sink.url(&format!("/{number}")), json!({})).await;
            ids.push(send_test(&client, &endpoint).await);
        }
        for wait_s in SCHEDULE_S {
            server.settle().await;
            let (mut gaps, mut next) = (BTreeSet::new(), (0, String::new()));
            for id in &ids {
                let delivery = look(&client, id).await;
                let gap = wait_of(&delivery);
                let allowed = wait_s * 800_000..=wait_s * 1_200_000 + 500_000;
                assert!(allowed.contains(&gap), "{gap} instead of {wait_s} s: {delivery}");
                gaps.insert(gap);
                let instant = &delivery["nextAttemptAt"];
                next = next.max((micros(instant), instant.as_str().expect("an instant").to_owned()));
            }
            assert!(1 < gaps.len(), "all wait {gaps:?}");
            server.set_clock(&next.1).await;
        }
        server.settle().await;
        for id in &ids {
            let delivery = look(&client, id).await;
            assert_eq!((&delivery["status"], &delivery["attemptCount"]), (&json!("FAILED"), &json!(5)), "{delivery}");
        }
        let received = sink.received();
        let told: BTreeSet<Option<&str>> = received.iter().map(|request| request.header("webhook-id")).collect();
        assert_eq!((received.len(), told.len()), (5 * ENDPOINTS, ENDPOINTS));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_schedule_that_stands_by_default_is_printed_and_lasts_three_days() {
    on_both(async |database| {
        let server = Server::start(&database).await;
        let printed = server.attrium(&["config"]);
        let line = printed.lines().find_map(|line| line.strip_prefix("retry_schedule_s = ["));
        let waits = line.and_then(|line| line.split(']').next()).expect("the schedule is printed");
        let seconds: u64 = waits.split(',').map(|wait| wait.trim().parse::<u64>().expect("a number")).sum();
        assert!(HOURS_MIN * 3_600 <= seconds, "{waits}");
    })
    .await;
}
