use std::collections::HashSet;

use sea_orm::QueryTrait;

use super::*;
use crate::endpoints::{self, EndpointState, OwedEndpoint};
use crate::fixtures::{at, endpoint, profile_id, uuid, workspace};
use crate::store::Store;
use crate::testing::on_both;

/// Owed at second `number`, about profile `number % 10`.
fn delivery(endpoint: EndpointId, number: u128) -> Delivery {
    let created_at = at(i64::try_from(number).unwrap());
    Delivery {
        id: DeliveryId::from_uuid(uuid(number)),
        endpoint,
        sequence: i64::try_from(number).unwrap(),
        event_type: "profile.updated".to_owned(),
        profile: Some(profile_id(number % 10)),
        payload: format!(r#"{{"type": "profile.updated", "n": {number}, "text": "ş\u0000\n"}}"#),
        state: DeliveryState::Due { run_at: created_at },
        attempts: 0,
        created_at,
    }
}

async fn owed(store: &Store, workspace: WorkspaceId, deliveries: &[Delivery]) {
    let tx = store.begin().await.unwrap();
    insert_many(&tx, workspace, deliveries).await.unwrap();
    tx.commit().await.unwrap();
}

fn wanted(workspace: WorkspaceId, endpoint: EndpointId, now: i64) -> DeliveryClaim {
    DeliveryClaim { workspace, endpoint, is_ordered: false, now: at(now), lease_until: at(now + 10), limit: 9 }
}

async fn claimed(store: &Store, wanted: DeliveryClaim) -> Vec<ClaimedDelivery> {
    let tx = store.begin().await.unwrap();
    let claimed = claim(&tx, wanted).await.unwrap();
    tx.commit().await.unwrap();
    claimed
}

async fn tried(store: &Store, claimed: &ClaimedDelivery, verdict: Verdict) -> bool {
    let tx = store.begin().await.unwrap();
    let tried = TriedDelivery { id: claimed.id, token: claimed.token, verdict };
    let held = update_tried(&tx, claimed.workspace, &[tried]).await.unwrap();
    tx.commit().await.unwrap();
    held == [claimed.id]
}

fn numbers(claimed: &[ClaimedDelivery]) -> Vec<u128> {
    claimed.iter().map(|claimed| claimed.id.uuid().as_u128()).collect()
}

#[tokio::test]
async fn a_delivery_reads_back_byte_for_byte() {
    on_both(|store| async move {
        let (here, there) = (workspace(&store, 1).await, workspace(&store, 2).await);
        let id = endpoint(&store, here, 1).await.id;
        let of_nobody = Delivery { profile: None, ..delivery(id, 2) };
        owed(&store, here, &[delivery(id, 1), of_nobody.clone()]).await;
        assert_eq!(find(store.db(), here, delivery(id, 1).id).await.unwrap(), Some(delivery(id, 1)));
        assert_eq!(find(store.db(), there, delivery(id, 1).id).await.unwrap(), None);
        assert_eq!(find(store.db(), here, of_nobody.id).await.unwrap(), Some(of_nobody));
        assert_eq!(claimed(&store, wanted(here, id, 1)).await[0].payload, delivery(id, 1).payload);
    })
    .await;
}

#[tokio::test]
async fn deliveries_are_claimed_by_endpoint_when_due_and_oldest_first() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        let (one, two) = (endpoint(&store, here, 1).await.id, endpoint(&store, here, 2).await.id);
        owed(&store, here, &[delivery(one, 13), delivery(one, 11), delivery(two, 12), delivery(one, 14)]).await;
        let first_of = |id, run_at| OwedEndpoint { workspace: here, id, run_at: at(run_at), chapter: 0 };
        let mut found = endpoints::owed(store.db()).await.unwrap();
        found.sort_by_key(|owed| owed.id);
        assert_eq!(found, [first_of(one, 11), first_of(two, 12)]);
        assert_eq!(claimed(&store, wanted(here, one, 10)).await, []);
        assert_eq!(numbers(&claimed(&store, DeliveryClaim { limit: 1, ..wanted(here, one, 13) }).await), [11]);
        assert_eq!(numbers(&claimed(&store, wanted(here, one, 13)).await), [13]);
        assert_eq!(numbers(&claimed(&store, wanted(here, two, 13)).await), [12]);
        assert_eq!(endpoints::owed(store.db()).await.unwrap(), [first_of(one, 14)]);
        let tx = store.begin().await.unwrap();
        endpoints::forgive(&tx, here, Some(one)).await.unwrap();
        assert_eq!(endpoints::owed(tx.db()).await.unwrap()[0].chapter, 1);
        endpoints::update_state(&tx, here, one, (EndpointState::Paused { since: at(0) }, at(0))).await.unwrap();
        assert_eq!(endpoints::owed(tx.db()).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn an_expired_lease_is_fenced() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        let id = endpoint(&store, here, 1).await.id;
        owed(&store, here, &[delivery(id, 1)]).await;
        let slow = claimed(&store, wanted(here, id, 1)).await.remove(0);
        assert_eq!(first_lease_end(store.db()).await.unwrap(), Some(at(11)));
        let tx = store.begin().await.unwrap();
        assert_eq!(free_expired(&tx, at(10)).await.unwrap(), 0);
        assert_eq!(free_expired(&tx, at(11)).await.unwrap(), 1);
        tx.commit().await.unwrap();
        assert!(!tried(&store, &slow, Verdict::Delivered { at: at(12) }).await);
        let other = claimed(&store, wanted(here, id, 12)).await.remove(0);
        assert_eq!((other.token, other.attempts), (2, 0));
        assert!(!tried(&store, &slow, Verdict::Failed { at: at(13) }).await);
        assert!(tried(&store, &other, Verdict::Delivered { at: at(13) }).await);
        assert!(!tried(&store, &other, Verdict::Delivered { at: at(14) }).await);
        let found = find(store.db(), here, other.id).await.unwrap().unwrap();
        assert_eq!((found.state, found.attempts), (DeliveryState::Delivered { at: at(13) }, 1));
    })
    .await;
}

#[tokio::test]
async fn a_delivery_is_tried_again_given_up_and_sent_anew_with_a_whole_schedule() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        let id = endpoint(&store, here, 1).await.id;
        owed(&store, here, &[delivery(id, 1)]).await;
        let first = claimed(&store, wanted(here, id, 1)).await.remove(0);
        assert!(tried(&store, &first, Verdict::Retry { run_at: at(60) }).await);
        assert_eq!(claimed(&store, wanted(here, id, 59)).await, []);
        let second = claimed(&store, wanted(here, id, 60)).await.remove(0);
        assert_eq!((second.attempts, second.attempts_in_schedule), (1, 1));
        let tx = store.begin().await.unwrap();
        assert!(!resend(&tx, here, second.id, at(60)).await.unwrap(), "a worker has it");
        drop(tx);
        assert!(tried(&store, &second, Verdict::Failed { at: at(61) }).await);
        assert_eq!(claimed(&store, wanted(here, id, 9_000)).await, []);
        let tx = store.begin().await.unwrap();
        assert!(resend(&tx, here, second.id, at(70)).await.unwrap());
        tx.commit().await.unwrap();
        let third = claimed(&store, wanted(here, id, 70)).await.remove(0);
        assert_eq!((third.id, third.attempts, third.attempts_in_schedule), (first.id, 2, 0));
    })
    .await;
}

#[tokio::test]
async fn an_ordered_endpoint_gets_one_delivery_of_a_profile_at_a_time() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        let id = endpoint(&store, here, 1).await.id;
        // 11 and 21 are about one profile, 12 and 22 about another.
        owed(&store, here, &[11, 12, 21, 22].map(|number| delivery(id, number))).await;
        let next = |now| DeliveryClaim { is_ordered: true, ..wanted(here, id, now) };
        let first = claimed(&store, next(100)).await;
        assert_eq!(numbers(&first), [11, 12]);
        assert_eq!(claimed(&store, next(100)).await, []);
        assert!(tried(&store, &first[0], Verdict::Retry { run_at: at(200) }).await);
        assert!(tried(&store, &first[1], Verdict::Failed { at: at(100) }).await);
        assert_eq!(numbers(&claimed(&store, next(150)).await), [22]);
        assert_eq!(numbers(&claimed(&store, next(200)).await), [11]);
    })
    .await;
}

#[tokio::test]
async fn lists_and_replays_mean_the_same_deliveries() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        let (one, two) = (endpoint(&store, here, 1).await.id, endpoint(&store, here, 2).await.id);
        let other = Delivery { event_type: "segment.left".to_owned(), ..delivery(one, 15) };
        owed(&store, here, &[11, 12, 13, 14].map(|number| delivery(one, number))).await;
        owed(&store, here, &[other, delivery(two, 16)]).await;
        for claimed in claimed(&store, DeliveryClaim { limit: 3, ..wanted(here, one, 100) }).await {
            assert!(tried(&store, &claimed, Verdict::Failed { at: at(100) }).await);
        }
        let all = DeliveryFilter::default();
        let of_one = DeliveryFilter { endpoint: Some(one), ..all.clone() };
        let failed = DeliveryFilter { statuses: vec![DeliveryStatus::Failed], ..of_one.clone() };
        let ranged = DeliveryFilter { since: Some(at(12)), before: Some(at(14)), ..all.clone() };
        for (filter, expected) in [
            (&all, &[16_i64, 15, 14, 13, 12, 11][..]),
            (&of_one, &[15, 14, 13, 12, 11]),
            (&failed, &[13, 12, 11]),
            (&ranged, &[13, 12]),
        ] {
            let found = page(store.db(), here, filter, Page::first(9)).await.unwrap();
            assert_eq!(found.iter().map(|delivery| delivery.sequence).collect::<Vec<_>>(), expected, "{filter:?}");
            assert_eq!(count(store.db(), here, filter).await.unwrap(), expected.len() as u64);
        }
        assert_eq!(page(store.db(), here, &all, Page::after(12, 9)).await.unwrap().len(), 1);
        let tx = store.begin().await.unwrap();
        assert_eq!(resend_many(&tx, here, &failed, (2, at(300))).await.unwrap(), 2);
        let left = page(tx.db(), here, &failed, Page::first(9)).await.unwrap();
        assert_eq!(left.iter().map(|delivery| delivery.sequence).collect::<Vec<_>>(), [13], "the oldest go first");
        assert_eq!(resend_many(&tx, here, &failed, (2, at(300))).await.unwrap(), 1);
        assert_eq!(resend_many(&tx, here, &failed, (2, at(300))).await.unwrap(), 0);
        tx.commit().await.unwrap();
        assert_eq!(count(store.db(), here, &failed).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn what_waits_is_counted_for_several_endpoints_at_once() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        let (one, two) = (endpoint(&store, here, 1).await.id, endpoint(&store, here, 2).await.id);
        owed(&store, here, &[11, 12, 13].map(|number| delivery(one, number))).await;
        let mut taken = claimed(&store, DeliveryClaim { limit: 2, ..wanted(here, one, 100) }).await;
        assert!(tried(&store, &taken.remove(0), Verdict::Delivered { at: at(20) }).await);
        let found = backlogs(store.db(), here, &[one, two]).await.unwrap();
        assert_eq!(found, [Backlog { endpoint: one, count: 2, oldest_at: at(12) }]);
        assert_eq!(backlogs(store.db(), here, &[two]).await.unwrap(), []);
    })
    .await;
}

/// A partial index serves a statement only when SQLite can read in it that all rows are in the index.
#[tokio::test]
async fn statements_about_what_waits_and_what_failed_use_the_indices_made_for_them() {
    let fresh = crate::testing::TestStore::sqlite().await;
    let store = fresh.store();
    let here = workspace(store, 1).await;
    let id = endpoint(store, here, 1).await.id;
    let of = |statuses: &[DeliveryStatus]| {
        let filter = DeliveryFilter { endpoint: Some(id), statuses: statuses.to_vec(), ..DeliveryFilter::default() };
        in_workspace::<row::Entity>(here).filter(is_meant(&filter)).order_by_desc(row::Column::Sequence)
    };
    for (query, index) in [
        (backlog_query(here, &[id]), "deliveries_backlog"),
        (of(&[DeliveryStatus::Failed]), "deliveries_failed"),
        (of(&[]), "deliveries_endpoint"),
    ] {
        let statement = query.build(sea_orm::DbBackend::Sqlite);
        let sql = format!("EXPLAIN QUERY PLAN {}", statement.sql);
        let steps = store.db().rows(sql, statement.values.unwrap().0).await.unwrap();
        let steps: Vec<String> = steps.iter().map(|step| step.try_get("", "detail").unwrap()).collect();
        assert!(steps[0].contains(&format!("INDEX {index} ")), "{index}: {steps:?}");
    }
}

#[tokio::test]
async fn what_ended_long_ago_and_what_is_owed_to_nobody_is_forgotten() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        let (one, two) = (endpoint(&store, here, 1).await.id, endpoint(&store, here, 2).await.id);
        owed(&store, here, &[11, 12, 13].map(|number| delivery(one, number))).await;
        owed(&store, here, &[14, 15, 16].map(|number| delivery(two, number))).await;
        let mut taken = claimed(&store, DeliveryClaim { limit: 2, ..wanted(here, one, 100) }).await;
        assert!(tried(&store, &taken.remove(1), Verdict::Failed { at: at(20) }).await);
        let tx = store.begin().await.unwrap();
        assert_eq!(delete_expired(&tx, at(20), 9).await.unwrap(), 0);
        assert_eq!(delete_expired(&tx, at(21), 9).await.unwrap(), 1, "11 is in a worker's hands, 13 is owed");
        assert_eq!(delete_of(&tx, here, two, 2).await.unwrap(), 2);
        assert_eq!(delete_of(&tx, here, two, 2).await.unwrap(), 1);
        assert_eq!(count(tx.db(), here, &DeliveryFilter::default()).await.unwrap(), 2);
        endpoints::delete(&tx, here, one).await.unwrap();
        assert_eq!(find(tx.db(), here, delivery(one, 13).id).await.unwrap(), None);
        assert_eq!(delete_stray(&tx, at(13), 9).await.unwrap(), 1);
        assert_eq!(delete_stray(&tx, at(14), 9).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_waited_too_long_is_given_up_and_can_be_sent_again() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        let id = endpoint(&store, here, 1).await.id;
        owed(&store, here, &[11, 12, 13, 14].map(|number| delivery(id, number))).await;
        claimed(&store, DeliveryClaim { limit: 1, ..wanted(here, id, 100) }).await;
        let tx = store.begin().await.unwrap();
        assert_eq!(update_overdue(&tx, (at(14), at(50)), 1).await.unwrap(), 1);
        assert_eq!(update_overdue(&tx, (at(14), at(50)), 9).await.unwrap(), 1, "11 is in a worker's hands");
        let failed = DeliveryFilter { statuses: vec![DeliveryStatus::Failed], ..DeliveryFilter::default() };
        let given_up = page(tx.db(), here, &failed, Page::first(9)).await.unwrap();
        assert_eq!(given_up.iter().map(|delivery| delivery.sequence).collect::<Vec<_>>(), [13, 12]);
        assert_eq!(given_up[0].state, DeliveryState::Failed { at: at(50) });
        assert!(resend(&tx, here, given_up[0].id, at(60)).await.unwrap());
        assert_eq!(update_overdue(&tx, (at(14), at(61)), 9).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_claimers_never_share_a_delivery() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        let id = endpoint(&store, here, 1).await.id;
        let all: Vec<Delivery> = (1..=60).map(|number| delivery(id, number)).collect();
        owed(&store, here, &all).await;
        let claimer = async |store: Store| {
            let mut mine = Vec::new();
            loop {
                let claimed = claimed(&store, DeliveryClaim { limit: 7, ..wanted(here, id, 100) }).await;
                if claimed.is_empty() {
                    return mine;
                }
                mine.extend(claimed.into_iter().map(|claimed| claimed.id));
            }
        };
        let (one, two, three) = tokio::join!(claimer(store.clone()), claimer(store.clone()), claimer(store.clone()));
        let all: HashSet<DeliveryId> = one.iter().chain(&two).chain(&three).copied().collect();
        assert_eq!((one.len() + two.len() + three.len(), all.len()), (60, 60));
    })
    .await;
}
