//! The cache against a model: whatever the order of commits, notes and reads, nobody is answered less than they were told.

use std::sync::Arc;

use futures_util::future::join_all;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use tokio::task::JoinSet;

use super::*;
use crate::testing::TestRedis;

const PROFILES: u128 = 3;

/// Nodes over one database, each with a cache and a place in the feed.
struct World {
    database: Database,
    /// Every commit, in order.
    feed: Mutex<Vec<(ProfileId, i64)>>,
    nodes: Vec<Node>,
}

struct Node {
    cache: Cache,
    /// The versions this node has acknowledged, or heard from the feed.
    told: Mutex<HashMap<ProfileId, i64>>,
}

impl World {
    fn new(caches: Vec<Cache>) -> Self {
        let nodes = caches.into_iter().map(|cache| Node { cache, told: Mutex::default() }).collect();
        Self { database: Database::default(), feed: Mutex::default(), nodes }
    }

    async fn write(&self, node: &Node, number: u128, is_killed: bool) {
        let version = {
            let mut feed = self.feed.lock().unwrap();
            let version = self.database.commit(number);
            feed.push((profile_id(number), version));
            version
        };
        if is_killed {
            return;
        }
        tokio::task::yield_now().await;
        node.cache.forget_older(here(), &[(profile_id(number), version)]).await;
        node.tell(&[(profile_id(number), version)]);
    }

    async fn follow(&self, node: &Node) {
        let at = Instant::now();
        let page = self.feed.lock().unwrap().clone();
        tokio::task::yield_now().await;
        node.cache.forget_older(here(), &page).await;
        node.tell(&page);
        node.cache.heard(here(), at);
    }

    async fn read(&self, node: &Node, number: u128) {
        let told = node.told.lock().unwrap().get(&profile_id(number)).copied().unwrap_or(0);
        let found = self.database.find(&node.cache, number).await;
        assert!(told <= found, "told of version {told}, answered {found}");
    }

    /// Many clients at once, each doing this many things by chance.
    async fn live(&self, seed: u64, steps: usize) {
        let clients = (0..8).map(|client| async move {
            let mut chance = StdRng::seed_from_u64(seed * 100 + client);
            for _ in 0..steps {
                let node = &self.nodes[chance.random_range(0..self.nodes.len())];
                let number = chance.random_range(1..=PROFILES);
                match chance.random_range(0..10) {
                    0 => self.write(node, number, true).await,
                    1 | 2 => self.write(node, number, false).await,
                    3 | 4 => self.follow(node).await,
                    _ => self.read(node, number).await,
                }
                for _ in 0..chance.random_range(0..3) {
                    tokio::task::yield_now().await;
                }
            }
        });
        join_all(clients).await;
    }
}

impl Node {
    fn tell(&self, versions: &[(ProfileId, i64)]) {
        let mut told = self.told.lock().unwrap();
        for (id, version) in versions {
            let known = told.entry(*id).or_default();
            *known = (*known).max(*version);
        }
    }
}

#[tokio::test]
async fn memory_never_answers_less_than_was_told() {
    let mut loads = 0;
    for seed in 0..100 {
        let world = World::new(vec![in_memory(), in_memory()]);
        world.live(seed, 40).await;
        loads += world.database.loads();
    }
    // Of 32,000 things done, half are reads.
    assert!(loads < 14_000, "it also keeps something: {loads}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn redis_never_answers_less_than_was_told() {
    let Some(redis) = TestRedis::start() else {
        return;
    };
    let config = CacheConfig::Redis { url: redis.url().into() };
    for seed in 0..10 {
        let world = World::new(vec![Cache::open(&config).unwrap(), Cache::open(&config).unwrap()]);
        for node in &world.nodes {
            tended(&node.cache).await;
        }
        world.live(seed, 60).await;
        assert!(world.nodes.iter().all(|node| !node.cache.is_degraded()));
        redis.wipe();
        world.live(seed + 1_000, 20).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redis_that_comes_and_goes_never_answers_less_than_was_told() {
    let Some(mut redis) = TestRedis::start() else {
        return;
    };
    let config = CacheConfig::Redis { url: redis.url().into() };
    let world = World::new(vec![Cache::open(&config).unwrap(), Cache::open(&config).unwrap()]);
    let world = Arc::new(world);
    for seed in 0..6 {
        for node in &world.nodes {
            tended(&node.cache).await;
        }
        world.live(seed, 30).await;
        redis.snapshot();
        let mut living = JoinSet::new();
        let others = Arc::clone(&world);
        living.spawn(async move { others.live(seed + 100, 60).await });
        if seed % 2 == 0 {
            redis.freeze();
            world.live(seed + 200, 30).await;
            redis.thaw();
        } else {
            redis.stop();
            world.live(seed + 200, 30).await;
            redis.resume();
        }
        living.join_all().await;
    }
}
