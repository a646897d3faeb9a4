use super::*;
use crate::fixtures::{at, uuid, vandalise, workspace};
use crate::store::Store;
use crate::testing::on_both;

fn api_key(workspace: WorkspaceId, number: u128) -> ApiKey {
    ApiKey {
        id: ApiKeyId::from_uuid(uuid(number)),
        workspace,
        name: format!("Key {number}"),
        prefix: "shared".to_owned(),
        secret_hash: SecretHash::from_bytes([7; 32]),
        scopes: vec!["profile:read".to_owned(), "segment:read".to_owned()],
        created_by: Actor::Operator,
        created_at: at(0),
        last_used_at: None,
        revoked_at: None,
    }
}

async fn inserted(store: &Store, key: &ApiKey) {
    let tx = store.begin().await.unwrap();
    insert(&tx, key).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_prefix_opens_the_door_to_every_workspace_and_an_id_to_one() {
    on_both(|store| async move {
        let (here, there) = (workspace(&store, 1).await, workspace(&store, 2).await);
        let (ours, theirs) = (api_key(here, 1), api_key(there, 2));
        inserted(&store, &ours).await;
        inserted(&store, &theirs).await;
        assert_eq!(find_by_prefix(store.db(), "shared").await.unwrap(), [ours.clone(), theirs.clone()]);
        assert_eq!(find_by_prefix(store.db(), "other").await.unwrap(), []);
        assert_eq!(find(store.db(), here, ours.id).await.unwrap(), Some(ours.clone()));
        assert_eq!(find(store.db(), here, theirs.id).await.unwrap(), None);
        let found = find_many(store.db(), here, &[ours.id, theirs.id]).await.unwrap();
        assert_eq!(found, std::slice::from_ref(&ours));
        assert_eq!(page(store.db(), here, Page::first(10)).await.unwrap(), [ours]);
    })
    .await;
}

#[tokio::test]
async fn a_key_is_revoked_once_and_stays_in_sight() {
    on_both(|store| async move {
        let (here, there) = (workspace(&store, 1).await, workspace(&store, 2).await);
        let key = api_key(here, 1);
        inserted(&store, &key).await;
        assert_eq!(count(store.db(), here).await.unwrap(), 1);
        let tx = store.begin().await.unwrap();
        update_last_used(&tx, here, key.id, at(3)).await.unwrap();
        assert!(!revoke(&tx, there, key.id, at(5)).await.unwrap());
        assert!(revoke(&tx, here, key.id, at(5)).await.unwrap());
        assert!(!revoke(&tx, here, key.id, at(6)).await.unwrap());
        tx.commit().await.unwrap();
        let revoked = find(store.db(), here, key.id).await.unwrap().unwrap();
        assert_eq!((revoked.last_used_at, revoked.revoked_at), (Some(at(3)), Some(at(5))));
        assert_eq!(count(store.db(), here).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_hash_of_another_length_is_corrupt() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        inserted(&store, &api_key(here, 1)).await;
        let short = if store.is_sqlite() { "x'01'" } else { "'\\x01'" };
        vandalise(&store, &format!("UPDATE api_keys SET secret_hash = {short}")).await;
        let found = find(store.db(), here, api_key(here, 1).id).await;
        assert!(matches!(found, Err(StorageError::Corrupt { table: "api_keys", column: "secret_hash", .. })));
    })
    .await;
}
