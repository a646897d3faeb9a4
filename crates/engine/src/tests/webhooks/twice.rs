//! What is sent again under its idempotency key is done once.

use super::*;
use crate::webhooks::{DeliveryState, rotate_secret};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pause_and_a_resumption_answer_the_same_and_leave_alone_what_came_between() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let sink = Sink::start(|_| Reply::status(200)).await;
        let (made, _) = endpoint(&cx, &sink).await;
        let paused = webhooks::pause(&cx, made.id, Some("pause".into())).await.unwrap();
        let resumed = webhooks::resume(&cx, made.id, Some("resume".into())).await.unwrap();
        assert_eq!(webhooks::pause(&cx, made.id, Some("pause".into())).await.unwrap(), paused);
        let found = webhooks::find(&cx, made.id).await.unwrap().unwrap();
        assert_eq!((found.state, resumed.state), (EndpointState::Active, EndpointState::Active));
        webhooks::pause(&cx, made.id, None).await.unwrap();
        assert_eq!(webhooks::resume(&cx, made.id, Some("resume".into())).await.unwrap(), resumed);
        let found = webhooks::find(&cx, made.id).await.unwrap().unwrap();
        assert_eq!(found.state, EndpointState::Paused { since: cx.now });
        let refused = webhooks::resume(&cx, made.id, Some("pause".into())).await.unwrap_err();
        assert_eq!(codes(refused), [ProblemCode::IdempotencyMismatch]);
        engine.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_test_event_a_resend_and_a_replay_send_once() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let sink = Sink::start(|_| Reply::status(200)).await;
        let (made, _) = endpoint(&cx, &sink).await;
        let first = webhooks::send_test(&cx, made.id, Some("test".into())).await.unwrap();
        engine.settle().await.unwrap();
        let again = webhooks::send_test(&cx, made.id, Some("test".into())).await.unwrap();
        assert_eq!((again.id, again.state), (first.id, DeliveryState::Delivered { at: cx.now }));
        assert_eq!(sink.received().len(), 1);
        for _ in 0..2 {
            webhooks::resend(&cx, first.id, Some("resend".into())).await.unwrap();
            engine.settle().await.unwrap();
            assert_eq!(sink.received().len(), 2);
        }
        let delivered = DeliveryFilter {
            endpoint: Some(made.id),
            statuses: vec![DeliveryStatus::Delivered],
            ..DeliveryFilter::default()
        };
        for _ in 0..2 {
            assert_eq!(webhooks::replay(&cx, delivered.clone(), Some("replay".into())).await.unwrap(), 1);
            engine.settle().await.unwrap();
            assert_eq!(sink.received().len(), 3);
        }
        engine.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rotation_makes_one_secret_and_shows_it_once() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let sink = Sink::start(|_| Reply::status(200)).await;
        let (made, _) = endpoint(&cx, &sink).await;
        let first = rotate_secret(&cx, made.id, 24, Some("rotate".into())).await.unwrap();
        let again = rotate_secret(&cx, made.id, 24, Some("rotate".into())).await.unwrap();
        assert_eq!((first.secret.is_some(), again.secret.is_some()), (true, false));
        assert_eq!(again.old_ends_at, first.old_ends_at);
        let secrets = attrium_storage::endpoint_secrets::find_live(store.db(), cx.workspace, &[made.id], cx.now).await;
        assert_eq!(secrets.unwrap().len(), 2);
        engine.close().await;
    })
    .await;
}
