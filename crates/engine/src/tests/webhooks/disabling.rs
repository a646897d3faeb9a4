//! Endpoints that are paused, that want nothing more, and that do nothing but fail.

use super::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_an_endpoint_is_paused_deliveries_wait() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let sink = Sink::start(|_| Reply::status(200)).await;
        let (made, _) = endpoint(&cx, &sink).await;
        let paused = webhooks::pause(&cx, made.id, None).await.unwrap();
        assert_eq!(paused.state, EndpointState::Paused { since: cx.now });
        for who in ["a", "b", "c"] {
            set(&cx, who, "points", json!(1)).await;
        }
        engine.settle().await.unwrap();
        assert_eq!(sink.received(), []);
        let backlog = webhooks::Backlog { endpoint: made.id, count: 3, oldest_at: cx.now };
        assert_eq!(webhooks::backlogs(&cx, &[made.id]).await.unwrap(), [backlog]);
        webhooks::resume(&cx, made.id, None).await.unwrap();
        engine.settle().await.unwrap();
        assert_eq!(told(&sink.received()).len(), 3);
        assert_eq!(webhooks::backlogs(&cx, &[made.id]).await.unwrap(), []);
        engine.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_endpoint_that_answers_410_gets_nothing_more_until_it_is_resumed() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let is_gone = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(true));
        let answers = std::sync::Arc::clone(&is_gone);
        let sink = Sink::start(move |_| {
            Reply::status(if answers.load(std::sync::atomic::Ordering::Relaxed) { 410 } else { 200 })
        })
        .await;
        let (made, _) = endpoint(&cx, &sink).await;
        for who in ["a", "b", "c"] {
            set(&cx, who, "points", json!(1)).await;
            engine.settle().await.unwrap();
        }
        let found = webhooks::find(&cx, made.id).await.unwrap().unwrap();
        assert_eq!(found.state, EndpointState::Gone { since: cx.now });
        assert_eq!((sink.received().len(), count(&cx, DeliveryStatus::Failed).await), (1, 1));
        is_gone.store(false, std::sync::atomic::Ordering::Relaxed);
        webhooks::resume(&cx, made.id, None).await.unwrap();
        let failed = DeliveryFilter { statuses: vec![DeliveryStatus::Failed], ..DeliveryFilter::default() };
        assert_eq!(webhooks::replay(&cx, failed, None).await.unwrap(), 1);
        engine.settle().await.unwrap();
        let received = sink.received();
        assert_eq!((told(&received).len(), received.len()), (3, 4));
        engine.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_five_days_of_nothing_but_failures_an_endpoint_is_left_alone() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let sink = Sink::start(|_| Reply::status(500)).await;
        let (made, _) = endpoint(&cx, &sink).await;
        set(&cx, "a", "points", json!(1)).await;
        // One schedule takes three days; what is given up then is not enough.
        for hours in 0..119 {
            set(&cx, "b", "points", json!(hours)).await;
            engine.settle().await.unwrap();
            engine.clock().advance_micros(3_600_000_000);
        }
        let found = webhooks::find(&cx, made.id).await.unwrap().unwrap();
        assert_eq!((found.state, found.health.failing_since), (EndpointState::Active, Some(cx.now)));
        for _ in 0..4 {
            engine.clock().advance_micros(3_600_000_000);
            engine.settle().await.unwrap();
        }
        let found = webhooks::find(&cx, made.id).await.unwrap().unwrap();
        assert!(matches!(found.state, EndpointState::Failing { .. }), "{found:?}");
        let before = sink.received().len();
        set(&now(&engine).await, "c", "points", json!(1)).await;
        engine.clock().advance_micros(86_400_000_000);
        engine.settle().await.unwrap();
        assert_eq!(sink.received().len(), before);
        let resumed = webhooks::resume(&now(&engine).await, made.id, None).await.unwrap();
        assert_eq!((resumed.state, resumed.health.failures), (EndpointState::Active, 0));
        engine.settle().await.unwrap();
        assert!(before < sink.received().len());
        engine.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deleted_endpoint_takes_what_it_was_owed_along() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let sink = Sink::start(|_| Reply::status(500)).await;
        let (made, _) = endpoint(&cx, &sink).await;
        set(&cx, "a", "points", json!(1)).await;
        engine.settle().await.unwrap();
        assert_eq!(count(&cx, DeliveryStatus::Due).await, 1);
        let page =
            webhooks::page_of_deliveries(&cx, &DeliveryFilter::default(), crate::PageRequest::new(9, None)).await;
        webhooks::delete(&cx, made.id, None).await.unwrap();
        assert_eq!(webhooks::find_delivery(&cx, page.unwrap().items[0].id).await.unwrap(), None);
        engine.settle().await.unwrap();
        assert_eq!(webhooks::count_deliveries(&cx, &DeliveryFilter::default()).await.unwrap(), 0);
        assert!(matches!(webhooks::delete(&cx, made.id, None).await, Err(Error::NotFound { .. })));
        engine.clock().advance_micros(86_400_000_000);
        set(&now(&engine).await, "a", "points", json!(2)).await;
        engine.settle().await.unwrap();
        assert_eq!(sink.received().len(), 1);
        engine.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn deliveries_and_attempts_are_forgotten_in_time() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let sink = Sink::start(|_| Reply::status(200)).await;
        endpoint(&cx, &sink).await;
        set(&cx, "a", "points", json!(1)).await;
        engine.settle().await.unwrap();
        let all = DeliveryFilter::default();
        let page = webhooks::page_of_deliveries(&cx, &all, crate::PageRequest::new(9, None)).await.unwrap();
        let id = page.items[0].id;
        for (days, attempts, deliveries) in [(29, 1, 1), (2, 0, 0)] {
            engine.clock().advance_micros(days * 86_400_000_000);
            crate::housekeeping::tidy(&engine).await.unwrap();
            assert_eq!(webhooks::attempts_of(&cx, &[id]).await.unwrap().len(), attempts, "after {days} more days");
            assert_eq!(webhooks::count_deliveries(&cx, &all).await.unwrap(), deliveries, "after {days} more days");
        }
        engine.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_waits_for_a_paused_endpoint_is_kept_and_in_the_end_given_up_where_it_can_be_seen() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let sink = Sink::start(|_| Reply::status(200)).await;
        let (made, _) = endpoint(&cx, &sink).await;
        webhooks::pause(&cx, made.id, None).await.unwrap();
        set(&cx, "a", "points", json!(1)).await;
        engine.settle().await.unwrap();
        for (days, due, failed) in [(35, 1, 0), (54, 1, 0), (2, 0, 1), (29, 0, 1)] {
            engine.clock().advance_micros(days * 86_400_000_000);
            crate::housekeeping::tidy(&engine).await.unwrap();
            let found = (count(&cx, DeliveryStatus::Due).await, count(&cx, DeliveryStatus::Failed).await);
            assert_eq!(found, (due, failed), "after {days} more days");
        }
        let failed = DeliveryFilter { statuses: vec![DeliveryStatus::Failed], ..DeliveryFilter::default() };
        let page = webhooks::page_of_deliveries(&cx, &failed, crate::PageRequest::new(9, None)).await.unwrap();
        let late = now(&engine).await;
        webhooks::resend(&late, page.items[0].id, None).await.unwrap();
        engine.clock().advance_micros(33 * 86_400_000_000);
        crate::housekeeping::tidy(&engine).await.unwrap();
        webhooks::resume(&now(&engine).await, made.id, None).await.unwrap();
        engine.settle().await.unwrap();
        assert_eq!(sink.received().len(), 1, "what was sent again is owed as if it were new");
        engine.close().await;
    })
    .await;
}
