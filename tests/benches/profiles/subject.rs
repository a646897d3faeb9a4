//! One server as it is measured: its requests, made beforehand, and how fast it answered them.

use std::time::Duration;

use attrium_tests::percentile;
use serde_json::{Map, Value, json};
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::connection::{Connection, request};

pub(crate) const CONNECTIONS: usize = 32;
/// How long each round takes.
const ROUND: Duration = Duration::from_secs(2);
/// Every customer has a value of it: an answer without it is none.
const PROOF: &[u8] = b"\"balance\"";

const QUERY: &str = "query($id: ID!) { profile(id: $id) { attributes { key value } } }";

pub(crate) struct Subject {
    /// Database and cache.
    pub(crate) names: [&'static str; 2],
    address: String,
    /// One for each customer; they live as long as the benchmark, which hands them to its tasks.
    requests: &'static [Vec<u8>],
    /// Reads a second, round by round.
    pub(crate) rates: Vec<f64>,
    times_ms: Vec<f64>,
}

impl Subject {
    pub(crate) fn attrium(names: [&'static str; 2], url: &str, key: &str, ids: &[String]) -> Self {
        let address = url.trim_start_matches("http://");
        let head = format!("Authorization: Bearer {key}\r\n");
        let requests =
            ids.iter().map(|id| request(address, &head, &json!({ "query": QUERY, "variables": { "id": id } })));
        let requests = requests.collect::<Vec<_>>().leak();
        Self { names, address: address.to_owned(), requests, rates: Vec::new(), times_ms: Vec::new() }
    }

    pub(crate) fn name(&self) -> String {
        self.names.join(", ")
    }

    /// The values of the first customers, by key.
    pub(crate) async fn values(&self, customers: usize) -> Vec<Map<String, Value>> {
        let mut connection = Connection::open(&self.address).await;
        let mut values = Vec::new();
        for request in &self.requests[..customers] {
            let body: Value = serde_json::from_slice(connection.ask(request).await).expect("an answer is JSON");
            values.push(values_of(&body));
        }
        values
    }

    /// Asks on all connections at once for the time of a round, and notes how that went if it counts.
    pub(crate) async fn run(&mut self, counts: bool) {
        let until = Instant::now() + ROUND;
        let mut clients = JoinSet::new();
        for client in 0..CONNECTIONS {
            clients.spawn(ask_until(self.address.clone(), self.requests, client, until));
        }
        let times_ms: Vec<f64> = clients.join_all().await.into_iter().flatten().collect();
        if counts {
            self.rates
                .push(f64::from(u32::try_from(times_ms.len()).expect("seconds hold so few")) / ROUND.as_secs_f64());
            self.times_ms.extend(times_ms);
        }
    }

    /// The middle of all times, and what one in a hundred takes.
    pub(crate) fn latencies_ms(&self) -> [f64; 2] {
        [50, 99].map(|percent| percentile(&self.times_ms, percent))
    }
}

/// One client: asks for one customer after the other, each client in an order of its own; answers how long each took.
async fn ask_until(address: String, requests: &[Vec<u8>], client: usize, until: Instant) -> Vec<f64> {
    let mut connection = Connection::open(&address).await;
    let mut times_ms = Vec::new();
    let mut customer = client * requests.len() / CONNECTIONS;
    while Instant::now() < until {
        customer = (customer + 2 * client + 1) % requests.len();
        let began = Instant::now();
        let body = connection.ask(&requests[customer]).await;
        times_ms.push(began.elapsed().as_secs_f64() * 1_000.0);
        assert!(body.windows(PROOF.len()).any(|part| part == PROOF), "{}", String::from_utf8_lossy(body));
    }
    times_ms
}

fn values_of(body: &Value) -> Map<String, Value> {
    let attributes = body["data"]["profile"]["attributes"].as_array().expect("a profile").iter();
    attributes.map(|one| (one["key"].as_str().expect("a key").to_owned(), one["value"].clone())).collect()
}
