use super::*;
use crate::fixtures::{at, workspace};
use crate::store::Store;
use crate::testing::on_both;

/// Asks for the lease from second `now` on, for ten seconds.
async fn asked(store: &Store, workspace: WorkspaceId, holder: &str, now: i64) -> Option<Lease> {
    let tx = store.begin().await.unwrap();
    let request = LeaseRequest { workspace, name: "follower", holder, now: at(now), expires_at: at(now + 10) };
    let lease = acquire(&tx, request).await.unwrap();
    tx.commit().await.unwrap();
    lease
}

async fn renewed(store: &Store, lease: &Lease, until: i64) -> bool {
    let tx = store.begin().await.unwrap();
    let is_held = renew(&tx, lease, at(until)).await.unwrap();
    tx.commit().await.unwrap();
    is_held
}

#[tokio::test]
async fn one_holds_it_until_it_expires_and_the_token_grows() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        assert_eq!(find(store.db(), here, "follower").await.unwrap(), None);
        let first = asked(&store, here, "a", 0).await.unwrap();
        assert_eq!(first.token, 1);
        assert_eq!(asked(&store, here, "b", 9).await, None);
        // Its holder may ask again, and keeps its token.
        assert_eq!(asked(&store, here, "a", 5).await.unwrap().token, 1);
        assert!(renewed(&store, &first, 20).await);
        assert_eq!(asked(&store, here, "b", 19).await, None);
        let second = asked(&store, here, "b", 20).await.unwrap();
        assert_eq!(second.token, 2);
        assert_eq!(find(store.db(), here, "follower").await.unwrap(), Some(second));
        // Whoever lost it is fenced, even when it asks for it back later.
        assert!(!renewed(&store, &first, 99).await);
        assert_eq!(asked(&store, here, "a", 40).await.unwrap().token, 3);
    })
    .await;
}

#[tokio::test]
async fn a_lease_given_back_is_free_at_once() {
    on_both(|store| async move {
        let (here, there) = (workspace(&store, 1).await, workspace(&store, 2).await);
        let first = asked(&store, here, "a", 0).await.unwrap();
        assert_eq!(asked(&store, there, "b", 0).await.unwrap().token, 1);
        let tx = store.begin().await.unwrap();
        release(&tx, &first).await.unwrap();
        tx.commit().await.unwrap();
        assert!(!renewed(&store, &first, 99).await);
        let second = asked(&store, here, "b", 1).await.unwrap();
        assert_eq!(second.token, 2);
        let tx = store.begin().await.unwrap();
        release(&tx, &first).await.unwrap();
        tx.commit().await.unwrap();
        assert!(renewed(&store, &second, 99).await);
    })
    .await;
}
