use serde_json::json;

use super::*;
use crate::error::UniqueKey;
use crate::fixtures::{at, workspace};
use crate::testing::on_both;

fn answer(number: u8) -> Answer {
    Answer {
        key_hash: SecretHash::from_bytes([number; 32]),
        operation: "createSegment".to_owned(),
        body_hash: SecretHash::from_bytes([9; 32]),
        answer: json!("seg_1"),
        created_at: at(number.into()),
    }
}

#[tokio::test]
async fn an_answer_is_remembered_once_in_its_workspace_and_forgotten_by_age() {
    on_both(|store| async move {
        let (here, there) = (workspace(&store, 1).await, workspace(&store, 2).await);
        let tx = store.begin().await.unwrap();
        for number in [1, 2, 3] {
            insert(&tx, here, &answer(number)).await.unwrap();
        }
        tx.commit().await.unwrap();
        assert_eq!(find(store.db(), here, &answer(1).key_hash).await.unwrap(), Some(answer(1)));
        assert_eq!(find(store.db(), there, &answer(1).key_hash).await.unwrap(), None);
        let tx = store.begin().await.unwrap();
        let again = insert(&tx, here, &answer(1)).await;
        assert!(matches!(again, Err(StorageError::UniqueViolation { which: UniqueKey::IdempotencyKey })));
        drop(tx);
        let tx = store.begin().await.unwrap();
        assert_eq!(delete_expired(&tx, at(3), 1).await.unwrap(), 1);
        assert_eq!(delete_expired(&tx, at(3), 9).await.unwrap(), 1);
        tx.commit().await.unwrap();
        assert_eq!(find(store.db(), here, &answer(1).key_hash).await.unwrap(), None);
        assert_eq!(find(store.db(), here, &answer(3).key_hash).await.unwrap(), Some(answer(3)));
    })
    .await;
}
