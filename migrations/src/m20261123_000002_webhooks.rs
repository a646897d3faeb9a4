//! Webhooks: endpoints, their sealed secrets, what is owed to them, and each try.

use sea_orm_migration::sea_orm::{DbBackend, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::statements::run;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261123_000002_webhooks"
    }
}

#[expect(elided_lifetimes_in_paths, reason = "the trait is declared so, and async_trait tells the two apart")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, ENDPOINTS).await?;
        run(manager, DELIVERIES).await?;
        match manager.get_database_backend() {
            DbBackend::Sqlite => run(manager, SQLITE).await,
            _ => run(manager, POSTGRES).await,
        }
    }

    // SQLite would otherwise run it without one, and leave half of it behind.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const ENDPOINTS: &[&str] = &[
    "CREATE TABLE endpoints (
        workspace_id UUID NOT NULL REFERENCES workspaces (id),
        id UUID NOT NULL,
        name TEXT NOT NULL,
        url TEXT NOT NULL,
        event_types JSONB NOT NULL,
        attributes JSONB NOT NULL,
        is_ordered BOOLEAN NOT NULL,
        state TEXT NOT NULL,
        state_since BIGINT NOT NULL,
        failures BIGINT NOT NULL,
        failing_since BIGINT,
        last_success_at BIGINT,
        last_failure_at BIGINT,
        revision BIGINT NOT NULL,
        created_at BIGINT NOT NULL,
        updated_at BIGINT NOT NULL,
        PRIMARY KEY (workspace_id, id)
    )",
    "CREATE TABLE endpoint_secrets (
        workspace_id UUID NOT NULL,
        endpoint_id UUID NOT NULL,
        number BIGINT NOT NULL,
        key_id TEXT NOT NULL,
        sealed BYTEA NOT NULL,
        created_at BIGINT NOT NULL,
        expires_at BIGINT,
        PRIMARY KEY (workspace_id, endpoint_id, number),
        FOREIGN KEY (workspace_id, endpoint_id) REFERENCES endpoints (workspace_id, id) ON DELETE CASCADE
    )",
];

/// No foreign keys: deliveries are written at the rate of changes, and those of a deleted endpoint may
/// be too many to go with it at once. Housekeeping sweeps them.
const DELIVERIES: &[&str] = &[
    "CREATE TABLE deliveries (
        workspace_id UUID NOT NULL,
        id UUID NOT NULL,
        endpoint_id UUID NOT NULL,
        sequence BIGINT NOT NULL,
        event_type TEXT NOT NULL,
        profile_id UUID,
        payload TEXT NOT NULL,
        state TEXT NOT NULL,
        run_at BIGINT NOT NULL,
        attempts BIGINT NOT NULL,
        attempts_before BIGINT NOT NULL,
        token BIGINT NOT NULL,
        lease_until BIGINT,
        created_at BIGINT NOT NULL,
        finished_at BIGINT,
        PRIMARY KEY (workspace_id, id)
    )",
    "CREATE INDEX deliveries_due ON deliveries (workspace_id, endpoint_id, run_at, sequence) WHERE state = 'due'",
    "CREATE INDEX deliveries_leased ON deliveries (lease_until) WHERE state = 'leased'",
    // What an ordered endpoint is still owed about one profile.
    "CREATE INDEX deliveries_order ON deliveries (workspace_id, endpoint_id, profile_id, sequence)
        WHERE state IN ('due', 'leased')",
    "CREATE INDEX deliveries_endpoint ON deliveries (workspace_id, endpoint_id, sequence)",
    "CREATE INDEX deliveries_failed ON deliveries (workspace_id, endpoint_id, sequence) WHERE state = 'failed'",
    "CREATE INDEX deliveries_age ON deliveries (created_at)",
    "CREATE TABLE attempts (
        workspace_id UUID NOT NULL,
        delivery_id UUID NOT NULL,
        number BIGINT NOT NULL,
        endpoint_id UUID NOT NULL,
        started_at BIGINT NOT NULL,
        duration_ms BIGINT NOT NULL,
        status BIGINT,
        failure TEXT,
        excerpt TEXT NOT NULL,
        PRIMARY KEY (workspace_id, delivery_id, number)
    )",
    "CREATE INDEX attempts_endpoint ON attempts (workspace_id, endpoint_id, started_at)",
    "CREATE INDEX attempts_age ON attempts (started_at)",
];

const POSTGRES: &[&str] = &[
    "CREATE SEQUENCE delivery_numbers",
    // These rows turn over constantly; the default waits for a fifth of a table to be dead.
    "ALTER TABLE deliveries SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0)",
];

const SQLITE: &[&str] = &["INSERT INTO counters (name, value) VALUES ('delivery_numbers', 0)"];
