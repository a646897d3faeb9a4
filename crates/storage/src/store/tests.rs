use std::time::Duration;

use super::*;
use crate::fixtures::{vandalise, workspace, workspace_value};
use crate::testing::{TestStore, on_both};
use crate::{settings, workspaces};

async fn in_folder(folder: &std::path::Path) -> Result<Store, StorageError> {
    let url = format!("sqlite://{}", folder.join("data/attrium.db").display());
    Store::open(StoreConfig::new(url.into())).await
}

#[tokio::test]
async fn a_transaction_that_is_dropped_leaves_nothing_behind() {
    on_both(|store| async move {
        let tx = store.begin().await.unwrap();
        workspaces::insert(&tx, &workspace_value(1)).await.unwrap();
        assert!(workspaces::find(tx.db(), workspace_value(1).id).await.unwrap().is_some());
        assert!(workspaces::find(store.db(), workspace_value(1).id).await.unwrap().is_none());
        drop(tx);
        workspace(&store, 2).await;
        assert!(workspaces::find(store.db(), workspace_value(1).id).await.unwrap().is_none());
        store.ping().await.unwrap();
    })
    .await;
}

/// Drops BEGINs at every stage of their flight. A connection that went back to the pool inside a
/// transaction would swallow a later write: it answers "1 row", and nobody else ever sees it.
#[tokio::test]
async fn a_cancelled_begin_does_not_poison() {
    on_both(|store| async move {
        for round in 0..200_u64 {
            let begun = tokio::time::timeout(Duration::from_micros(round * 10), store.begin()).await;
            drop(begun);
        }
        for number in 1..=40 {
            let id = workspace(&store, number).await;
            assert!(workspaces::find(store.db(), id).await.unwrap().is_some(), "{number}");
        }
    })
    .await;
}

/// What the guard does when a connection comes back inside a transaction, whole or failed.
#[tokio::test]
async fn a_connection_that_comes_back_inside_a_transaction_is_cleaned() {
    let Some(fresh) = TestStore::postgres().await else { return };
    let mut config = StoreConfig::new(fresh.url().into());
    config.connections_max = 1;
    let store = Store::open(config).await.unwrap();
    for (epoch, poison) in [(1, "BEGIN; SELECT 1"), (2, "BEGIN; SELECT 1 / 0")] {
        let _ = store.db().executor().execute_unprepared(poison).await;
        // Outside a transaction, so that it would be swallowed by one that was left open.
        let sql = format!(
            "INSERT INTO settings (id, epoch, is_test_clock) VALUES (1, {epoch}, FALSE)
             ON CONFLICT (id) DO UPDATE SET epoch = excluded.epoch"
        );
        store.db().execute(sql, Vec::new()).await.unwrap();
        let seen = settings::find(fresh.store().db()).await.unwrap();
        assert_eq!(seen.map(|settings| settings.epoch), Some(epoch), "{poison}");
    }
    store.close().await;
}

#[tokio::test]
async fn a_write_after_a_read_never_meets_a_stale_snapshot() {
    on_both(|store| async move {
        workspace(&store, 1).await;
        let slow = async {
            let tx = store.begin().await.unwrap();
            workspaces::find(tx.db(), workspace_value(1).id).await.unwrap();
            // Not a wait: the other transaction must fall into this one.
            tokio::time::sleep(Duration::from_millis(30)).await;
            workspaces::insert(&tx, &workspace_value(2)).await.unwrap();
            tx.commit().await.unwrap();
        };
        tokio::join!(slow, workspace(&store, 3));
        assert_eq!(workspaces::page(store.db(), crate::Page::first(9)).await.unwrap().len(), 3);
    })
    .await;
}

#[tokio::test]
async fn nobody_waits_for_a_connection_for_ever() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("attrium.db").display());
    let mut config = StoreConfig::new(url.into());
    config.acquire_timeout = Duration::from_secs(1);
    let store = Store::open(config).await.unwrap();
    let _held = store.begin().await.unwrap();
    let refused = store.begin().await.unwrap_err();
    assert!(matches!(refused, StorageError::Unavailable { .. }));
}

#[tokio::test]
async fn readers_of_a_file_cannot_write() {
    let fresh = TestStore::sqlite().await;
    workspace(fresh.store(), 1).await;
    let refused = fresh.store().db().execute("DELETE FROM workspaces".to_owned(), Vec::new()).await;
    assert!(matches!(refused, Err(StorageError::Driver { .. })), "{refused:?}");
}

#[tokio::test]
async fn a_file_is_safe_and_private() {
    let folder = tempfile::tempdir().unwrap();
    let store = in_folder(folder.path()).await.unwrap();
    store.migrate().await.unwrap();
    let tx = store.begin().await.unwrap();
    for (pragma, expected) in [("journal_mode", "wal"), ("synchronous", "2"), ("foreign_keys", "1")] {
        let row = tx.db().row(format!("SELECT CAST({pragma} AS text) FROM pragma_{pragma}"), Vec::new()).await.unwrap();
        assert_eq!(row.unwrap().try_get_by_index::<String>(0).unwrap(), expected, "{pragma}");
    }
    tx.rollback().await.unwrap();
    #[cfg(unix)]
    for entry in std::fs::read_dir(folder.path().join("data")).unwrap() {
        let entry = entry.unwrap();
        let mode = std::os::unix::fs::PermissionsExt::mode(&entry.metadata().unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600, "{:?}", entry.file_name());
    }
    store.close().await;
}

#[tokio::test]
async fn a_file_has_one_process() {
    let folder = tempfile::tempdir().unwrap();
    let store = in_folder(folder.path()).await.unwrap();
    assert!(matches!(in_folder(folder.path()).await, Err(StorageError::Locked { .. })));
    store.close().await;
    in_folder(folder.path()).await.unwrap().close().await;
}

#[tokio::test]
async fn a_file_that_was_killed_is_looked_over_and_opens() {
    let folder = tempfile::tempdir().unwrap();
    let store = in_folder(folder.path()).await.unwrap();
    store.migrate().await.unwrap();
    workspace(&store, 1).await;
    // What a kill leaves: the file with its log, and no lock.
    let copy = tempfile::tempdir().unwrap();
    std::fs::create_dir(copy.path().join("data")).unwrap();
    for name in ["attrium.db", "attrium.db-wal"] {
        std::fs::copy(folder.path().join("data").join(name), copy.path().join("data").join(name)).unwrap();
    }
    let opened = in_folder(copy.path()).await.unwrap();
    assert!(workspaces::find(opened.db(), workspace_value(1).id).await.unwrap().is_some());
    opened.close().await;
    store.close().await;
}

#[tokio::test]
async fn an_address_that_names_no_database_is_refused() {
    for url in [
        "",
        "attrium.db",
        "mysql://host/db",
        "sqlite::memory:",
        "sqlite://file?mode=memory",
        "postgres://[",
        "sqlite://",
    ] {
        let refused = Store::open(StoreConfig::new(url.into())).await;
        assert!(matches!(refused, Err(StorageError::BadUrl { .. })), "{url}: {refused:?}");
    }
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_unavailable() {
    let refused = Store::open(StoreConfig::new("postgres://nobody@127.0.0.1:1/none".into())).await;
    assert!(matches!(refused, Err(StorageError::Unavailable { .. })), "{refused:?}");
}

#[tokio::test]
async fn connections_to_postgres_have_their_limits() {
    let Some(fresh) = TestStore::postgres().await else { return };
    for (setting, expected) in [
        ("statement_timeout", "5s"),
        ("lock_timeout", "1s"),
        ("idle_in_transaction_session_timeout", "15s"),
        ("application_name", "attrium"),
        ("synchronous_commit", "on"),
    ] {
        let row = fresh.store().db().row(format!("SHOW {setting}"), Vec::new()).await.unwrap().unwrap();
        assert_eq!(row.try_get_by_index::<String>(0).unwrap(), expected, "{setting}");
    }
}

#[tokio::test]
async fn a_row_of_the_wrong_shape_is_an_error_and_no_panic() {
    let fresh = TestStore::sqlite().await;
    let id = workspace(fresh.store(), 1).await;
    vandalise(fresh.store(), "UPDATE workspaces SET created_at = 'yesterday'").await;
    let read = workspaces::find(fresh.store().db(), id).await;
    assert!(matches!(read, Err(StorageError::Driver { .. })), "{read:?}");
}

#[test]
fn versions_of_sqlite_compare_by_number() {
    for version in ["3.51.3", "3.51.10", "3.52.0", "4.0.0"] {
        assert!(sqlite::is_safe(version), "{version}");
    }
    for version in ["3.51.2", "3.46.0", "3.5.9", "", "unknown"] {
        assert!(!sqlite::is_safe(version), "{version}");
    }
}
