//! What arrives, and what does not.

use std::sync::Mutex;

use attrium_schema::SegmentId;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_arrives_signed_with_the_chosen_attributes_alone() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let sink = Sink::start(|_| Reply::status(204)).await;
        let draft = EndpointDraft { attributes: vec!["COUNTRY".to_owned()], ..endpoint_draft(&sink.url("/hooks")) };
        let (made, secret) = endpoint_of(&cx, draft).await;
        let values = [("country", text("TR")), ("points", json!(5))];
        let profile = profiles::set_attributes(&cx, edit("crm-1", &values), None).await.unwrap();
        // Not chosen, then not altered, then removed.
        set(&cx, "crm-1", "points", json!(6)).await;
        set(&cx, "crm-1", "country", text("TR")).await;
        set(&cx, "crm-1", "country", Json::Null).await;
        engine.settle().await.unwrap();
        let received = sink.received();
        let expected = |kind: &str, version: i64, country: Json| {
            let about = json!({ "id": profile.id, "external_id": "crm-1", "version": version });
            json!({ "type": kind, "timestamp": testing::NOW, "data": { "profile": about, "attributes": { "country": country } } })
        };
        let bodies: BTreeSet<String> = received.iter().map(|request| body(request).to_string()).collect();
        let wanted = [expected("profile.created", 1, text("TR")), expected("profile.updated", 4, Json::Null)];
        assert_eq!(bodies, wanted.iter().map(Json::to_string).collect());
        for request in &received {
            assert!(is_signed(request, &secret, engine.clock().now()));
        }
        let all = DeliveryFilter::default();
        let page = webhooks::page_of_deliveries(&cx, &all, crate::PageRequest::new(9, None)).await.unwrap();
        let deliveries = page.items;
        assert_eq!(deliveries.iter().map(|delivery| delivery.attempts).collect::<Vec<_>>(), [1, 1]);
        let of_first = webhooks::attempts_of(&cx, &[deliveries[0].id]).await.unwrap();
        let answered = webhooks::AttemptOutcome::Answered { status: 204, excerpt: String::new() };
        assert_eq!((of_first.len(), &of_first[0].outcome), (1, &answered));
        let health = webhooks::find(&cx, made.id).await.unwrap().unwrap().health;
        assert_eq!((health.failures, health.last_success_at), (0, Some(engine.clock().now())));
        engine.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn coming_to_a_segment_and_going_from_it_is_told_with_what_the_profile_has() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let sink = Sink::start(|_| Reply::status(200)).await;
        let events = vec![EventType::SegmentEntered, EventType::SegmentLeft];
        let attributes = vec!["country".to_owned(), "seen_at".to_owned()];
        endpoint_of(&cx, EndpointDraft { events, attributes, ..endpoint_draft(&sink.url("/hooks")) }).await;
        set(&cx, "crm-1", "country", text("TR")).await;
        let rich = segment(&cx, "Rich", "points >= 50").await;
        let profile = set(&cx, "crm-1", "points", json!(60)).await;
        engine.settle().await.unwrap();
        let entered = body(&sink.wait_for(1).await[0]);
        assert_eq!(entered["type"], "segment.entered");
        assert_eq!(entered["data"]["segment"], json!({ "id": rich.id, "key": "rich", "name": "Rich" }));
        assert_eq!(entered["data"]["profile"], json!({ "id": profile.id, "external_id": "crm-1", "version": 2 }));
        assert_eq!(entered["data"]["attributes"], json!({ "country": "TR" }));
        set(&cx, "crm-1", "points", json!(10)).await;
        engine.settle().await.unwrap();
        assert_eq!(body(&sink.wait_for(2).await[1])["type"], "segment.left");
        engine.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_endpoint_that_chose_segments_hears_of_those_alone_even_when_they_are_gone() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let sink = Sink::start(|_| Reply::status(200)).await;
        let (rich, german) =
            (segment(&cx, "Rich", "points >= 50").await, segment(&cx, "German", "country = \"DE\"").await);
        let events = vec![EventType::SegmentEntered];
        let segments = vec![rich.id, rich.id];
        let draft = EndpointDraft { events, segments, ..endpoint_draft(&sink.url("/hooks")) };
        let (made, _) = endpoint_of(&cx, draft).await;
        assert_eq!(made.segments, [rich.id]);
        let both = |points: i64| [("country", text("DE")), ("points", json!(points))];
        profiles::set_attributes(&cx, edit("a", &both(60)), None).await.unwrap();
        engine.settle().await.unwrap();
        segments::delete(&cx, rich.id, None).await.unwrap();
        profiles::set_attributes(&cx, edit("b", &both(60)), None).await.unwrap();
        engine.settle().await.unwrap();
        let entered = || -> Vec<Json> {
            sink.received().iter().map(|request| body(request)["data"]["segment"]["key"].clone()).collect()
        };
        assert_eq!(entered(), ["rich"]);
        // What was read may be sent back; another that does not exist may not.
        let edit_of = |segments| EndpointEdit { segments: Some(segments), ..edit_of_endpoint(made.id) };
        let kept = webhooks::update(&cx, edit_of(vec![rich.id, german.id]), None).await.unwrap();
        assert_eq!(kept.segments, [rich.id, german.id]);
        webhooks::update(&cx, edit_of(Vec::new()), None).await.unwrap();
        let refused = webhooks::update(&cx, edit_of(vec![german.id, rich.id]), None).await.unwrap_err();
        assert_eq!(codes(refused), [ProblemCode::NotFound]);
        profiles::set_attributes(&cx, edit("c", &both(1)), None).await.unwrap();
        engine.settle().await.unwrap();
        assert_eq!(entered(), ["rich", "german"]);
        let refused = webhooks::update(&cx, edit_of(vec![german.id; 101]), None).await.unwrap_err();
        assert_eq!(codes(refused), [ProblemCode::TooMany]);
        engine.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_ordered_endpoint_hears_of_a_profile_in_order_whatever_fails() {
    on_both(|store| async move {
        let (engine, cx) = house_with_schedule(&store, &[1; 19]).await;
        let chance = Mutex::new(StdRng::seed_from_u64(1));
        let sink = Sink::start(move |_| {
            let is_lucky = chance.lock().unwrap().random_range(0..5) != 0;
            Reply::status(if is_lucky { 200 } else { 500 })
        })
        .await;
        let draft = EndpointDraft { is_ordered: true, ..endpoint_draft(&sink.url("/hooks")) };
        let (made, _) = endpoint_of(&cx, draft).await;
        for points in 0..8 {
            for who in ["a", "b", "c"] {
                set(&cx, who, "points", json!(points)).await;
            }
        }
        engine.settle().await.unwrap();
        while !webhooks::backlogs(&cx, &[made.id]).await.unwrap().is_empty() {
            engine.clock().advance_micros(1_200_000);
            engine.settle().await.unwrap();
        }
        let received = sink.received();
        for who in ["a", "b", "c"] {
            let versions: Vec<i64> = received
                .iter()
                .map(|request| body(request)["data"]["profile"].clone())
                .filter(|profile| profile["external_id"] == who)
                .map(|profile| profile["version"].as_i64().unwrap())
                .collect();
            assert!(versions.is_sorted(), "{versions:?}");
            assert_eq!(versions.iter().collect::<BTreeSet<_>>().len(), 8);
        }
        engine.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_test_arrives_without_anything_having_happened() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let sink = Sink::start(|_| Reply::status(200)).await;
        let (made, secret) = endpoint(&cx, &sink).await;
        let sent = webhooks::send_test(&cx, made.id, None).await.unwrap();
        let request = sink.wait_for(1).await.remove(0);
        assert!(is_signed(&request, &secret, engine.clock().now()));
        assert_eq!(request.header("webhook-id"), Some(sent.id.to_string().as_str()));
        assert_eq!(body(&request)["data"], json!({ "endpoint": { "id": made.id, "name": "Partner" } }));
        webhooks::pause(&cx, made.id, None).await.unwrap();
        assert_eq!(codes(webhooks::send_test(&cx, made.id, None).await.unwrap_err()), [ProblemCode::Conflict]);
        engine.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_refused_with_every_problem() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let draft = EndpointDraft {
            name: " ".to_owned(),
            url: "https://169.254.169.254/latest".to_owned(),
            events: Vec::new(),
            attributes: vec!["country".to_owned(), "contry".to_owned()],
            segments: vec![SegmentId::from_uuid(uuid::Uuid::nil())],
            is_ordered: false,
        };
        let problems = webhooks::create(&cx, draft, None).await.unwrap_err().into_problems().unwrap();
        let paths: Vec<String> = problems.iter().map(|problem| problem.path.join(".")).collect();
        assert_eq!(paths, ["name", "url", "events", "attributes.1", "segments.0"]);
        assert_eq!(problems[3].message, "No attribute has the key `contry`. Did you mean `country`?");
        engine.close().await;
    })
    .await;
}
