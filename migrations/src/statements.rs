//! SQL that reads the same for both databases but for a few words.

use sea_orm_migration::SchemaManager;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, DbErr};

/// Runs statements in order. They are written for PostgreSQL; SQLite reads its own words for the
/// types and for the collation that orders text by code point.
pub(crate) async fn run(manager: &SchemaManager<'_>, statements: &[&str]) -> Result<(), DbErr> {
    let is_sqlite = manager.get_database_backend() == DbBackend::Sqlite;
    for statement in statements {
        let sql = if is_sqlite { for_sqlite(statement) } else { (*statement).to_owned() };
        manager.get_connection().execute_unprepared(&sql).await?;
    }
    Ok(())
}

fn for_sqlite(statement: &str) -> String {
    const WORDS: [(&str, &str); 4] =
        [(" UUID", " BLOB"), (" BYTEA", " BLOB"), (" JSONB", " TEXT"), (" COLLATE \"C\"", "")];
    WORDS.iter().fold(statement.to_owned(), |sql, (postgres, sqlite)| sql.replace(postgres, sqlite))
}
