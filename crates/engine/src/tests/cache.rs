//! Profiles are kept near, and nobody notices but by the speed.

use std::time::Duration;

use attrium_storage::StoreConfig;
use attrium_storage::testing::{TestRedis, TestStore, on_both};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use tokio::time::Instant;

use super::*;
use crate::CacheConfig;
use crate::config::EngineConfig;

/// A second node: an engine with connections and signals of its own.
async fn node(fresh: &TestStore, seed: u64, cache: CacheConfig) -> (Engine, Cx) {
    let store = Store::open(StoreConfig::new(fresh.url().to_owned().into())).await.unwrap();
    let config = EngineConfig { seed: Some(seed), cache, ..testing::config() };
    let engine = Engine::on_store(store, config).await.unwrap();
    engine.settle().await.unwrap();
    engine.cache().tend().await;
    let cx = engine.cx_of_operator(None).await.unwrap();
    (engine, cx)
}

async fn points(cx: &Cx, profile: &Profile) -> Json {
    let found = profiles::find(cx, profile.id).await.unwrap().unwrap();
    found.value(&AttributeKey::parse("points").unwrap()).map_or(Json::Null, attrium_schema::Value::to_json)
}

/// Two nodes write and read by chance: each sees what it wrote at once, and what the other wrote once it has settled.
async fn check_in_step(config: CacheConfig) {
    // Several nodes need PostgreSQL.
    let Some(fresh) = TestStore::postgres().await else {
        return;
    };
    let (seeding, _) = house(fresh.store()).await;
    seeding.close().await;
    let fresh_nodes = [node(&fresh, 8, config.clone()).await, node(&fresh, 9, config).await];
    let mut chance = StdRng::seed_from_u64(4);
    for number in 0..60 {
        let (writer, reader) = if chance.random() { (0, 1) } else { (1, 0) };
        let who = format!("p{}", chance.random_range(0..3));
        let written = set(&fresh_nodes[writer].1, &who, "points", json!(number)).await;
        assert_eq!(points(&fresh_nodes[writer].1, &written).await, json!(number), "its own write, at once");
        let (engine, cx) = &fresh_nodes[reader];
        engine.settle().await.unwrap();
        assert_eq!(points(cx, &written).await, json!(number), "the other's, once it has settled");
    }
    for (engine, _) in fresh_nodes {
        engine.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_nodes_with_memories_of_their_own_stay_in_step() {
    check_in_step(CacheConfig::Memory { bytes_max: 1 << 20 }).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_nodes_over_one_redis_stay_in_step() {
    let Some(redis) = TestRedis::start() else {
        return;
    };
    check_in_step(CacheConfig::Redis { url: redis.url().into() }).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_another_node_writes_is_read_within_two_seconds() {
    let Some(fresh) = TestStore::postgres().await else {
        return;
    };
    let (one, cx) = house(fresh.store()).await;
    let (two, two_cx) = node(&fresh, 8, CacheConfig::Memory { bytes_max: 1 << 20 }).await;
    let written = set(&cx, "p1", "points", json!(1)).await;
    for number in 2..6 {
        points(&two_cx, &written).await;
        set(&cx, "p1", "points", json!(number)).await;
        let acknowledged = Instant::now();
        while points(&two_cx, &written).await != json!(number) {
            assert!(acknowledged.elapsed() < Duration::from_secs(2), "still the old one");
            tokio::task::yield_now().await;
        }
    }
    one.close().await;
    two.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_transaction_elsewhere_makes_nothing_stale() {
    let Some(fresh) = TestStore::postgres().await else {
        return;
    };
    let (one, cx) = house(fresh.store()).await;
    let (two, two_cx) = node(&fresh, 8, CacheConfig::Memory { bytes_max: 1 << 20 }).await;
    let written = set(&cx, "p1", "points", json!(1)).await;
    two.settle().await.unwrap();
    assert_eq!(points(&two_cx, &written).await, json!(1));
    // It holds the feed back: nobody may read past it.
    let slow = fresh.store().begin().await.unwrap();
    attrium_storage::cursors::update(&slow, cx.workspace, "slow", &attrium_storage::Cursor::START).await.unwrap();
    set(&cx, "p1", "points", json!(2)).await;
    crate::cache::catch_up(&two, cx.workspace).await.unwrap();
    assert_eq!(points(&two_cx, &written).await, json!(2));
    slow.rollback().await.unwrap();
    one.close().await;
    two.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_kept_is_not_asked_of_the_database_again() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let written = set(&cx, "p1", "points", json!(1)).await;
        engine.settle().await.unwrap();
        points(&cx, &written).await;
        store.close().await;
        assert_eq!(points(&cx, &written).await, json!(1));
        assert!(profiles::find_by_external_id(&cx, "p1").await.is_err(), "the database is closed");
        testing::crash(&engine).await;
    })
    .await;
}
