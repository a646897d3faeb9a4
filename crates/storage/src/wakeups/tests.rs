use std::time::Duration;

use super::*;
use crate::config::StoreConfig;
use crate::fixtures::{profile, workspace};
use crate::store::Store;
use crate::testing::{TestStore, on_both};

async fn is_woken(wakeups: &mut Wakeups, topic: Topic, within: Duration) -> bool {
    tokio::time::timeout(within, wakeups.next(topic)).await.is_ok()
}

const SOON: Duration = Duration::from_secs(5);
const NEVER: Duration = Duration::from_millis(50);

#[tokio::test]
async fn a_commit_wakes_those_who_follow_its_topic() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        let mut wakeups = store.wakeups();
        // The listener of PostgreSQL signals everything once it is connected.
        while is_woken(&mut wakeups, Topic::Changes, NEVER * 4).await {}
        while is_woken(&mut wakeups, Topic::Jobs, NEVER).await {}
        profile(&store, here, 1).await;
        assert!(is_woken(&mut wakeups, Topic::Changes, SOON).await);
        assert!(!is_woken(&mut wakeups, Topic::Jobs, NEVER).await);
    })
    .await;
}

#[tokio::test]
async fn what_is_rolled_back_wakes_nobody() {
    on_both(|store| async move {
        let mut wakeups = store.wakeups();
        while is_woken(&mut wakeups, Topic::Changes, NEVER * 4).await {}
        let tx = store.begin().await.unwrap();
        tx.mark(Topic::Changes);
        tx.rollback().await.unwrap();
        assert!(!is_woken(&mut wakeups, Topic::Changes, NEVER).await);
    })
    .await;
}

#[tokio::test]
async fn another_node_is_woken_and_survives_a_lost_connection() {
    let Some(fresh) = TestStore::postgres().await else { return };
    let here = workspace(fresh.store(), 1).await;
    let other = Store::open(StoreConfig::new(fresh.url().into())).await.unwrap();
    let mut wakeups = other.wakeups();
    while is_woken(&mut wakeups, Topic::Changes, NEVER * 4).await {}
    profile(fresh.store(), here, 1).await;
    assert!(is_woken(&mut wakeups, Topic::Changes, SOON).await);

    // The server ends the listening connections: whoever follows is woken once they are back.
    let sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND query LIKE 'LISTEN%'";
    fresh.store().db().rows(sql.to_owned(), Vec::new()).await.unwrap();
    assert!(is_woken(&mut wakeups, Topic::Changes, SOON).await);
    while is_woken(&mut wakeups, Topic::Changes, NEVER * 4).await {}
    profile(fresh.store(), here, 2).await;
    assert!(is_woken(&mut wakeups, Topic::Changes, SOON).await);
    other.close().await;
}
