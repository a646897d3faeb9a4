//! What is true of the whole database.

use sea_orm::{EntityTrait, IntoActiveModel};

use crate::error::StorageError;
use crate::store::{Db, Tx};

const ONLY_ROW: i16 = 1;

/// What is true of the whole database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Counts restores, from 1: cursors of an earlier epoch no longer hold.
    pub epoch: i64,
    /// Whether it was created for the test clock; a server with that handle opens no other.
    pub is_test_clock: bool,
}

/// The settings, or `None` on a database nobody has set up yet.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "settings.find", skip_all)]
pub async fn find(db: Db<'_>) -> Result<Option<Settings>, StorageError> {
    let row = row::Entity::find_by_id(ONLY_ROW).one(&db.executor()).await?;
    Ok(row.map(|row| Settings { epoch: row.epoch, is_test_clock: row.is_test_clock }))
}

/// Writes the settings of a new database.
///
/// # Errors
/// [`StorageError::UniqueViolation`] when they stand already.
#[tracing::instrument(level = "debug", name = "settings.insert", skip_all)]
pub async fn insert(tx: &Tx, settings: &Settings) -> Result<(), StorageError> {
    let row = row::Model { id: ONLY_ROW, epoch: settings.epoch, is_test_clock: settings.is_test_clock };
    row::Entity::insert(row.into_active_model()).exec_without_returning(&tx.db().executor()).await?;
    Ok(())
}

/// The one row.
mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "settings")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i16,
        pub epoch: i64,
        pub is_test_clock: bool,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests;
