use super::*;
use crate::error::UniqueKey;
use crate::fixtures::{at, profile, segment, segment_value, vandalise, workspace};
use crate::memberships::{self, Membership};
use crate::testing::on_both;

#[tokio::test]
async fn a_segment_is_found_in_its_workspace_alone() {
    on_both(|store| async move {
        let (here, there) = (workspace(&store, 1).await, workspace(&store, 2).await);
        let ours = segment(&store, here, 1).await;
        let second = segment(&store, here, 2).await;
        assert_eq!(find(store.db(), here, ours.id).await.unwrap(), Some(ours.clone()));
        assert_eq!(find_by_key(store.db(), here, "segment-1").await.unwrap(), Some(ours.clone()));
        assert_eq!(find_many(store.db(), here, &[second.id, ours.id]).await.unwrap(), [ours.clone(), second.clone()]);
        assert_eq!(page(store.db(), here, Page::after(ours.id, 5)).await.unwrap(), [second]);
        assert_eq!(count(store.db(), here).await.unwrap(), 2);
        let keys: Vec<String> =
            headings(store.db(), here).await.unwrap().into_iter().map(|heading| heading.key).collect();
        assert_eq!(keys, ["segment-1", "segment-2"]);
        assert_eq!(headings(store.db(), there).await.unwrap(), []);
        assert_eq!(find(store.db(), there, ours.id).await.unwrap(), None);
        assert_eq!(find_by_key(store.db(), there, "segment-1").await.unwrap(), None);
        assert_eq!(page(store.db(), there, Page::first(5)).await.unwrap(), []);
        let tx = store.begin().await.unwrap();
        assert!(!delete(&tx, there, ours.id).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_key_is_taken_once() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        segment(&store, here, 1).await;
        let twin = Segment { key: "segment-1".to_owned(), ..segment_value(2) };
        let tx = store.begin().await.unwrap();
        let taken = insert(&tx, here, &twin).await;
        assert!(matches!(taken, Err(StorageError::UniqueViolation { which: UniqueKey::SegmentKey })));
    })
    .await;
}

#[tokio::test]
async fn an_edit_keeps_what_was_evaluated_and_an_old_one_is_refused() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        let first = segment(&store, here, 1).await;
        let tx = store.begin().await.unwrap();
        assert!(update_evaluated(&tx, here, first.id, 1).await.unwrap());
        let second = Segment { revision: 2, name: "Renamed".to_owned(), updated_at: at(9), ..first };
        update(&tx, here, &second).await.unwrap();
        assert!(matches!(update(&tx, here, &second).await, Err(StorageError::Conflict { table: "segments" })));
        // Someone edited it while revision 1 was being counted.
        assert!(!update_evaluated(&tx, here, second.id, 1).await.unwrap());
        tx.commit().await.unwrap();
        let stored = find(store.db(), here, second.id).await.unwrap();
        assert_eq!(stored, Some(Segment { evaluated_revision: 1, ..second }));
    })
    .await;
}

#[tokio::test]
async fn a_deleted_segment_takes_its_members_along() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        let (segment, profile) = (segment(&store, here, 1).await, profile(&store, here, 1).await);
        let tx = store.begin().await.unwrap();
        let membership = Membership { segment: segment.id, profile: profile.id, entered_at: at(1) };
        memberships::insert_many(&tx, here, &[membership]).await.unwrap();
        assert!(delete(&tx, here, segment.id).await.unwrap());
        assert!(!delete(&tx, here, segment.id).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(memberships::count(store.db(), here, segment.id).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_rule_that_does_not_read_names_its_segment() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        let id = segment(&store, here, 1).await.id;
        vandalise(&store, "UPDATE segments SET rule = '{\"v\": 1, \"rule\": {\"nand\": []}}'").await;
        match find(store.db(), here, id).await {
            Err(StorageError::Corrupt { table: "segments", column: "rule", row, .. }) => {
                assert_eq!(row, id.to_string());
            }
            other => panic!("{other:?}"),
        }
    })
    .await;
}
