//! What fails is tried again, given up in the end, and sent again when someone says so.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::*;
use crate::clock::Stopwatch;
use crate::webhooks::{AttemptFailure, AttemptOutcome, DeliveryState};

/// Answers the first requests so, the later ones with 200.
async fn mending(replies: Vec<Reply>) -> Sink {
    let replies = std::sync::Mutex::new(replies.into_iter());
    Sink::start(move |_| replies.lock().unwrap().next().unwrap_or_else(|| Reply::status(200))).await
}

/// Moves the clock to each retry in turn, and answers when each attempt was made.
async fn attempted_at(engine: &Engine, sink: &Sink, count: usize) -> Vec<i64> {
    let mut times = Vec::new();
    for attempt in 1..=count {
        loop {
            engine.settle().await.unwrap();
            if attempt <= sink.received().len() {
                break;
            }
            engine.clock().advance_micros(100_000);
        }
        times.push(engine.clock().now().as_micros());
    }
    times
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn retries_keep_the_schedule_and_the_id_and_end_in_giving_up() {
    on_both(|store| async move {
        let (engine, cx) = house_with_schedule(&store, &[1, 2, 4, 8]).await;
        let sink = mending(vec![Reply::status(500); 5]).await;
        let (_, secret) = endpoint(&cx, &sink).await;
        set(&cx, "a", "points", json!(1)).await;
        let times = attempted_at(&engine, &sink, 5).await;
        for (pair, wait) in times.windows(2).zip([1_000_000, 2_000_000, 4_000_000, 8_000_000]) {
            let gap = pair[1] - pair[0];
            assert!((wait * 8 / 10..=wait * 12 / 10 + 100_000).contains(&gap), "{gap} instead of {wait}");
        }
        let received = sink.received();
        assert_eq!(ids(&received).iter().collect::<BTreeSet<_>>().len(), 1);
        // Each attempt is signed at its own time.
        for (request, micros) in received.iter().zip(&times) {
            let seconds = request.header("webhook-timestamp").unwrap();
            assert_eq!(seconds, (micros / 1_000_000).to_string());
            assert!(is_signed(request, &secret, engine.clock().now()));
        }
        assert_eq!(count(&cx, DeliveryStatus::Failed).await, 1);
        engine.clock().advance_micros(86_400_000_000);
        engine.settle().await.unwrap();
        assert_eq!(sink.received().len(), 5, "what was given up stays so");
        engine.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_given_up_is_sent_again_by_hand_with_its_id_and_all_its_attempts() {
    on_both(|store| async move {
        let (engine, cx) = house_with_schedule(&store, &[]).await;
        let sink = mending(vec![Reply::Reset, Reply::status(302), Reply::status(404), Reply::Hang]).await;
        let (made, _) = endpoint(&cx, &sink).await;
        for who in ["a", "b", "c", "d"] {
            set(&cx, who, "points", json!(1)).await;
        }
        engine.settle().await.unwrap();
        assert_eq!(count(&cx, DeliveryStatus::Failed).await, 4);
        let failed = DeliveryFilter {
            endpoint: Some(made.id),
            statuses: vec![DeliveryStatus::Failed],
            ..DeliveryFilter::default()
        };
        let page = webhooks::page_of_deliveries(&cx, &failed, crate::PageRequest::new(9, None)).await.unwrap();
        let again = webhooks::resend(&cx, page.items[0].id, None).await.unwrap();
        engine.settle().await.unwrap();
        let found = webhooks::find_delivery(&cx, again.id).await.unwrap().unwrap();
        assert_eq!((found.state, found.attempts), (DeliveryState::Delivered { at: engine.clock().now() }, 2));
        assert_eq!(webhooks::count_deliveries(&cx, &failed).await.unwrap(), 3);
        assert_eq!(webhooks::replay(&cx, failed.clone(), None).await.unwrap(), 3);
        assert_eq!(webhooks::replay(&cx, failed, None).await.unwrap(), 0);
        engine.settle().await.unwrap();
        assert_eq!(count(&cx, DeliveryStatus::Delivered).await, 4);
        let received = sink.received();
        assert_eq!((received.len(), ids(&received).iter().collect::<BTreeSet<_>>().len()), (8, 4));
        let all: Vec<_> = page.items.iter().map(|delivery| delivery.id).collect();
        let attempts = webhooks::attempts_of(&cx, &all).await.unwrap();
        let of = |wanted: AttemptFailure| {
            attempts.iter().filter(|attempt| attempt.outcome == AttemptOutcome::Failed(wanted)).count()
        };
        let found = (of(AttemptFailure::BrokenAnswer), of(AttemptFailure::Timeout), attempts.len());
        assert_eq!(found, (1, 1, 8));
        engine.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn someone_who_sends_again_need_not_wait_for_a_receiver_to_be_trusted_again() {
    on_both(|store| async move {
        let (engine, cx) = house_with_schedule(&store, &[]).await;
        let works = Arc::new(AtomicBool::new(false));
        let answers = Arc::clone(&works);
        let sink = Sink::start(move |_| Reply::status(if answers.load(Ordering::Relaxed) { 200 } else { 500 })).await;
        endpoint(&cx, &sink).await;
        for number in 0..30 {
            set(&cx, &format!("p{number}"), "points", json!(1)).await;
        }
        engine.settle().await.unwrap();
        assert_eq!(count(&cx, DeliveryStatus::Due).await, 20, "after ten failures the receiver is left alone");
        works.store(true, Ordering::Relaxed);
        let failed = DeliveryFilter { statuses: vec![DeliveryStatus::Failed], ..DeliveryFilter::default() };
        let page = webhooks::page_of_deliveries(&cx, &failed, crate::PageRequest::new(9, None)).await.unwrap();
        webhooks::resend(&cx, page.items[0].id, None).await.unwrap();
        engine.settle().await.unwrap();
        assert_eq!((count(&cx, DeliveryStatus::Due).await, count(&cx, DeliveryStatus::Delivered).await), (0, 21));
        engine.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receiver_that_asks_for_time_gets_it() {
    on_both(|store| async move {
        let (engine, cx) = house_with_schedule(&store, &[1]).await;
        let sink = mending(vec![Reply::Answer(429, vec![("retry-after", "60".to_owned())], Vec::new())]).await;
        endpoint(&cx, &sink).await;
        set(&cx, "a", "points", json!(1)).await;
        engine.settle().await.unwrap();
        engine.clock().advance_micros(59_000_000);
        engine.settle().await.unwrap();
        assert_eq!(sink.received().len(), 1);
        engine.clock().advance_micros(1_000_000);
        engine.settle().await.unwrap();
        assert_eq!(sink.received().len(), 2);
        assert_eq!(count(&cx, DeliveryStatus::Delivered).await, 1);
        engine.close().await;
    })
    .await;
}

/// Forty receivers that never answer, and one that does.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn receivers_that_never_answer_do_not_hold_up_one_that_does() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let hole = Sink::start(|_| Reply::Hang).await;
        let sink = Sink::start(|_| Reply::status(200)).await;
        for _ in 0..40 {
            endpoint(&cx, &hole).await;
        }
        for number in 0..5 {
            set(&cx, &format!("before-{number}"), "points", json!(1)).await;
        }
        hole.wait_for(40).await;
        endpoint(&cx, &sink).await;
        let began = Stopwatch::start();
        for number in 0..20 {
            set(&cx, &format!("after-{number}"), "points", json!(1)).await;
        }
        sink.wait_for(20).await;
        assert!(began.elapsed() < std::time::Duration::from_secs(10), "{:?}", began.elapsed());
        engine.close().await;
    })
    .await;
}
