use serde_json::json;

use super::*;
use crate::fixtures::{at, uuid, vandalise, workspace};
use crate::store::Store;
use crate::testing::on_both;

fn import(number: u128) -> Import {
    Import {
        id: ImportId::from_uuid(uuid(number)),
        name: "bank-full.csv".to_owned(),
        options: json!({ "missing": ["unknown"] }),
        actor: Actor::Operator,
        state: ImportState::Queued,
        rows_total: None,
        rows_done: 0,
        rows_rejected: 0,
        created_attributes: Vec::new(),
        created_at: at(0),
    }
}

async fn started(store: &Store, workspace: WorkspaceId, import: &Import) {
    let tx = store.begin().await.unwrap();
    insert(&tx, workspace, import).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn imports_come_newest_first_in_their_workspace_alone() {
    on_both(|store| async move {
        let (here, there) = (workspace(&store, 1).await, workspace(&store, 2).await);
        for number in 1..=3 {
            started(&store, here, &import(number)).await;
        }
        assert_eq!(find(store.db(), here, import(2).id).await.unwrap(), Some(import(2)));
        assert_eq!(page(store.db(), here, Page::first(2)).await.unwrap(), [import(3), import(2)]);
        assert_eq!(page(store.db(), here, Page::after(import(2).id, 2)).await.unwrap(), [import(1)]);
        assert_eq!(find_many(store.db(), here, &[import(3).id, import(1).id]).await.unwrap(), [import(1), import(3)]);
        assert_eq!(count(store.db(), here).await.unwrap(), 3);
        assert_eq!(find(store.db(), there, import(2).id).await.unwrap(), None);
        assert_eq!(page(store.db(), there, Page::first(2)).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn every_state_reads_back_and_rows_are_counted_once() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        started(&store, here, &import(1)).await;
        let states = [
            ImportState::Running,
            ImportState::Done { finished_at: at(9) },
            ImportState::Failed { finished_at: at(9), reason: "no header".to_owned() },
        ];
        for (place, state) in states.into_iter().enumerate() {
            let before = i64::try_from(place).unwrap() * 500;
            let next = Import {
                state,
                rows_total: Some(1_500),
                rows_done: before + 500,
                created_attributes: vec![AttributeId::from_uuid(uuid(8))],
                ..import(1)
            };
            let tx = store.begin().await.unwrap();
            update(&tx, here, &next, before).await.unwrap();
            let again = update(&tx, here, &next, before).await;
            assert!(matches!(again, Err(StorageError::Conflict { table: "imports" })));
            tx.commit().await.unwrap();
            assert_eq!(find(store.db(), here, next.id).await.unwrap(), Some(next));
        }
        vandalise(&store, "UPDATE imports SET finished_at = NULL").await;
        let read = find(store.db(), here, import(1).id).await;
        assert!(matches!(read, Err(StorageError::Corrupt { table: "imports", column: "finished_at", .. })));
    })
    .await;
}

#[tokio::test]
async fn the_bytes_of_a_file_are_kept_part_by_part_until_its_import_is_over() {
    on_both(|store| async move {
        let (here, there) = (workspace(&store, 1).await, workspace(&store, 2).await);
        started(&store, here, &import(1)).await;
        let id = import(1).id;
        let tx = store.begin().await.unwrap();
        insert_part(&tx, here, id, (0, b"id;age\n".to_vec())).await.unwrap();
        insert_part(&tx, here, id, (1, vec![0, 255])).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(find_part(store.db(), here, id, 1).await.unwrap(), Some(vec![0, 255]));
        assert_eq!(find_part(store.db(), here, id, 2).await.unwrap(), None);
        assert_eq!(find_part(store.db(), there, id, 1).await.unwrap(), None);
        started(&store, here, &import(2)).await;
        let tx = store.begin().await.unwrap();
        insert_part(&tx, here, import(2).id, (0, b"id\n".to_vec())).await.unwrap();
        assert_eq!(delete_ended_parts(&tx, here, 9).await.unwrap(), 0, "neither is over");
        let failed = ImportState::Failed { finished_at: at(9), reason: "no header".to_owned() };
        assert!(update_state(&tx, here, id, &failed).await.unwrap());
        assert!(!update_state(&tx, here, id, &ImportState::Done { finished_at: at(9) }).await.unwrap());
        assert!(!update_state(&tx, there, import(2).id, &failed).await.unwrap());
        assert_eq!(delete_ended_parts(&tx, there, 9).await.unwrap(), 0);
        assert_eq!(delete_ended_parts(&tx, here, 1).await.unwrap(), 1);
        assert_eq!(delete_ended_parts(&tx, here, 9).await.unwrap(), 1);
        tx.commit().await.unwrap();
        assert_eq!(find_part(store.db(), here, id, 0).await.unwrap(), None);
        assert_eq!(find(store.db(), here, id).await.unwrap(), Some(Import { state: failed, ..import(1) }));
        assert!(find_part(store.db(), here, import(2).id, 0).await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn refusals_come_in_their_order() {
    on_both(|store| async move {
        let (here, there) = (workspace(&store, 1).await, workspace(&store, 2).await);
        started(&store, here, &import(1)).await;
        let reject = |number: i64| ImportReject {
            number,
            line: number * 10,
            column: (number % 2 == 0).then(|| "age".to_owned()),
            reason: "\"x\" is not a whole number".to_owned(),
        };
        let written: Vec<ImportReject> = (1..=3).map(reject).collect();
        let tx = store.begin().await.unwrap();
        insert_rejects(&tx, here, import(1).id, &written).await.unwrap();
        insert_rejects(&tx, here, import(1).id, &[]).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(rejects(store.db(), here, import(1).id, Page::first(2)).await.unwrap(), written[..2]);
        assert_eq!(rejects(store.db(), here, import(1).id, Page::after(2, 2)).await.unwrap(), written[2..]);
        assert_eq!(rejects(store.db(), there, import(1).id, Page::first(2)).await.unwrap(), []);
    })
    .await;
}
