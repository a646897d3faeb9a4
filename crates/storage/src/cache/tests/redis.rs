//! Claims about Redis: what nodes share, and what becomes of it when Redis goes.

use futures_util::future::join_all;

use super::*;
use crate::testing::TestRedis;

async fn node(redis: &TestRedis) -> Cache {
    let cache = Cache::open(&CacheConfig::Redis { url: redis.url().into() }).unwrap();
    tended(&cache).await;
    cache
}

#[tokio::test]
async fn what_one_node_loaded_another_does_not() {
    let Some(redis) = TestRedis::start() else { return };
    let (database, one, two) = (Database::default(), node(&redis).await, node(&redis).await);
    database.commit(1);
    assert_eq!(database.find(&one, 1).await, 1);
    assert_eq!(database.find(&two, 1).await, 1);
    assert_eq!(database.loads(), 1);
    let version = database.commit(1);
    one.forget_older(here(), &[(profile_id(1), version)]).await;
    assert_eq!(database.find(&two, 1).await, 2);
    assert_eq!(database.find(&one, 1).await, 2);
    assert_eq!(database.loads(), 2);
}

#[tokio::test]
async fn a_thousand_who_miss_one_profile_in_redis_load_it_once() {
    let Some(redis) = TestRedis::start() else { return };
    let (database, cache) = (Database::default(), node(&redis).await);
    database.commit(1);
    let found = join_all((0..1_000).map(|_| database.find(&cache, 1))).await;
    assert_eq!(found, [1; 1_000]);
    assert_eq!(database.loads(), 1);
}

#[tokio::test]
async fn a_load_that_is_late_is_not_kept() {
    let Some(redis) = TestRedis::start() else { return };
    let (database, slow, quick) = (Database::default(), node(&redis).await, node(&redis).await);
    database.commit(1);
    let stale = async |ids| {
        let found = database.load(ids).await;
        let version = database.commit(1);
        quick.forget_older(here(), &[(profile_id(1), version)]).await;
        assert_eq!(database.find(&quick, 1).await, 2);
        found
    };
    let found = slow.find_many(here(), &[profile_id(1)], stale).await.unwrap();
    assert_eq!(found[0].version, 1, "it began before");
    assert_eq!(database.find(&slow, 1).await, 2);
    assert_eq!(database.find(&quick, 1).await, 2);
    assert_eq!(database.loads(), 2, "what the quick one loaded is kept");
}

#[tokio::test]
async fn a_profile_that_is_gone_is_gone_from_redis() {
    let Some(redis) = TestRedis::start() else { return };
    let (database, one, two) = (Database::default(), node(&redis).await, node(&redis).await);
    database.commit(1);
    assert_eq!(database.find(&one, 1).await, 1);
    assert_eq!(redis.ask("DBSIZE"), ":2");
    one.forget_older(here(), &[(profile_id(1), database.erase(1))]).await;
    assert_eq!(redis.ask("DBSIZE"), ":1", "only the generation is left");
    assert_eq!(database.find(&two, 1).await, 0);
}

#[tokio::test]
async fn a_node_that_begins_believes_nothing_that_is_there() {
    let Some(redis) = TestRedis::start() else { return };
    let (database, one) = (Database::default(), node(&redis).await);
    database.commit(1);
    database.find(&one, 1).await;
    // Committed by a node that died before it told anyone.
    database.commit(1);
    let two = node(&redis).await;
    assert_eq!(database.find(&two, 1).await, 2);
    assert_eq!(database.find(&one, 1).await, 2);
    assert_eq!(database.loads(), 2);
}

#[tokio::test]
async fn a_redis_that_is_gone_is_a_miss_and_what_it_missed_it_is_told() {
    let Some(mut redis) = TestRedis::start() else { return };
    let (database, cache) = (Database::default(), node(&redis).await);
    database.commit(1);
    database.find(&cache, 1).await;
    redis.snapshot();
    redis.freeze();
    let version = database.commit(1);
    cache.forget_older(here(), &[(profile_id(1), version)]).await;
    assert!(cache.is_degraded());
    let began = Instant::now();
    assert_eq!(database.find(&cache, 1).await, 2);
    assert!(began.elapsed() < Duration::from_millis(900), "nobody waits for it any more");
    cache.tend().await;
    assert!(cache.is_degraded());
    redis.thaw();
    tended(&cache).await;
    assert_eq!(database.find(&cache, 1).await, 2);
    let loads = database.loads();
    assert_eq!(database.find(&cache, 1).await, 2);
    assert_eq!(database.loads(), loads, "it is used again");

    // An old life of it comes back, with version 1 in it.
    redis.stop();
    redis.resume();
    assert_eq!(database.find(&cache, 1).await, 2);
    tended(&cache).await;
    assert_eq!(database.find(&cache, 1).await, 2);
}

#[tokio::test]
async fn more_than_can_be_remembered_empties_it() {
    let Some(redis) = TestRedis::start() else { return };
    let (database, cache) = (Database::default(), node(&redis).await);
    database.commit(1);
    database.find(&cache, 1).await;
    redis.freeze();
    let version = database.commit(1);
    cache.forget_older(here(), &[(profile_id(1), version)]).await;
    let many: Vec<(ProfileId, i64)> = (2..20_000).map(|number| (profile_id(number), 1)).collect();
    cache.forget_older(here(), &many).await;
    redis.thaw();
    tended(&cache).await;
    assert_eq!(database.find(&cache, 1).await, 2);
}

#[tokio::test]
async fn a_redis_that_was_never_there_delays_nothing() {
    let cache = Cache::open(&CacheConfig::Redis { url: "redis://127.0.0.1:1".to_owned().into() }).unwrap();
    assert!(!cache.is_degraded(), "nobody has looked yet");
    cache.tend().await;
    assert!(cache.is_degraded());
    cache.heard(here(), Instant::now());
    let database = Database::default();
    database.commit(1);
    assert_eq!(database.find(&cache, 1).await, 1);
}

#[tokio::test]
async fn a_redis_that_speaks_no_tls_is_away_for_who_wants_it() {
    let Some(redis) = TestRedis::start() else { return };
    let url = redis.url().replace("redis://", "rediss://");
    let cache = Cache::open(&CacheConfig::Redis { url: url.into() }).unwrap();
    cache.tend().await;
    assert!(cache.is_degraded());
}

#[tokio::test]
async fn nothing_in_redis_stays_for_ever() {
    let Some(redis) = TestRedis::start() else { return };
    let (database, cache) = (Database::default(), node(&redis).await);
    database.commit(1);
    database.find(&cache, 1).await;
    assert_eq!(redis.ask("DBSIZE"), ":2");
    let endless = "EVAL \"local endless = 0 for _, key in ipairs(redis.call('KEYS', '*')) do \
                   if redis.call('TTL', key) < 0 then endless = endless + 1 end end return endless\" 0";
    assert_eq!(redis.ask(endless), ":0");
}
