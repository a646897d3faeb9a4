//! The same key gives the same answer, once.

use attrium_storage::testing::on_both;

use super::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_replayed_edit_answers_the_same_and_does_nothing() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let key = || Some("key-1".to_owned());
        let first = edit("a", &[("points", json!(1)), ("country", text("TR"))]);
        let answer = profiles::set_attributes(&cx, first.clone(), key()).await.unwrap();
        set(&cx, "a", "points", json!(2)).await;
        assert_eq!(profiles::set_attributes(&cx, first, key()).await.unwrap(), answer);
        let other = edit("a", &[("points", json!(3))]);
        let refused = profiles::set_attributes(&cx, other, key()).await.unwrap_err();
        assert_eq!(codes(refused), [ProblemCode::IdempotencyMismatch]);
        assert_eq!(profiles::find(&cx, answer.id).await.unwrap().unwrap().version, 2);
        engine.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn concurrent_requests_with_one_key_have_one_effect() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let edits = (0..20).map(|_| {
            let cx = cx.clone();
            async move {
                let same = edit("a", &[("points", json!(1))]);
                profiles::set_attributes(&cx, same, Some("one".to_owned())).await.unwrap()
            }
        });
        let answers = futures_util::future::join_all(edits).await;
        assert!(answers.iter().all(|answer| answer == &answers[0] && answer.version == 1));
        engine.close().await;
    })
    .await;
}

#[tokio::test]
async fn every_other_mutation_remembers_its_answer_too() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let key = |name: &str| Some(name.to_owned());
        let city = || draft("city", ScalarType::Text);
        let made = attributes::create(&cx, city(), key("city")).await.unwrap();
        assert_eq!(attributes::create(&cx, city(), key("city")).await.unwrap(), made);
        let refused = attributes::create(&cx, city(), None).await.unwrap_err();
        assert_eq!(codes(refused), [ProblemCode::Taken]);
        let vip = || SegmentDraft {
            key: None,
            name: "VIP".to_owned(),
            description: String::new(),
            rule: RuleInput::Text("points > 3".to_owned()),
        };
        let made = segments::create(&cx, vip(), key("vip")).await.unwrap();
        assert_eq!(segments::create(&cx, vip(), key("vip")).await.unwrap(), made);
        assert_eq!(segments::create(&cx, vip(), None).await.unwrap().key, "vip_2");
        assert_eq!(segments::delete(&cx, made.id, key("gone")).await.unwrap(), made.id);
        assert_eq!(segments::delete(&cx, made.id, key("gone")).await.unwrap(), made.id);
        assert!(matches!(segments::delete(&cx, made.id, None).await, Err(Error::NotFound { .. })));
        engine.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_key_is_forgotten_after_a_week() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let key = || Some("weekly".to_owned());
        profiles::set_attributes(&cx, edit("a", &[("points", json!(1))]), key()).await.unwrap();
        engine.clock().advance_micros(8 * 24 * 3_600 * 1_000_000);
        crate::housekeeping::tidy(&engine).await.unwrap();
        let later = engine.cx_of_operator(None).await.unwrap();
        let other = profiles::set_attributes(&later, edit("a", &[("points", json!(2))]), key()).await.unwrap();
        assert_eq!(other.version, 2);
        engine.close().await;
    })
    .await;
}
