//! The first tables.
//!
//! Every primary, unique and foreign key begins with the workspace, but for what is global by nature:
//! workspaces, users and their sessions, and the settings. Instants are microseconds since 1970 in UTC.

use sea_orm_migration::sea_orm::{DbBackend, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::statements::run;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261123_000001_house"
    }
}

#[expect(elided_lifetimes_in_paths, reason = "the trait is declared so, and async_trait tells the two apart")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for statements in [GLOBAL, PEOPLE, PROFILES, AUDIENCES, WORK] {
            run(manager, statements).await?;
        }
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

const GLOBAL: &[&str] = &[
    "CREATE TABLE settings (
        id SMALLINT PRIMARY KEY CHECK (id = 1),
        epoch BIGINT NOT NULL,
        is_test_clock BOOLEAN NOT NULL
    )",
    "CREATE TABLE workspaces (
        id UUID NOT NULL PRIMARY KEY,
        key TEXT COLLATE \"C\" NOT NULL UNIQUE,
        name TEXT NOT NULL,
        time_zone TEXT NOT NULL,
        created_at BIGINT NOT NULL
    )",
];

const PEOPLE: &[&str] = &[
    "CREATE TABLE users (
        id UUID NOT NULL PRIMARY KEY,
        email TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        password_hash TEXT NOT NULL,
        created_at BIGINT NOT NULL
    )",
    "CREATE TABLE workspace_users (
        workspace_id UUID NOT NULL REFERENCES workspaces (id),
        user_id UUID NOT NULL REFERENCES users (id),
        role TEXT NOT NULL,
        PRIMARY KEY (workspace_id, user_id)
    )",
    "CREATE INDEX workspace_users_user ON workspace_users (user_id)",
    "CREATE TABLE sessions (
        id UUID NOT NULL PRIMARY KEY,
        user_id UUID NOT NULL REFERENCES users (id),
        token_hash BYTEA NOT NULL UNIQUE,
        created_at BIGINT NOT NULL,
        last_used_at BIGINT NOT NULL,
        expires_at BIGINT NOT NULL
    )",
    "CREATE INDEX sessions_user ON sessions (user_id, created_at)",
    "CREATE INDEX sessions_expiry ON sessions (expires_at)",
    "CREATE TABLE api_keys (
        workspace_id UUID NOT NULL REFERENCES workspaces (id),
        id UUID NOT NULL,
        name TEXT NOT NULL,
        prefix TEXT NOT NULL,
        secret_hash BYTEA NOT NULL,
        scopes JSONB NOT NULL,
        created_by TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        last_used_at BIGINT,
        revoked_at BIGINT,
        PRIMARY KEY (workspace_id, id)
    )",
    // Not unique: this is the door by which a request finds its workspace, before one is known.
    "CREATE INDEX api_keys_prefix ON api_keys (prefix)",
];

const PROFILES: &[&str] = &[
    "CREATE TABLE attributes (
        workspace_id UUID NOT NULL REFERENCES workspaces (id),
        id UUID NOT NULL,
        key TEXT NOT NULL,
        folded_key TEXT COLLATE \"C\" NOT NULL,
        label TEXT NOT NULL,
        description TEXT NOT NULL,
        value_type TEXT NOT NULL,
        format JSONB,
        privacy_class TEXT NOT NULL,
        revision BIGINT NOT NULL,
        created_at BIGINT NOT NULL,
        updated_at BIGINT NOT NULL,
        PRIMARY KEY (workspace_id, id),
        UNIQUE (workspace_id, folded_key)
    )",
    "CREATE TABLE profiles (
        workspace_id UUID NOT NULL REFERENCES workspaces (id),
        id UUID NOT NULL,
        version BIGINT NOT NULL,
        held_values JSONB NOT NULL,
        held_meta JSONB NOT NULL,
        created_at BIGINT NOT NULL,
        updated_at BIGINT NOT NULL,
        PRIMARY KEY (workspace_id, id)
    )",
    "CREATE TABLE identifiers (
        workspace_id UUID NOT NULL,
        kind TEXT COLLATE \"C\" NOT NULL,
        value TEXT COLLATE \"C\" NOT NULL,
        profile_id UUID NOT NULL,
        PRIMARY KEY (workspace_id, kind, value),
        FOREIGN KEY (workspace_id, profile_id) REFERENCES profiles (workspace_id, id)
    )",
    "CREATE INDEX identifiers_profile ON identifiers (workspace_id, profile_id)",
    // No foreign key: the history of a profile is written at the rate of its changes, and each key
    // would lock the profile's row once more.
    "CREATE TABLE changes (
        workspace_id UUID NOT NULL,
        sequence BIGINT NOT NULL,
        transaction_id BIGINT NOT NULL,
        profile_id UUID NOT NULL,
        version BIGINT NOT NULL,
        kind TEXT NOT NULL,
        source TEXT NOT NULL,
        actor TEXT NOT NULL,
        occurred_at BIGINT NOT NULL,
        recorded_at BIGINT NOT NULL,
        body JSONB NOT NULL,
        PRIMARY KEY (workspace_id, sequence),
        UNIQUE (workspace_id, profile_id, version)
    )",
];

const AUDIENCES: &[&str] = &[
    "CREATE TABLE segments (
        workspace_id UUID NOT NULL REFERENCES workspaces (id),
        id UUID NOT NULL,
        key TEXT COLLATE \"C\" NOT NULL,
        name TEXT NOT NULL,
        description TEXT NOT NULL,
        rule JSONB NOT NULL,
        revision BIGINT NOT NULL,
        evaluated_revision BIGINT NOT NULL,
        created_at BIGINT NOT NULL,
        updated_at BIGINT NOT NULL,
        PRIMARY KEY (workspace_id, id),
        UNIQUE (workspace_id, key)
    )",
    "CREATE TABLE memberships (
        workspace_id UUID NOT NULL,
        segment_id UUID NOT NULL,
        profile_id UUID NOT NULL,
        entered_at BIGINT NOT NULL,
        PRIMARY KEY (workspace_id, segment_id, profile_id),
        FOREIGN KEY (workspace_id, segment_id) REFERENCES segments (workspace_id, id) ON DELETE CASCADE
    )",
    "CREATE INDEX memberships_profile ON memberships (workspace_id, profile_id, segment_id)",
    "CREATE TABLE transitions (
        workspace_id UUID NOT NULL,
        sequence BIGINT NOT NULL,
        segment_id UUID NOT NULL,
        profile_id UUID NOT NULL,
        kind TEXT NOT NULL,
        at BIGINT NOT NULL,
        change_sequence BIGINT,
        PRIMARY KEY (workspace_id, sequence),
        FOREIGN KEY (workspace_id, segment_id) REFERENCES segments (workspace_id, id) ON DELETE CASCADE
    )",
    "CREATE INDEX transitions_segment ON transitions (workspace_id, segment_id, sequence)",
    "CREATE INDEX transitions_profile ON transitions (workspace_id, profile_id, sequence)",
];

const WORK: &[&str] = &[
    "CREATE TABLE cursors (
        workspace_id UUID NOT NULL REFERENCES workspaces (id),
        name TEXT NOT NULL,
        cursor TEXT NOT NULL,
        PRIMARY KEY (workspace_id, name)
    )",
    "CREATE TABLE leases (
        workspace_id UUID NOT NULL REFERENCES workspaces (id),
        name TEXT NOT NULL,
        holder TEXT NOT NULL,
        token BIGINT NOT NULL,
        expires_at BIGINT NOT NULL,
        PRIMARY KEY (workspace_id, name)
    )",
    "CREATE TABLE jobs (
        workspace_id UUID NOT NULL REFERENCES workspaces (id),
        id UUID NOT NULL,
        name TEXT NOT NULL,
        payload JSONB NOT NULL,
        state TEXT NOT NULL,
        run_at BIGINT NOT NULL,
        attempt BIGINT NOT NULL,
        token BIGINT NOT NULL,
        lease_until BIGINT,
        dedup_key TEXT,
        last_error TEXT,
        PRIMARY KEY (workspace_id, id)
    )",
    "CREATE UNIQUE INDEX jobs_dedup ON jobs (workspace_id, name, dedup_key) WHERE state <> 'failed'",
    "CREATE INDEX jobs_due ON jobs (run_at) WHERE state = 'due'",
    "CREATE INDEX jobs_leased ON jobs (lease_until) WHERE state = 'leased'",
    "CREATE TABLE imports (
        workspace_id UUID NOT NULL REFERENCES workspaces (id),
        id UUID NOT NULL,
        name TEXT NOT NULL,
        options JSONB NOT NULL,
        actor TEXT NOT NULL,
        state TEXT NOT NULL,
        rows_total BIGINT,
        rows_done BIGINT NOT NULL,
        rows_rejected BIGINT NOT NULL,
        created_attributes JSONB NOT NULL,
        failure TEXT,
        created_at BIGINT NOT NULL,
        finished_at BIGINT,
        PRIMARY KEY (workspace_id, id)
    )",
    "CREATE TABLE import_parts (
        workspace_id UUID NOT NULL,
        import_id UUID NOT NULL,
        number BIGINT NOT NULL,
        bytes BYTEA NOT NULL,
        PRIMARY KEY (workspace_id, import_id, number),
        FOREIGN KEY (workspace_id, import_id) REFERENCES imports (workspace_id, id)
    )",
    "CREATE TABLE import_rejects (
        workspace_id UUID NOT NULL,
        import_id UUID NOT NULL,
        number BIGINT NOT NULL,
        line BIGINT NOT NULL,
        column_name TEXT,
        reason TEXT NOT NULL,
        PRIMARY KEY (workspace_id, import_id, number),
        FOREIGN KEY (workspace_id, import_id) REFERENCES imports (workspace_id, id)
    )",
    "CREATE TABLE idempotency (
        workspace_id UUID NOT NULL REFERENCES workspaces (id),
        key_hash BYTEA NOT NULL,
        operation TEXT NOT NULL,
        body_hash BYTEA NOT NULL,
        answer JSONB NOT NULL,
        created_at BIGINT NOT NULL,
        PRIMARY KEY (workspace_id, key_hash)
    )",
    "CREATE INDEX idempotency_age ON idempotency (created_at)",
];

/// PostgreSQL numbers changes by sequences, and reads the feed in the order of transactions.
const POSTGRES: &[&str] = &[
    "CREATE SEQUENCE change_numbers",
    "CREATE SEQUENCE transition_numbers",
    "CREATE INDEX changes_feed ON changes (workspace_id, transaction_id, sequence)",
    // These rows turn over constantly; the default waits for a fifth of a table to be dead.
    "ALTER TABLE jobs SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0)",
    "ALTER TABLE idempotency SET (autovacuum_vacuum_scale_factor = 0.01)",
];

/// SQLite has one writer, so a counter in a row is a sequence, and numbers are commit order.
const SQLITE: &[&str] = &[
    "CREATE TABLE counters (name TEXT NOT NULL PRIMARY KEY, value BIGINT NOT NULL)",
    "INSERT INTO counters (name, value) VALUES ('change_numbers', 0), ('transition_numbers', 0)",
];
