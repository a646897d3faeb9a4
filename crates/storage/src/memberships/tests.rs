use super::*;
use crate::error::UniqueKey;
use crate::fixtures::{at, profile_id, segment, workspace};
use crate::store::Store;
use crate::testing::on_both;

/// A segment with members of some numbers.
async fn with(store: &Store, numbers: &[u128]) -> (WorkspaceId, SegmentId) {
    let here = workspace(store, 1).await;
    let segment = segment(store, here, 1).await.id;
    let members: Vec<Membership> = numbers.iter().map(|number| member(segment, *number)).collect();
    let tx = store.begin().await.unwrap();
    insert_many(&tx, here, &members).await.unwrap();
    tx.commit().await.unwrap();
    (here, segment)
}

fn member(segment: SegmentId, number: u128) -> Membership {
    Membership { segment, profile: profile_id(number), entered_at: at(1) }
}

#[tokio::test]
async fn members_come_by_profile_in_their_workspace_alone() {
    on_both(|store| async move {
        let (here, segment) = with(&store, &[3, 1, 2]).await;
        let there = workspace(&store, 2).await;
        let first = page(store.db(), here, segment, Page::first(2)).await.unwrap();
        assert_eq!(first, [member(segment, 1), member(segment, 2)]);
        let second = page(store.db(), here, segment, Page::after(profile_id(2), 2)).await.unwrap();
        assert_eq!(second, [member(segment, 3)]);
        assert_eq!(count(store.db(), here, segment).await.unwrap(), 3);
        let some = [profile_id(4), profile_id(3), profile_id(1)];
        let found = find_many(store.db(), here, segment, &some).await.unwrap();
        assert_eq!(found, [member(segment, 1), member(segment, 3)]);
        assert_eq!(page(store.db(), there, segment, Page::first(2)).await.unwrap(), []);
        assert_eq!(count(store.db(), there, segment).await.unwrap(), 0);
        assert_eq!(find_many(store.db(), there, segment, &some).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn the_same_page_of_many_profiles_comes_at_once() {
    on_both(|store| async move {
        let (here, first) = with(&store, &[1, 2]).await;
        let there = workspace(&store, 2).await;
        let (second, third) = (segment(&store, here, 2).await.id, segment(&store, here, 3).await.id);
        let tx = store.begin().await.unwrap();
        insert_many(&tx, here, &[member(second, 1), member(third, 1), member(third, 2)]).await.unwrap();
        tx.commit().await.unwrap();
        let of = |workspace, page| {
            let store = store.clone();
            async move {
                // Whoever is named twice is answered once, and who is in no segment not at all.
                let some = [profile_id(2), profile_id(1), profile_id(9), profile_id(2)];
                pages_of_profiles(store.db(), workspace, &some, page).await.unwrap()
            }
        };
        let two_each = [member(first, 1), member(second, 1), member(first, 2), member(third, 2)];
        assert_eq!(of(here, Page::first(2)).await, two_each);
        assert_eq!(of(here, Page::after(second, 2)).await, [member(third, 1), member(third, 2)]);
        assert_eq!(of(there, Page::first(2)).await, []);
        let those = [profile_id(1), profile_id(2), profile_id(9)];
        let mut counts = counts_of_profiles(store.db(), here, &those).await.unwrap();
        counts.sort();
        assert_eq!(counts, [(profile_id(1), 3), (profile_id(2), 2)]);
        assert_eq!(counts_of_profiles(store.db(), there, &those).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn who_is_in_does_not_enter_and_who_is_out_does_not_leave() {
    on_both(|store| async move {
        let (here, segment) = with(&store, &[1, 2]).await;
        let tx = store.begin().await.unwrap();
        delete_many(&tx, here, &[(segment, profile_id(1))]).await.unwrap();
        let again = delete_many(&tx, here, &[(segment, profile_id(1)), (segment, profile_id(2))]).await;
        assert!(matches!(again, Err(StorageError::RowsAffected { expected: 2, actual: 1, .. })));
        drop(tx);
        let tx = store.begin().await.unwrap();
        let again = insert_many(&tx, here, &[member(segment, 2)]).await;
        assert!(matches!(again, Err(StorageError::UniqueViolation { which: UniqueKey::Membership })));
    })
    .await;
}
