use super::*;
use crate::fixtures::{vandalise, workspace};
use crate::testing::on_both;

#[tokio::test]
async fn a_cursor_is_noted_again_and_again() {
    on_both(|store| async move {
        let (here, there) = (workspace(&store, 1).await, workspace(&store, 2).await);
        assert_eq!(find(store.db(), here, "follower").await.unwrap(), None);
        for sequence in [3, 9] {
            let cursor = Cursor { epoch: 1, transaction_id: 700, sequence };
            let tx = store.begin().await.unwrap();
            update(&tx, here, "follower", &cursor).await.unwrap();
            tx.commit().await.unwrap();
            assert_eq!(find(store.db(), here, "follower").await.unwrap(), Some(cursor));
        }
        assert_eq!(find(store.db(), there, "follower").await.unwrap(), None);
        vandalise(&store, "UPDATE cursors SET cursor = 'here'").await;
        let read = find(store.db(), here, "follower").await;
        assert!(matches!(read, Err(StorageError::Corrupt { table: "cursors", column: "cursor", .. })));
    })
    .await;
}
