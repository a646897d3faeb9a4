//! Webhook endpoints may ask for some segments alone.

use sea_orm_migration::sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::statements::run;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261124_000004_endpoint_segments"
    }
}

#[expect(elided_lifetimes_in_paths, reason = "the trait is declared so, and async_trait tells the two apart")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, SEGMENTS).await
    }

    // SQLite would otherwise run it without one, and leave half of it behind.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// A list of ids; empty asks for every segment, as all endpoints did before.
const SEGMENTS: &[&str] = &["ALTER TABLE endpoints ADD COLUMN segments JSONB NOT NULL DEFAULT '[]'"];
