use super::*;
use crate::fixtures::{at, endpoint, key, workspace};
use crate::store::Store;
use crate::testing::on_both;

async fn found(store: &Store, workspace: WorkspaceId, id: EndpointId) -> Endpoint {
    find(store.db(), workspace, id).await.unwrap().unwrap()
}

async fn noted(store: &Store, workspace: WorkspaceId, news: HealthNews) -> EndpointHealth {
    let tx = store.begin().await.unwrap();
    update_health(&tx, workspace, news).await.unwrap();
    tx.commit().await.unwrap();
    found(store, workspace, news.endpoint).await.health
}

#[tokio::test]
async fn an_endpoint_reads_back_and_belongs_to_its_workspace() {
    on_both(|store| async move {
        let (here, there) = (workspace(&store, 1).await, workspace(&store, 2).await);
        let one = endpoint(&store, here, 1).await;
        let two = endpoint(&store, here, 2).await;
        assert_eq!(found(&store, here, one.id).await, one);
        assert_eq!(find(store.db(), there, one.id).await.unwrap(), None);
        assert_eq!(page(store.db(), here, Page::after(one.id, 9)).await.unwrap(), std::slice::from_ref(&two));
        assert_eq!(find_many(store.db(), here, &[two.id, one.id]).await.unwrap(), [one.clone(), two]);
        assert_eq!((count(store.db(), here).await.unwrap(), count(store.db(), there).await.unwrap()), (2, 0));
        let tx = store.begin().await.unwrap();
        assert!(!delete(&tx, there, one.id).await.unwrap());
        assert!(delete(&tx, here, one.id).await.unwrap());
        assert_eq!(count(tx.db(), here).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_edit_leaves_state_and_health_alone_and_needs_the_next_revision() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        let made = endpoint(&store, here, 1).await;
        let tx = store.begin().await.unwrap();
        assert!(update_state(&tx, here, made.id, (EndpointState::Paused { since: at(5) }, at(5))).await.unwrap());
        let edited = Endpoint { name: "B".to_owned(), attributes: vec![key("points")], revision: 2, ..made.clone() };
        update(&tx, here, &edited).await.unwrap();
        assert!(matches!(update(&tx, here, &edited).await, Err(StorageError::Conflict { .. })));
        tx.commit().await.unwrap();
        let state = EndpointState::Paused { since: at(5) };
        assert_eq!(found(&store, here, made.id).await, Endpoint { state, ..edited });
    })
    .await;
}

#[tokio::test]
async fn health_counts_failures_since_the_last_success() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        let id = endpoint(&store, here, 1).await.id;
        let failed = |failures, first, last| HealthNews {
            endpoint: id,
            succeeded_at: None,
            failures,
            failed_at: Some((at(first), at(last))),
        };
        noted(&store, here, failed(2, 10, 11)).await;
        let health = noted(&store, here, failed(1, 20, 20)).await;
        assert_eq!((health.failures, health.failing_since, health.last_failure_at), (3, Some(at(10)), Some(at(20))));
        let again = HealthNews { succeeded_at: Some(at(30)), ..failed(1, 31, 31) };
        let health = noted(&store, here, again).await;
        assert_eq!((health.failures, health.failing_since), (1, Some(at(31))));
        assert_eq!((health.last_success_at, health.last_failure_at), (Some(at(30)), Some(at(31))));
        let well = HealthNews { endpoint: id, succeeded_at: Some(at(40)), failures: 0, failed_at: None };
        let health = noted(&store, here, well).await;
        assert_eq!((health.failures, health.failing_since, health.last_failure_at), (0, None, Some(at(31))));
    })
    .await;
}

#[tokio::test]
async fn an_endpoint_is_disabled_once_and_begins_anew_when_it_is_enabled() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        let id = endpoint(&store, here, 1).await.id;
        let news = HealthNews { endpoint: id, succeeded_at: None, failures: 12, failed_at: Some((at(10), at(20))) };
        noted(&store, here, news).await;
        let tx = store.begin().await.unwrap();
        let limit = |failing_before, failures_min| FailingLimit { failing_before: at(failing_before), failures_min };
        for (limit, is_disabled) in
            [(limit(9, 12), false), (limit(10, 13), false), (limit(10, 12), true), (limit(10, 12), false)]
        {
            assert_eq!(disable_failing(&tx, here, id, (limit, at(30))).await.unwrap(), is_disabled, "{limit:?}");
        }
        assert!(update_state(&tx, here, id, (EndpointState::Active, at(40))).await.unwrap());
        assert!(!update_state(&tx, here, id, (EndpointState::Active, at(41))).await.unwrap());
        let gone = EndpointState::Gone { since: at(50) };
        assert!(update_state(&tx, here, id, (gone, at(50))).await.unwrap());
        tx.commit().await.unwrap();
        let endpoint = found(&store, here, id).await;
        assert_eq!((endpoint.state, endpoint.health.failures, endpoint.health.failing_since), (gone, 0, None));
    })
    .await;
}
