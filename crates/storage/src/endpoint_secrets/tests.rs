use super::*;
use crate::endpoints;
use crate::fixtures::{at, endpoint, workspace};
use crate::store::Store;
use crate::testing::on_both;

fn secret(endpoint: EndpointId, number: i64) -> EndpointSecret {
    let sealed = Sealed { key_id: "one".to_owned(), bytes: vec![0, u8::try_from(number).unwrap(), 255] };
    EndpointSecret { endpoint, number, sealed, created_at: at(number), expires_at: None }
}

async fn live(store: &Store, workspace: WorkspaceId, endpoint: EndpointId, now: i64) -> Vec<i64> {
    let found = find_live(store.db(), workspace, &[endpoint], at(now)).await.unwrap();
    found.iter().map(|secret| secret.number).collect()
}

#[tokio::test]
async fn a_secret_ends_when_it_is_told_to() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        let id = endpoint(&store, here, 1).await.id;
        let other = endpoint(&store, here, 2).await.id;
        let tx = store.begin().await.unwrap();
        for secret in [secret(id, 1), secret(id, 2), secret(other, 1)] {
            insert(&tx, here, &secret).await.unwrap();
        }
        assert!(update_expiry(&tx, here, (id, 1), at(100)).await.unwrap());
        assert!(!update_expiry(&tx, here, (id, 9), at(100)).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(live(&store, here, id, 99).await, [2, 1]);
        assert_eq!(live(&store, here, id, 100).await, [2]);
        assert_eq!(find_live(store.db(), here, &[other], at(0)).await.unwrap(), [secret(other, 1)]);
        let tx = store.begin().await.unwrap();
        delete_ended(&tx, here, id, at(99)).await.unwrap();
        assert_eq!(delete_expired(&tx, at(100), 10).await.unwrap(), 1);
        // An endpoint takes its secrets along.
        assert!(endpoints::delete(&tx, here, id).await.unwrap());
        tx.commit().await.unwrap();
        assert!(live(&store, here, id, 0).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_another_key_sealed_is_found_and_sealed_again() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        let id = endpoint(&store, here, 1).await.id;
        let tx = store.begin().await.unwrap();
        insert(&tx, here, &secret(id, 1)).await.unwrap();
        assert_eq!(find_sealed_otherwise(tx.db(), "one", Page::first(9)).await.unwrap(), []);
        let found = find_sealed_otherwise(tx.db(), "two", Page::first(9)).await.unwrap();
        assert_eq!(found, [(here, secret(id, 1))]);
        let behind = Page::after((here, id, 1), 9);
        assert_eq!(find_sealed_otherwise(tx.db(), "two", behind).await.unwrap(), []);
        let again = EndpointSecret { sealed: Sealed { key_id: "two".to_owned(), bytes: vec![7] }, ..secret(id, 1) };
        assert!(update_seal(&tx, here, &again).await.unwrap());
        assert_eq!(find_sealed_otherwise(tx.db(), "two", Page::first(9)).await.unwrap(), []);
        assert_eq!(find_live(tx.db(), here, &[id], at(0)).await.unwrap(), [again]);
    })
    .await;
}
