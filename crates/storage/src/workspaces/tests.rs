use super::*;
use crate::error::UniqueKey;
use crate::fixtures::{vandalise, workspace, workspace_value};
use crate::testing::on_both;

#[tokio::test]
async fn workspaces_are_found_by_id_and_by_key() {
    on_both(|store| async move {
        let id = workspace(&store, 7).await;
        let found = find(store.db(), id).await.unwrap();
        assert_eq!(found, Some(workspace_value(7)));
        assert_eq!(find_by_key(store.db(), "workspace-7").await.unwrap(), found);
        assert_eq!(find_by_key(store.db(), "workspace-8").await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn pages_come_by_age_and_are_cut() {
    on_both(|store| async move {
        for number in [2, 3, 1] {
            workspace(&store, number).await;
        }
        let first = page(store.db(), Page::first(2)).await.unwrap();
        assert_eq!(first, [workspace_value(1), workspace_value(2)]);
        let second = page(store.db(), Page::after(first[1].id, 2)).await.unwrap();
        assert_eq!(second, [workspace_value(3)]);
    })
    .await;
}

#[tokio::test]
async fn a_key_is_taken_once() {
    on_both(|store| async move {
        workspace(&store, 1).await;
        let twin = Workspace { key: "workspace-1".to_owned(), ..workspace_value(2) };
        let tx = store.begin().await.unwrap();
        let taken = insert(&tx, &twin).await;
        assert!(matches!(taken, Err(StorageError::UniqueViolation { which: UniqueKey::WorkspaceKey })));
    })
    .await;
}

#[tokio::test]
async fn a_row_that_does_not_read_names_its_place() {
    on_both(|store| async move {
        let id = workspace(&store, 1).await;
        vandalise(&store, "UPDATE workspaces SET created_at = 9000000000000000000").await;
        match find(store.db(), id).await {
            Err(StorageError::Corrupt { table: "workspaces", column: "created_at", row, .. }) => {
                assert_eq!(row, id.to_string());
            }
            other => panic!("{other:?}"),
        }
    })
    .await;
}
