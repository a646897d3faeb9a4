//! Servers over one database and one Redis that is frozen, stopped, wiped and set back under load: no request fails,
//! nobody is answered less than their own server acknowledged, and nobody less than was so two seconds ago.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use attrium_storage::testing::TestRedis;
use attrium_tests::{Client, Database, Server, ServerOptions, rounds};
use serde_json::{Value, json};
use tokio::task::JoinSet;
use tokio::time::Instant;

const ROUNDS: usize = 10;
const WRITERS: usize = 4;
const READERS: usize = 6;
const CUSTOMERS_PER_WRITER: usize = 4;
const STALE_AFTER: Duration = Duration::from_secs(2);
/// Each state of Redis lasts so long: what nobody noticed in time shows.
const STATE: Duration = Duration::from_millis(2_500);
/// On a machine that does much else, Redis may be missed again and again.
const RECOVERED_WITHIN: Duration = Duration::from_mins(1);

/// A write that was acknowledged.
struct Acknowledged {
    number: u64,
    at: Instant,
    server: usize,
}

/// What the clients share.
struct World {
    /// The same caller at each server.
    clients: Vec<Client>,
    /// Of each customer the id and the writes, oldest first.
    customers: Vec<(String, Mutex<Vec<Acknowledged>>)>,
    is_over: AtomicBool,
}

async fn write(client: &Client, external_id: &str, number: u64) -> Value {
    let set = "mutation($input: SetProfileAttributesInput!) { setProfileAttributes(input: $input) {
        profile { id } problems { message } } }";
    let input = json!({ "externalId": external_id, "attributes": [{ "key": "campaign", "value": number }] });
    client.ask(set, json!({ "input": input })).await["setProfileAttributes"]["profile"].take()
}

async fn read(client: &Client, id: &str) -> u64 {
    let query = r#"query($id: ID!) { profile(id: $id) { attributes(keys: ["campaign"]) { value } } }"#;
    let data = client.ask(query, json!({ "id": id })).await;
    data["profile"]["attributes"][0]["value"].as_u64().expect("a number was written")
}

impl World {
    async fn begin(servers: &[Server]) -> Arc<Self> {
        let first = servers[0].client();
        let declare =
            "mutation($input: CreateAttributeInput!) { createAttribute(input: $input) { problems { message } } }";
        first
            .ask(declare, json!({ "input": { "key": "campaign", "type": "INTEGER", "privacyClass": "PUBLIC" } }))
            .await;
        let mut customers = Vec::new();
        for customer in 0..WRITERS * CUSTOMERS_PER_WRITER {
            let profile = write(&first, &format!("customer-{customer}"), 0).await;
            let id = profile["id"].as_str().expect("an id").to_owned();
            customers.push((id, Mutex::default()));
        }
        let clients = servers.iter().map(|server| first.at(server.url())).collect();
        Arc::new(Self { clients, customers, is_over: AtomicBool::new(false) })
    }

    /// Writes ascending numbers to this writer's customers in turn, at one server after the other.
    async fn write(self: Arc<Self>, writer: usize) -> usize {
        let mut requests = 0;
        for number in 1.. {
            if self.is_over.load(Ordering::Relaxed) {
                break;
            }
            let customer = writer * CUSTOMERS_PER_WRITER + requests % CUSTOMERS_PER_WRITER;
            let server = (requests / CUSTOMERS_PER_WRITER) % self.clients.len();
            write(&self.clients[server], &format!("customer-{customer}"), number).await;
            let acknowledged = Acknowledged { number, at: Instant::now(), server };
            self.customers[customer].1.lock().expect("nobody panicked").push(acknowledged);
            requests += 1;
        }
        requests
    }

    /// Reads customers in turn at one server, and holds each answer against what was acknowledged.
    async fn read(self: Arc<Self>, reader: usize) -> usize {
        let server = reader % self.clients.len();
        let mut requests = 0;
        while !self.is_over.load(Ordering::Relaxed) {
            let (id, writes) = &self.customers[(requests * 7 + reader) % self.customers.len()];
            let began = Instant::now();
            let number = read(&self.clients[server], id).await;
            let writes = writes.lock().expect("nobody panicked");
            let must_know = |write: &&Acknowledged| {
                let is_own = write.server == server && write.at < began;
                is_own || write.at + STALE_AFTER < began
            };
            if let Some(known) = writes.iter().rev().find(must_know) {
                let (age, is_own) = (began - known.at, known.server == server);
                assert!(
                    known.number <= number,
                    "answered {number}, {} was acknowledged {age:?} before ({is_own})",
                    known.number
                );
            }
            drop(writes);
            requests += 1;
        }
        requests
    }
}

/// What a counter of `/metrics` stands at.
async fn counter(server: &Server, name: &str) -> u64 {
    let answer = reqwest::get(format!("{}/metrics", server.url())).await.expect("the server answers");
    let text = answer.text().await.expect("it writes text");
    text.lines().find_map(|line| line.strip_prefix(name)?.trim().parse().ok()).unwrap_or(0)
}

/// Reads until the answer comes out of Redis again; without a restart.
async fn recovery(server: &Server, client: &Client, id: &str) {
    let mut looks = tokio::time::interval(Duration::from_millis(100));
    let (began, hits) = (Instant::now(), counter(server, "attrium_cache_hits_total").await);
    while counter(server, "attrium_cache_hits_total").await == hits {
        assert!(began.elapsed() < RECOVERED_WITHIN, "still without Redis; it wrote:\n{}", server.log());
        looks.tick().await;
        read(client, id).await;
    }
}

async fn readiness(server: &Server) -> String {
    let answer = reqwest::get(format!("{}/readyz", server.url())).await.expect("the server answers");
    assert!(answer.status().is_success());
    answer.text().await.expect("it writes text")
}

async fn pass(time: Duration) {
    // Not a wait: how long Redis stays in a state is the point.
    tokio::time::sleep(time).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_servers_outlive_what_becomes_of_their_redis() {
    let Some(database) = Database::postgres().await else {
        return;
    };
    check(&database, 2).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_server_on_sqlite_outlives_what_becomes_of_its_redis() {
    check(&Database::sqlite(), 1).await;
}

/// Reads and writes at so many servers while Redis goes through every state.
async fn check(database: &Database, servers: usize) {
    let Some(mut redis) = TestRedis::start() else {
        return;
    };
    let servers = start(database, &redis, servers).await;
    let world = World::begin(&servers).await;
    let (mut writers, mut readers) = (JoinSet::new(), JoinSet::new());
    for writer in 0..WRITERS {
        writers.spawn(Arc::clone(&world).write(writer));
    }
    for reader in 0..READERS {
        readers.spawn(Arc::clone(&world).read(reader));
    }
    for _ in 0..rounds(ROUNDS) {
        afflict(&mut redis, &servers[0]).await;
    }
    world.is_over.store(true, Ordering::Relaxed);
    let written: usize = writers.join_all().await.into_iter().sum();
    let read: usize = readers.join_all().await.into_iter().sum();
    assert!(50 < written && 50 < read, "{written} writes and {read} reads prove little");
    for (server, client) in servers.iter().zip(&world.clients) {
        assert!(0 < counter(server, "attrium_cache_errors_total").await, "Redis was missed");
        recovery(server, client, &world.customers[0].0).await;
    }
}

async fn start(database: &Database, redis: &TestRedis, count: usize) -> Vec<Server> {
    let environment = [("ATTRIUM_REDIS_URL", &*redis.url())];
    let options = ServerOptions { environment: &environment, ..ServerOptions::default() };
    let mut servers = Vec::new();
    for _ in 0..count {
        servers.push(Server::start_with(database, options).await);
    }
    servers
}

/// Freezes, wipes and stops Redis; in the end it comes back as it was some states ago.
async fn afflict(redis: &mut TestRedis, server: &Server) {
    pass(STATE).await;
    redis.snapshot();
    pass(STATE).await;
    redis.freeze();
    pass(STATE).await;
    assert_eq!(readiness(server).await, "ready, degraded: Redis does not answer\n");
    redis.thaw();
    pass(STATE).await;
    redis.wipe();
    pass(STATE).await;
    redis.stop();
    pass(STATE).await;
    redis.resume();
    pass(STATE).await;
}
