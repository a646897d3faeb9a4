//! Whatever dies, every change arrives.

use std::time::Duration;

use super::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_change_is_lost_by_crashes() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let sink = Sink::start(|_| Reply::status(200)).await;
        endpoint(&cx, &sink).await;
        testing::crash(&engine).await;
        let mut committed = BTreeSet::new();
        for round in 0..6_u64 {
            let (engine, cx) = another(&store, 10 + round, true).await;
            for number in 0..20 {
                let who = format!("p{}", number % 7);
                let profile = set(&cx, &who, "points", json!(100 * round + number)).await;
                committed.insert((who, profile.version));
            }
            // Wherever the follower and the worker are just now.
            testing::crash(&engine).await;
        }
        let (engine, _) = another(&store, 99, true).await;
        while !committed.is_subset(&told(&sink.received())) {
            engine.settle().await.unwrap();
            sink.wait_for(sink.received().len()).await;
        }
        assert_eq!(told(&sink.received()), committed);
        engine.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_faults_nothing_arrives_twice_from_one_node_or_from_two() {
    on_both(|store| async move {
        let (one, cx) = house(&store).await;
        let sink = Sink::start(|_| Reply::status(200)).await;
        endpoint(&cx, &sink).await;
        // Several nodes need PostgreSQL.
        let two = if store.is_sqlite() { None } else { Some(another(&store, 8, true).await.0) };
        for number in 0..150 {
            set(&cx, &format!("p{}", number % 30), "points", json!(number)).await;
        }
        one.settle().await.unwrap();
        let received = sink.wait_for(150).await;
        assert_eq!((received.len(), told(&received).len()), (150, 150));
        one.close().await;
        if let Some(two) = two {
            two.close().await;
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn closing_waits_for_what_is_under_way_and_writes_it() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let sink = Sink::start(|_| Reply::Hang).await;
        endpoint(&cx, &sink).await;
        set(&cx, "a", "points", json!(1)).await;
        sink.wait_for(1).await;
        engine.tasks().stop();
        engine.tasks().ended().await;
        assert_eq!(count(&cx, DeliveryStatus::Leased).await, 0);
        assert_eq!(count(&cx, DeliveryStatus::Due).await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_closing_node_does_not_wait_for_is_owed_again_at_once() {
    on_both(|store| async move {
        let mut config = testing::config();
        config.lease = Duration::from_mins(10);
        config.webhooks.attempt_timeout = Duration::from_mins(10);
        config.webhooks.finish_timeout = Duration::from_millis(50);
        let (engine, cx) = house_of(&store, config).await;
        let sink = Sink::start(|_| Reply::Hang).await;
        endpoint(&cx, &sink).await;
        set(&cx, "a", "points", json!(1)).await;
        sink.wait_for(1).await;
        engine.tasks().stop();
        engine.tasks().ended().await;
        assert_eq!((count(&cx, DeliveryStatus::Leased).await, count(&cx, DeliveryStatus::Due).await), (0, 1));
    })
    .await;
}
