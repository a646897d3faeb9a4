use super::*;
use crate::error::UniqueKey;
use crate::testing::on_both;

#[tokio::test]
async fn settings_are_written_once() {
    on_both(|store| async move {
        assert_eq!(find(store.db()).await.unwrap(), None);
        let settings = Settings { epoch: 1, is_test_clock: true };
        let tx = store.begin().await.unwrap();
        insert(&tx, &settings).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(find(store.db()).await.unwrap(), Some(settings));

        let tx = store.begin().await.unwrap();
        let again = insert(&tx, &settings).await;
        assert!(matches!(again, Err(StorageError::UniqueViolation { which: UniqueKey::Settings })));
    })
    .await;
}
