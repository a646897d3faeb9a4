use attrium_migrations::{MigrationName, MigrationTrait, SOURCES, async_trait};
use secrecy::SecretString;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};

use super::*;
use crate::config::StoreConfig;
use crate::fixtures::vandalise;
use crate::testing::TestStore;

/// A database without tables on each side. The one on PostgreSQL is a test's own, emptied.
async fn empty_stores() -> Vec<TestStore> {
    let mut stores = TestStore::both().await;
    for fresh in &mut stores {
        for table in tables(fresh.store()).await {
            let cascade = if fresh.store().is_sqlite() { "" } else { " CASCADE" };
            vandalise(fresh.store(), "SELECT 1").await;
            drop_table(fresh, &format!("DROP TABLE {table}{cascade}")).await;
        }
        if !fresh.store().is_sqlite() {
            drop_table(fresh, "DROP SEQUENCE change_numbers, transition_numbers, delivery_numbers").await;
        }
    }
    stores
}

/// On a connection of its own: SQLite checks foreign keys when a table is dropped.
async fn drop_table(fresh: &TestStore, sql: &str) {
    match &fresh.store().inner.pools {
        Pools::Sqlite(pools) => {
            let mut writer = pools.writer.get_sqlite_connection_pool().acquire().await.unwrap();
            let sql = format!("PRAGMA foreign_keys = OFF; {sql}; PRAGMA foreign_keys = ON");
            sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut *writer).await.unwrap();
        }
        Pools::Postgres(_) => {
            let options: PgConnectOptions = fresh.url().parse().unwrap();
            let mut connection = options.connect().await.unwrap();
            sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut connection).await.unwrap();
            connection.close().await.unwrap();
        }
    }
}

async fn tables(store: &Store) -> Vec<String> {
    let sql = if store.is_sqlite() {
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    } else {
        "SELECT CAST(tablename AS text) FROM pg_tables WHERE schemaname = 'public'"
    };
    let rows = store.db().rows(sql.to_owned(), Vec::new()).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

struct Halfway;

impl MigrationName for Halfway {
    fn name(&self) -> &'static str {
        "m20991231_000001_halfway"
    }
}

#[expect(elided_lifetimes_in_paths, reason = "the trait is declared so, and async_trait tells the two apart")]
#[async_trait::async_trait]
impl MigrationTrait for Halfway {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared("CREATE TABLE half (id BIGINT)").await?;
        manager.get_connection().execute_unprepared("CREATE TABLE half (id BIGINT)").await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

struct Broken;

#[async_trait::async_trait]
impl MigratorTrait for Broken {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let mut migrations = Migrator::migrations();
        migrations.push(Box::new(Halfway));
        migrations
    }
}

#[test]
fn every_migration_runs_in_a_transaction_and_is_in_the_sources() {
    let migrations = Migrator::migrations();
    for migration in &migrations {
        assert_eq!(migration.use_transaction(), Some(true), "{}", migration.name());
        assert!(SOURCES.iter().any(|source| source.contains(migration.name())), "{}", migration.name());
    }
    let names: Vec<&str> = migrations.iter().map(|migration| migration.name()).collect();
    assert!(names.is_sorted(), "{names:?}");
}

#[tokio::test]
async fn an_empty_database_is_behind_and_then_current() {
    for fresh in empty_stores().await {
        let pending = Migrator::migrations().len();
        assert_eq!(fresh.store().schema_state().await.unwrap(), SchemaState::Behind { pending });
        assert_eq!(tables(fresh.store()).await, Vec::<String>::new(), "looking changes nothing");
        assert_eq!(fresh.store().migrate().await.unwrap(), pending);
        assert_eq!(fresh.store().schema_state().await.unwrap(), SchemaState::Current);
        assert_eq!(fresh.store().migrate().await.unwrap(), 0);
    }
}

#[tokio::test]
async fn a_failed_migration_leaves_nothing_behind() {
    for fresh in empty_stores().await {
        let failed = fresh.store().migrate_with::<Broken>().await;
        assert!(matches!(failed, Err(StorageError::MigrationFailed { .. })), "{failed:?}");
        assert!(!tables(fresh.store()).await.contains(&"half".to_owned()));
        // What came before it stands, whole.
        assert_eq!(fresh.store().schema_state().await.unwrap(), SchemaState::Current);
        assert!(tables(fresh.store()).await.contains(&"profiles".to_owned()));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_nodes_migrate_once() {
    for fresh in empty_stores().await {
        let url = SecretString::from(fresh.url());
        // A file has one process: the second waits until the first is done and has let go.
        let is_sqlite = fresh.store().is_sqlite();
        if is_sqlite {
            fresh.store().close().await;
        }
        let node = async || {
            let mut config = StoreConfig::new(url.clone());
            config.lock_wait = Duration::from_secs(10);
            let store = Store::open(config).await.unwrap();
            let applied = store.migrate().await.unwrap();
            store.close().await;
            applied
        };
        let (one, other, third) = tokio::join!(node(), node(), node());
        assert_eq!(one + other + third, Migrator::migrations().len());
    }
}

#[tokio::test]
async fn a_database_that_is_ahead_is_refused() {
    for fresh in TestStore::both().await {
        vandalise(fresh.store(), "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m2999_tomorrow', 0)")
            .await;
        let newest = "m2999_tomorrow".to_owned();
        assert_eq!(fresh.store().schema_state().await.unwrap(), SchemaState::Ahead { newest: newest.clone() });
        match fresh.store().migrate().await {
            Err(StorageError::Ahead { newest: named }) => assert_eq!(named, newest),
            other => panic!("{other:?}"),
        }
    }
}

/// So that row-level security can be switched on later without new tables.
#[tokio::test]
async fn every_key_begins_with_the_workspace() {
    let fresh = TestStore::sqlite().await;
    let global = ["settings", "workspaces", "users", "sessions", "counters", "seaql_migrations"];
    for table in tables(fresh.store()).await {
        if global.contains(&table.as_str()) {
            continue;
        }
        let sql = format!(
            "SELECT list.name, info.name FROM pragma_index_list('{table}') AS list
             JOIN pragma_index_info(list.name) AS info ON info.seqno = 0 WHERE list.\"unique\" = 1"
        );
        let keys = fresh.store().db().rows(sql, Vec::new()).await.unwrap();
        assert!(!keys.is_empty(), "{table} has a key");
        for key in keys {
            assert_eq!(key.try_get_by_index::<String>(1).unwrap(), "workspace_id", "{table}");
        }
    }
}
