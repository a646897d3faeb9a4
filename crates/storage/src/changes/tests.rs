use std::collections::HashMap;
use std::time::Duration;

use super::*;
use crate::error::UniqueKey;
use crate::fixtures::{edit, profile, profile_id, unborn_profile, vandalise, workspace};
use crate::profiles;
use crate::settings::Settings;
use crate::store::Store;
use crate::testing::{TestStore, on_both};

/// Sets the country of a profile in a unit of work of its own, again when another was faster.
async fn altered(store: &Store, workspace: WorkspaceId, number: u128, pause: Duration) {
    loop {
        let tx = store.begin().await.unwrap();
        let mut profile = profiles::find(tx.db(), workspace, profile_id(number)).await.unwrap().unwrap();
        // Not a wait: transactions of different lengths are the point.
        tokio::time::sleep(pause).await;
        let sequence = allocate(&tx, 1).await.unwrap()[0];
        let change = edit(&mut profile, "DE", sequence);
        let Ok(losers) = profiles::update_many(&tx, workspace, &[profile]).await else { continue };
        // Not a wait: as above.
        tokio::time::sleep(pause).await;
        if losers.is_empty() {
            insert_many(&tx, workspace, &[change]).await.unwrap();
            // Not a wait: as above.
            tokio::time::sleep(pause).await;
            tx.commit().await.unwrap();
            return;
        }
    }
}

/// The whole feed, once it holds nothing back. On PostgreSQL a transaction of any other test on the
/// same server holds it back.
async fn all(store: &Store, workspace: WorkspaceId) -> Vec<Change> {
    let committed = count_after(store.db(), workspace, &Cursor::START).await.unwrap();
    loop {
        let changes = feed(store.db(), workspace, &Cursor::START, 1_000).await.unwrap().changes;
        if u64::try_from(changes.len()).unwrap() == committed {
            return changes;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_change_reads_back_as_it_was_written() {
    on_both(|store| async move {
        let (here, there) = (workspace(&store, 1).await, workspace(&store, 2).await);
        let mut profile = profile(&store, here, 1).await;
        let tx = store.begin().await.unwrap();
        let sequence = allocate(&tx, 1).await.unwrap()[0];
        let mut change = edit(&mut profile, "DE", sequence);
        change.attributes[0].is_applied = false;
        insert_many(&tx, here, std::slice::from_ref(&change)).await.unwrap();
        tx.commit().await.unwrap();
        let read = all(&store, here).await;
        assert_eq!(read.len(), 2);
        assert_eq!(read[0].kind, ChangeKind::Created);
        assert_eq!(read[1], change);
        assert_eq!(find_many(store.db(), here, &[change.sequence, i64::MAX]).await.unwrap(), [change.clone()]);
        assert_eq!(find_many(store.db(), here, &[]).await.unwrap(), []);
        assert_eq!(find_many(store.db(), there, &[change.sequence]).await.unwrap(), []);
        assert_eq!(page(store.db(), here, Page::first(1)).await.unwrap(), [change]);
        assert_eq!(page(store.db(), here, Page::after(sequence, 9)).await.unwrap(), read[..1]);
        assert_eq!(page(store.db(), there, Page::first(9)).await.unwrap(), []);
        assert_eq!(all(&store, there).await, []);
        assert_eq!(count_after(store.db(), there, &Cursor::START).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn numbers_are_never_given_twice_and_ascend() {
    on_both(|store| async move {
        let mut given = Vec::new();
        for count in [1, 3, 0, 2] {
            let tx = store.begin().await.unwrap();
            let numbers = allocate(&tx, count).await.unwrap();
            assert_eq!(numbers.len(), count);
            given.extend(numbers);
            tx.commit().await.unwrap();
        }
        assert!(given.is_sorted_by(|one, other| one < other), "{given:?}");
    })
    .await;
}

#[tokio::test]
async fn the_feed_goes_on_where_it_stopped() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        for number in 1..=5 {
            profile(&store, here, number).await;
        }
        all(&store, here).await;
        let first = feed(store.db(), here, &Cursor::START, 3).await.unwrap();
        assert_eq!(first.changes.len(), 3);
        assert_eq!(first.next.sequence(), first.changes[2].sequence);
        assert_eq!(count_after(store.db(), here, &first.next).await.unwrap(), 2);
        // A cursor survives being written down.
        let next: Cursor = first.next.to_string().parse().unwrap();
        let second = feed(store.db(), here, &next, 3).await.unwrap();
        assert_eq!(second.changes.len(), 2);
        assert_eq!(second.next, head(store.db(), here).await.unwrap());
        let third = feed(store.db(), here, &second.next, 3).await.unwrap();
        assert_eq!((third.changes.len(), third.next), (0, second.next));
        assert_eq!(count_after(store.db(), here, &second.next).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_cursor_from_before_a_restore_is_refused() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        profile(&store, here, 1).await;
        all(&store, here).await;
        let before = head(store.db(), here).await.unwrap();
        let tx = store.begin().await.unwrap();
        settings::insert(&tx, &Settings { epoch: 2, is_test_clock: false }).await.unwrap();
        tx.commit().await.unwrap();
        let refused = feed(store.db(), here, &before, 10).await;
        assert!(matches!(refused, Err(StorageError::ForeignEpoch { cursor: 1, database: 2 })));
        assert_eq!(feed(store.db(), here, &Cursor::START, 10).await.unwrap().changes.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_profile_has_one_change_of_each_version() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        let change = edit(&mut unborn_profile(1), "TR", 900);
        let twin = Change { sequence: 901, ..change.clone() };
        let tx = store.begin().await.unwrap();
        insert_many(&tx, here, &[change]).await.unwrap();
        let refused = insert_many(&tx, here, &[twin]).await;
        assert!(matches!(refused, Err(StorageError::UniqueViolation { which: UniqueKey::ProfileVersion })));
    })
    .await;
}

#[tokio::test]
async fn history_comes_newest_first_and_by_attribute() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        profile(&store, here, 1).await;
        profile(&store, here, 2).await;
        for _ in 0..4 {
            altered(&store, here, 1, Duration::ZERO).await;
        }
        let check = async |before_version, key: Option<&str>, expected: &[i64]| {
            let key = key.map(crate::fixtures::key);
            let filter = HistoryFilter { before_version, key: key.as_ref(), limit: 3 };
            let changes = of_profile(store.db(), here, profile_id(1), filter).await.unwrap();
            let versions: Vec<i64> = changes.iter().map(|change| change.version).collect();
            assert_eq!(versions, expected);
        };
        check(None, None, &[5, 4, 3]).await;
        check(Some(3), None, &[2, 1]).await;
        check(None, Some("COUNTRY"), &[5, 4, 3]).await;
        check(None, Some("name"), &[]).await;
    })
    .await;
}

#[tokio::test]
async fn a_body_that_does_not_read_names_its_row() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        profile(&store, here, 1).await;
        vandalise(&store, "UPDATE changes SET body = '[{\"key\": \"country\", \"new\": [\"text\", 7]}]'").await;
        let read = loop {
            // A transaction of another test on the same server may hold the feed back for a moment.
            match feed(store.db(), here, &Cursor::START, 10).await {
                Ok(page) if page.changes.is_empty() => tokio::task::yield_now().await,
                read => break read,
            }
        };
        assert!(matches!(read, Err(StorageError::Corrupt { table: "changes", column: "body", .. })), "{read:?}");
    })
    .await;
}

/// On PostgreSQL the transaction that took the lower number commits later: a feed by number alone
/// would have passed it.
#[tokio::test]
async fn a_slow_transaction_is_waited_for() {
    let Some(fresh) = TestStore::postgres().await else { return };
    let store = fresh.store();
    let here = workspace(store, 1).await;
    let slow = store.begin().await.unwrap();
    let number = allocate(&slow, 1).await.unwrap()[0];
    insert_many(&slow, here, &[edit(&mut unborn_profile(1), "TR", number)]).await.unwrap();
    profile(store, here, 2).await;

    let held_back = feed(store.db(), here, &Cursor::START, 10).await.unwrap();
    assert_eq!(held_back.changes, []);
    assert_eq!(count_after(store.db(), here, &held_back.next).await.unwrap(), 1);
    slow.commit().await.unwrap();
    let numbers: Vec<i64> = all(store, here).await.iter().map(|change| change.sequence).collect();
    assert_eq!(numbers, [number, number + 1]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixteen_writers_of_any_speed_lose_and_repeat_nothing() {
    const WRITERS: u64 = 16;
    const CHANGES: u64 = 12;
    const PROFILES: u64 = 24;
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        for number in 1..=PROFILES {
            profile(&store, here, number.into()).await;
        }
        let writers = tokio_util::task::TaskTracker::new();
        for writer in 0..WRITERS {
            let store = store.clone();
            writers.spawn(async move {
                for round in 0..CHANGES {
                    // As good as random, and the same each time.
                    let mixed = (writer * CHANGES + round).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
                    let pause = Duration::from_millis(mixed % 12);
                    altered(&store, here, (mixed % PROFILES + 1).into(), pause).await;
                }
            });
        }
        writers.close();
        let mut read: Vec<Change> = Vec::new();
        let mut cursor = Cursor::START;
        let total = usize::try_from(WRITERS * CHANGES + PROFILES).unwrap();
        while !writers.is_empty() || count_after(store.db(), here, &cursor).await.unwrap() != 0 {
            let page = feed(store.db(), here, &cursor, 7).await.unwrap();
            read.extend(page.changes);
            cursor = page.next;
        }
        let mut numbers: Vec<i64> = read.iter().map(|change| change.sequence).collect();
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!((read.len(), numbers.len()), (total, total));
        let mut versions: HashMap<ProfileId, i64> = HashMap::new();
        for change in &read {
            let version = versions.entry(change.profile).or_default();
            assert_eq!(change.version, *version + 1, "versions of a profile come in their order");
            *version = change.version;
        }
    })
    .await;
}

#[tokio::test]
async fn versions_tell_of_changes_that_the_feed_still_holds_back() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        let first = profile(&store, here, 1).await;
        all(&store, here).await;
        let page = versions_after(store.db(), here, &Cursor::START, 10).await.unwrap();
        assert_eq!((page.versions.as_slice(), page.is_last), ([(first.id, 1)].as_slice(), true));
        let seen = page.next;
        assert_eq!(seen, head(store.db(), here).await.unwrap());
        if store.is_sqlite() {
            return;
        }
        let slow = store.begin().await.unwrap();
        slow.db().execute("SELECT pg_current_xact_id()".to_owned(), Vec::new()).await.unwrap();
        let second = profile(&store, here, 2).await;
        assert_eq!(feed(store.db(), here, &seen, 10).await.unwrap().changes, []);
        let page = versions_after(store.db(), here, &seen, 10).await.unwrap();
        assert_eq!((page.versions.as_slice(), page.next), ([(second.id, 1)].as_slice(), seen));
        let full = versions_after(store.db(), here, &Cursor::START, 1).await.unwrap();
        assert_eq!((full.is_last, full.next), (false, seen));
        slow.rollback().await.unwrap();
    })
    .await;
}
