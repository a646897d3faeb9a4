//! What each answer of a receiver leads to.

use attrium_integrations::testing::{Reply, Sink, accept_untrusted};
use attrium_tests::{OPEN_TO_THIS_MACHINE, Server, ServerOptions, on_both, register};

use super::*;

/// Where a receiver's clock and the server's stand.
const NOW: &str = "2026-05-01T12:00:00Z";
const SECOND_MICROS: i64 = 1_000_000;
const DAY_MICROS: i64 = 86_400 * SECOND_MICROS;

/// Answers by the path: `POST /status/404 HTTP/1.1`.
fn reply(request: &Received, elsewhere: &str) -> Reply {
    let path = request.line.split(' ').nth(1).unwrap_or_default();
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    match parts[..] {
        ["status", status] => {
            let status = status.parse().expect("a status");
            let location = ("location", elsewhere.to_owned());
            Reply::Answer(status, if (300..400).contains(&status) { vec![location] } else { Vec::new() }, Vec::new())
        }
        ["retry-after", value] => Reply::Answer(503, vec![("retry-after", value.replace('_', " "))], Vec::new()),
        ["huge"] => Reply::Answer(200, Vec::new(), vec![b'x'; 5_000_000]),
        ["reset"] => Reply::Reset,
        ["empty"] => Reply::Raw(Vec::new()),
        ["continue"] => Reply::Raw(b"HTTP/1.1 100 Continue\r\n\r\n".repeat(100_000)),
        _ => panic!("no answer is known to {path}"),
    }
}

/// A server with a receiver for each path, and how the attempt at each path was judged.
async fn judged(database: &attrium_tests::Database, base: &str, paths: &[String]) -> Vec<Value> {
    let options =
        ServerOptions { has_test_clock: true, environment: &OPEN_TO_THIS_MACHINE, ..ServerOptions::default() };
    let server = Server::start_with(database, options).await;
    server.set_clock(NOW).await;
    let client = server.client();
    let mut ids = Vec::new();
    for path in paths {
        let endpoint = register(&client, &format!("{base}{path}"), json!({})).await;
        ids.push(send_test(&client, &endpoint).await);
    }
    server.settle().await;
    let mut found = Vec::new();
    for id in &ids {
        found.push(look(&client, id).await);
    }
    found
}

fn is_scheduled(delivery: &Value) -> bool {
    delivery["status"] == "DUE"
        && delivery["endpoint"]["state"] == "ACTIVE"
        && (4 * SECOND_MICROS..=6 * SECOND_MICROS).contains(&wait_of(delivery))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_status_decides_and_nothing_is_followed() {
    on_both(async |database| {
        let elsewhere = Sink::start(|_| Reply::status(200)).await;
        let target = elsewhere.url("/");
        let sink = Sink::start(move |request| reply(request, &target)).await;
        let statuses = [200, 204, 301, 302, 307, 400, 401, 404, 408, 410, 429, 500, 502, 503];
        let deliveries = judged(&database, &sink.url(""), &statuses.map(|status| format!("/status/{status}"))).await;
        for (status, delivery) in statuses.iter().zip(&deliveries) {
            assert_eq!(&delivery["attempts"][0]["status"], status, "{delivery}");
            let is_right = match status {
                200..=299 => delivery["status"] == "DELIVERED",
                410 => delivery["status"] == "FAILED" && delivery["endpoint"]["state"] == "GONE",
                _ => is_scheduled(delivery),
            };
            assert!(is_right, "{status}: {delivery}");
        }
        assert_eq!((sink.received().len(), elsewhere.received().len()), (statuses.len(), 0));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_answer_is_tried_again_and_a_huge_answer_is_read_no_further() {
    on_both(async |database| {
        let sink = Sink::start(|request| reply(request, "")).await;
        let paths = ["/reset", "/empty", "/continue", "/huge"].map(ToOwned::to_owned);
        let deliveries = judged(&database, &sink.url(""), &paths).await;
        for delivery in &deliveries[..3] {
            assert!(is_scheduled(delivery) && delivery["attempts"][0]["failure"] == "BROKEN_ANSWER", "{delivery}");
        }
        let kept = deliveries[3]["attempts"][0]["excerpt"].as_str().map(str::len);
        assert_eq!((&deliveries[3]["status"], kept), (&json!("DELIVERED"), Some(1_024)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_nobody_signed_gets_not_a_byte() {
    on_both(async |database| {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let url = format!("https://{}", listener.local_addr().expect("it is bound"));
        let receiver = tokio::task::spawn_blocking(move || accept_untrusted(&listener));
        let deliveries = judged(&database, &url, &["/".to_owned()]).await;
        let delivery = &deliveries[0];
        assert!(is_scheduled(delivery) && delivery["attempts"][0]["failure"] == "TLS_UNTRUSTED", "{delivery}");
        assert!(!receiver.await.expect("the receiver ends"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_that_asks_for_time_gets_a_day_at_most() {
    on_both(async |database| {
        let sink = Sink::start(|request| reply(request, "")).await;
        let asked = [
            ("120", 120 * SECOND_MICROS),
            ("Fri,_01_May_2026_12:10:00_GMT", 600 * SECOND_MICROS),
            ("86401", DAY_MICROS),
            ("99999999999999999999", DAY_MICROS),
            ("Fri,_01_May_2099_12:00:00_GMT", DAY_MICROS),
        ];
        let ignored = ["0", "-1", "soon", "Fri,_01_May_2020_12:00:00_GMT"];
        let values = asked.iter().map(|(value, _)| value).chain(&ignored);
        let paths: Vec<String> = values.map(|value| format!("/retry-after/{value}")).collect();
        let deliveries = judged(&database, &sink.url(""), &paths).await;
        for ((value, wait), delivery) in asked.iter().zip(&deliveries) {
            assert_eq!(wait_of(delivery), *wait, "{value}: {delivery}");
        }
        for (value, delivery) in ignored.iter().zip(&deliveries[asked.len()..]) {
            assert!(is_scheduled(delivery), "{value}: {delivery}");
        }
    })
    .await;
}
