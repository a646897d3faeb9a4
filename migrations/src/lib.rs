//! The frozen history of the tables.
//!
//! Deliberately absent: running them. `attrium-storage` does that, under a lock.
#![doc = ""]
#![doc = include_str!("../README.md")]

pub use sea_orm_migration::{MigrationName, MigrationTrait, MigratorTrait, SchemaManager, async_trait};

mod m20261123_000001_house;
mod m20261123_000002_webhooks;
mod m20261123_000003_templates;
mod m20261124_000004_endpoint_segments;
mod m20261124_000005_webhook_upkeep;
mod statements;

/// Every migration, oldest first.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_000001_house::Migration),
            Box::new(m20261123_000002_webhooks::Migration),
            Box::new(m20261123_000003_templates::Migration),
            Box::new(m20261124_000004_endpoint_segments::Migration),
            Box::new(m20261124_000005_webhook_upkeep::Migration),
        ]
    }
}

/// The sources of all migrations, oldest first: two builds with equal sources make equal tables.
pub const SOURCES: &[&str] = &[
    include_str!("m20261123_000001_house.rs"),
    include_str!("m20261123_000002_webhooks.rs"),
    include_str!("m20261123_000003_templates.rs"),
    include_str!("m20261124_000004_endpoint_segments.rs"),
    include_str!("m20261124_000005_webhook_upkeep.rs"),
    include_str!("statements.rs"),
];
