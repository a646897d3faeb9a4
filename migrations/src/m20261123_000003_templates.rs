//! Message templates.

use sea_orm_migration::sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::statements::run;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261123_000003_templates"
    }
}

#[expect(elided_lifetimes_in_paths, reason = "the trait is declared so, and async_trait tells the two apart")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, TEMPLATES).await
    }

    // SQLite would otherwise run it without one, and leave half of it behind.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const TEMPLATES: &[&str] = &["CREATE TABLE templates (
        workspace_id UUID NOT NULL REFERENCES workspaces (id),
        id UUID NOT NULL,
        key TEXT COLLATE \"C\" NOT NULL,
        name TEXT NOT NULL,
        description TEXT NOT NULL,
        context TEXT NOT NULL,
        body TEXT NOT NULL,
        revision BIGINT NOT NULL,
        created_at BIGINT NOT NULL,
        updated_at BIGINT NOT NULL,
        PRIMARY KEY (workspace_id, id),
        UNIQUE (workspace_id, key)
    )"];
