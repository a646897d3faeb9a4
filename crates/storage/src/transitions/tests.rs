use super::*;
use crate::fixtures::{at, profile_id, segment, vandalise, workspace};
use crate::testing::on_both;

#[tokio::test]
async fn transitions_come_newest_first_of_a_segment_or_a_profile() {
    on_both(|store| async move {
        let (here, there) = (workspace(&store, 1).await, workspace(&store, 2).await);
        let (one, two) = (segment(&store, here, 1).await.id, segment(&store, here, 2).await.id);
        let tx = store.begin().await.unwrap();
        let numbers = allocate(&tx, 3).await.unwrap();
        let transition = |place: usize, segment, profile, kind, change| Transition {
            sequence: numbers[place],
            segment,
            profile: profile_id(profile),
            kind,
            at: at(1),
            change,
        };
        let written = [
            transition(0, one, 1, TransitionKind::Entered, Some(7)),
            transition(1, two, 1, TransitionKind::Entered, None),
            transition(2, one, 1, TransitionKind::Left, None),
        ];
        insert_many(&tx, here, &written).await.unwrap();
        tx.commit().await.unwrap();
        let of_profile = TransitionsOf::Profile(profile_id(1));
        let newest = page(store.db(), here, of_profile, Page::first(2)).await.unwrap();
        assert_eq!(newest, [written[2], written[1]]);
        let oldest = page(store.db(), here, of_profile, Page::after(numbers[1], 2)).await.unwrap();
        assert_eq!(oldest, [written[0]]);
        let of_segment = page(store.db(), here, TransitionsOf::Segment(one), Page::first(9)).await.unwrap();
        assert_eq!(of_segment, [written[2], written[0]]);
        assert_eq!(page(store.db(), there, of_profile, Page::first(9)).await.unwrap(), []);
        assert_eq!(super::newest(store.db(), here).await.unwrap(), numbers[2]);
        assert_eq!(super::newest(store.db(), there).await.unwrap(), 0);
        assert_eq!(after(store.db(), here, numbers[0], 1).await.unwrap(), [written[1]]);
        assert_eq!(after(store.db(), here, numbers[2], 9).await.unwrap(), []);
        assert_eq!(after(store.db(), there, 0, 9).await.unwrap(), []);

        vandalise(&store, "UPDATE transitions SET kind = 'hopped'").await;
        let read = page(store.db(), here, of_profile, Page::first(1)).await;
        assert!(matches!(read, Err(StorageError::Corrupt { table: "transitions", column: "kind", .. })));
    })
    .await;
}
