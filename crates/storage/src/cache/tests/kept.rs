//! Claims about what is kept, how often the database is asked, and who waits for whom.

use futures_util::future::join_all;

use super::*;

#[tokio::test]
async fn a_profile_is_loaded_once_and_again_when_it_was_altered() {
    let (database, cache) = (Database::default(), in_memory());
    assert_eq!(database.find(&cache, 1).await, 0);
    database.commit(1);
    assert_eq!(database.find(&cache, 1).await, 1);
    assert_eq!(database.find(&cache, 1).await, 1);
    assert_eq!(database.loads(), 2, "that there is none is not kept");
    let version = database.commit(1);
    cache.forget_older(here(), &[(profile_id(1), version)]).await;
    assert_eq!(database.find(&cache, 1).await, 2);
    cache.forget_older(here(), &[(profile_id(1), version)]).await;
    assert_eq!(database.find(&cache, 1).await, 2);
    assert_eq!(database.loads(), 3);
}

#[tokio::test]
async fn nothing_is_believed_without_having_heard_the_end_of_the_feed() {
    let (database, cache) = (Database::default(), in_memory());
    database.commit(1);
    database.find(&cache, 1).await;
    let elsewhere = WorkspaceId::from_uuid(crate::fixtures::uuid(2));
    let load = |ids| database.load(ids);
    cache.find_many(elsewhere, &[profile_id(1)], load).await.unwrap();
    assert_eq!(database.loads(), 2);
    cache.heard(here(), Instant::now().checked_sub(Duration::from_secs(2)).unwrap());
    database.find(&cache, 1).await;
    assert_eq!(database.loads(), 3);
    cache.heard(here(), Instant::now());
    database.find(&cache, 1).await;
    assert_eq!(database.loads(), 3);
    cache.doubt();
    cache.heard(here(), Instant::now());
    database.find(&cache, 1).await;
    assert_eq!(database.loads(), 4);
}

#[tokio::test]
async fn a_thousand_who_miss_one_profile_load_it_once() {
    let (database, cache) = (Database::default(), in_memory());
    database.commit(1);
    let found = join_all((0..1_000).map(|_| database.find(&cache, 1))).await;
    assert_eq!(found, [1; 1_000]);
    assert_eq!(database.loads(), 1);
}

#[tokio::test]
async fn many_are_loaded_together_and_each_is_answered_once() {
    let (database, cache) = (Database::default(), in_memory());
    for number in 1..=5 {
        database.commit(number);
    }
    database.find(&cache, 2).await;
    let ids = [5, 2, 1, 2, 9].map(profile_id);
    let load = |ids| database.load(ids);
    let mut found = cache.find_many(here(), &ids, load).await.unwrap();
    found.sort_by_key(|profile| profile.id);
    assert_eq!(found, [profile(1, 1), profile(2, 1), profile(5, 1)]);
    assert_eq!(database.loads(), 2);
}

#[tokio::test]
async fn whoever_waits_for_one_that_gave_up_loads_for_itself() {
    let (database, cache) = (Database::default(), in_memory());
    database.commit(1);
    let never = |_| std::future::pending();
    let ids = [profile_id(1)];
    let mut pilot = Box::pin(cache.find_many(here(), &ids, never));
    assert!(futures_util::poll!(&mut pilot).is_pending());
    let mut passenger = Box::pin(database.find(&cache, 1));
    assert!(futures_util::poll!(&mut passenger).is_pending());
    assert_eq!(database.loads(), 0);
    drop(pilot);
    assert_eq!(passenger.await, 1);
    let failing = async |_: Vec<ProfileId>| Err(StorageError::ForeignKeyViolation);
    let other = [profile_id(2)];
    let (failed, found) = tokio::join!(cache.find_many(here(), &other, failing), database.find(&cache, 2));
    assert!(failed.is_err());
    assert_eq!(found, 0);
}

#[tokio::test]
async fn who_was_told_of_a_version_is_not_handed_an_older_one_that_was_on_its_way() {
    let (database, cache) = (Database::default(), in_memory());
    database.commit(1);
    let mut pilot = Box::pin(database.find(&cache, 1));
    // The load has read version 1 and is on its way back.
    for _ in 0..3 {
        assert!(futures_util::poll!(&mut pilot).is_pending());
    }
    let version = database.commit(1);
    cache.forget_older(here(), &[(profile_id(1), version)]).await;
    let mut passenger = Box::pin(database.find(&cache, 1));
    assert!(futures_util::poll!(&mut passenger).is_pending());
    assert_eq!(database.loads(), 1, "it waits for the other");
    assert_eq!(pilot.await, 1);
    assert_eq!(passenger.await, 2);
    assert_eq!(database.find(&cache, 1).await, 2);
}

#[tokio::test]
async fn a_profile_that_is_gone_is_not_answered_even_if_it_was_on_its_way() {
    let (database, cache) = (Database::default(), in_memory());
    database.commit(1);
    database.commit(2);
    assert_eq!(database.find(&cache, 1).await, 1);
    let mut pilot = Box::pin(database.find(&cache, 2));
    for _ in 0..3 {
        assert!(futures_util::poll!(&mut pilot).is_pending());
    }
    let gone = [(profile_id(1), database.erase(1)), (profile_id(2), database.erase(2))];
    cache.forget_older(here(), &gone).await;
    assert_eq!(pilot.await, 1, "it began before");
    assert_eq!(database.find(&cache, 1).await, 0);
    assert_eq!(database.find(&cache, 2).await, 0);
}

#[test]
fn a_body_reads_back_and_belongs_to_one_profile_of_one_workspace() {
    let there = WorkspaceId::from_uuid(crate::fixtures::uuid(2));
    let mut kept = profile(1, 3);
    edit(&mut kept, "two\nlines", 4);
    let text = body::write(here(), &kept).unwrap();
    assert_eq!(body::read(here(), kept.id, text.as_bytes()), Some(kept.clone()));
    assert_eq!(body::read(here(), profile_id(2), text.as_bytes()), None);
    assert_eq!(body::read(there, kept.id, text.as_bytes()), None);
    assert_eq!(body::read(here(), kept.id, &text.as_bytes()[..text.len() - 1]), None);
    assert_eq!(body::read(here(), kept.id, b""), None);
}

#[test]
fn what_is_no_address_of_a_redis_is_refused() {
    for url in ["", "127.0.0.1", "http://127.0.0.1", "redis://"] {
        let refused = Cache::open(&CacheConfig::Redis { url: url.to_owned().into() });
        assert!(matches!(refused, Err(StorageError::BadRedisUrl)), "{url}");
    }
}
