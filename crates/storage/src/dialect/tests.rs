use serde_json::json;

use super::*;
use crate::testing::on_both;

const COLUMNS: Columns =
    &[("id", Kind::Uuid), ("number", Kind::Integer), ("word", Kind::Text), ("document", Kind::Json)];

#[tokio::test]
async fn a_batch_reads_the_same_on_both() {
    on_both(|store| async move {
        let rows = json!([
            {"id": "0190b5a0-0000-7000-8000-00000000000a", "number": 9_007_199_254_740_993_i64,
             "word": "it's \"ş\" \\ 😀", "document": {"exact": "0.10", "big": 12_345_678_901_234_567_890_u64}},
            {"id": "0190b5a0-0000-7000-8000-00000000000b", "number": null, "word": null, "document": null},
        ]);
        let db = store.db();
        let sql =
            format!("SELECT id, number, word, CAST(document AS text) FROM {} ORDER BY id", db.dialect().batch(COLUMNS));
        let rows = db.rows(sql, vec![rows.to_string().into(), uuid::Uuid::nil().into()]).await.unwrap();
        let id: uuid::Uuid = rows[0].try_get_by_index(0).unwrap();
        assert_eq!(id.to_string(), "0190b5a0-0000-7000-8000-00000000000a");
        assert_eq!(rows[0].try_get_by_index::<i64>(1).unwrap(), 9_007_199_254_740_993);
        assert_eq!(rows[0].try_get_by_index::<String>(2).unwrap(), "it's \"ş\" \\ 😀");
        let document: String = rows[0].try_get_by_index(3).unwrap();
        let document: serde_json::Value = serde_json::from_str(&document).unwrap();
        assert_eq!(document, json!({"exact": "0.10", "big": 12_345_678_901_234_567_890_u64}));
        assert_eq!(rows[1].try_get_by_index::<Option<i64>>(1).unwrap(), None);
        assert_eq!(rows[1].try_get_by_index::<Option<String>>(2).unwrap(), None);
        assert_eq!(rows[1].try_get_by_index::<Option<String>>(3).unwrap(), None);
    })
    .await;
}

#[test]
fn only_what_may_pass_is_tried_again() {
    for code in ["40001", "40P01", "57P01", "08006", "55P03", "53300", "5", "517"] {
        assert!(is_passing(code), "{code}");
    }
    for code in ["23505", "42601", "22P02", "1555", "1", ""] {
        assert!(!is_passing(code), "{code}");
    }
}

/// Written the obvious way, an update of 500 rows takes SQLite half a minute.
#[tokio::test]
async fn sqlite_looks_up_each_row_of_a_batch_by_its_key() {
    let fresh = crate::testing::TestStore::sqlite().await;
    let db = fresh.store().db();
    let batch = db.dialect().batch(COLUMNS);
    for statement in [
        format!(
            "UPDATE profiles SET version = batch.number FROM {batch}
             WHERE profiles.workspace_id = batch.workspace_id AND profiles.id = batch.id"
        ),
        format!(
            "SELECT * FROM {batch} JOIN profiles
             ON profiles.workspace_id = batch.workspace_id AND profiles.id = batch.id"
        ),
        format!("DELETE FROM profiles WHERE (workspace_id, id) IN (SELECT batch.workspace_id, batch.id FROM {batch})"),
    ] {
        let sql = format!("EXPLAIN QUERY PLAN {statement}");
        let steps = db.rows(sql, vec!["[]".into(), uuid::Uuid::nil().into()]).await.unwrap();
        let steps: Vec<String> = steps.iter().map(|step| step.try_get("", "detail").unwrap()).collect();
        let is_by_key =
            |step: &String| step.starts_with("SEARCH profiles") && step.ends_with("(workspace_id=? AND id=?)");
        assert!(steps.iter().any(is_by_key), "{steps:#?}");
    }
}
