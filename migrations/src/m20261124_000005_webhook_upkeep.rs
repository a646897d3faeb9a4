//! Workers begin anew with an endpoint by a count, not by a clock; deliveries are forgotten by when they ended.

use sea_orm_migration::sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::statements::run;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261124_000005_webhook_upkeep"
    }
}

#[expect(elided_lifetimes_in_paths, reason = "the trait is declared so, and async_trait tells the two apart")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, UPKEEP).await
    }

    // SQLite would otherwise run it without one, and leave half of it behind.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const UPKEEP: &[&str] = &[
    "ALTER TABLE endpoints ADD COLUMN chapter BIGINT NOT NULL DEFAULT 0",
    // How much an endpoint has still to take, and since when.
    "CREATE INDEX deliveries_backlog ON deliveries (workspace_id, endpoint_id, created_at)
        WHERE state IN ('due', 'leased')",
    "CREATE INDEX deliveries_finished ON deliveries (finished_at) WHERE finished_at IS NOT NULL",
];
