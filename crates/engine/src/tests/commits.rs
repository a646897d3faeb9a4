//! Profiles are written in groups, and nobody notices but by the speed.

use std::collections::BTreeSet;

use attrium_schema::{AttributeKey, Timestamp, Value};
use attrium_storage::testing::on_both;
use futures_util::future::join_all;

use super::*;
use crate::changes;
use crate::paging::PageRequest;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_clients_leave_no_gap_in_one_profiles_versions() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let clients = (0..50).map(|client| {
            let cx = cx.clone();
            async move {
                let mut versions = Vec::new();
                for turn in 0..20 {
                    versions.push(set(&cx, "hot", "points", json!(client * 20 + turn)).await.version);
                }
                assert!(versions.is_sorted_by(|a, b| a < b), "a client's own writes come in order");
                versions
            }
        });
        let versions: BTreeSet<i64> = join_all(clients).await.into_iter().flatten().collect();
        assert_eq!(versions, (1..=1_000).collect());
        engine.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn concurrent_creates_of_one_external_id_make_one_profile() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let creates = (0..40).map(|client| {
            let cx = cx.clone();
            async move { set(&cx, &format!("new-{}", client % 4), "points", json!(client)).await.id }
        });
        let ids: BTreeSet<_> = join_all(creates).await.into_iter().collect();
        assert_eq!(ids.len(), 4);
        assert_eq!(profiles::count(&cx, &profiles::ProfileFilter::All).await.unwrap(), 4);
        engine.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_unit_fails_alone_in_its_group() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        set(&cx, "a", "points", json!(0)).await;
        let edits = (0..60).map(|number| {
            let cx = cx.clone();
            async move {
                let mut edit = edit(&format!("p{number}"), &[("points", json!(number))]);
                // Every third knows a version that is not.
                edit.expected_version = (number % 3 == 0).then_some(9);
                profiles::set_attributes(&cx, edit, None).await
            }
        });
        for (number, outcome) in join_all(edits).await.into_iter().enumerate() {
            match outcome {
                Ok(profile) => assert!(number % 3 != 0 && profile.version == 1),
                Err(error) => assert!(matches!(error, Error::Conflict { expected: 9, found: 0, .. })),
            }
        }
        assert_eq!(profiles::count(&cx, &profiles::ProfileFilter::All).await.unwrap(), 41);
        engine.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_late_fact_is_recorded_and_not_applied() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        set(&cx, "a", "country", text("TR")).await;
        let mut late = edit("a", &[("country", text("DE"))]);
        late.occurred_at = Some("2020-01-01T00:00:00Z".parse::<Timestamp>().unwrap());
        let profile = profiles::set_attributes(&cx, late, None).await.unwrap();
        let country = AttributeKey::parse("country").unwrap();
        assert_eq!(profile.value(&country).map(Value::to_string).as_deref(), Some("TR"));
        let history = changes::of_profile(&cx, profile.id, Some(&country), PageRequest::new(10, None)).await.unwrap();
        let applied: Vec<bool> = history.items.iter().map(|change| change.attributes[0].is_applied).collect();
        assert_eq!(applied, [false, true], "newest first");
        engine.close().await;
    })
    .await;
}

#[tokio::test]
async fn another_version_is_a_conflict_and_every_problem_is_listed() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let profile = set(&cx, "a", "points", json!(1)).await;
        let mut stale = edit("a", &[("points", json!(2))]);
        stale.target = ProfileTarget::Id(profile.id);
        stale.expected_version = Some(0);
        let refused = profiles::set_attributes(&cx, stale.clone(), None).await.unwrap_err();
        assert!(matches!(refused, Error::Conflict { expected: 0, found: 1, .. }));
        stale.expected_version = Some(1);
        assert_eq!(profiles::set_attributes(&cx, stale, None).await.unwrap().version, 2);
        let wrong = edit(" ", &[("points", json!("many")), ("contry", json!("TR"))]);
        let refused = profiles::set_attributes(&cx, wrong, None).await.unwrap_err();
        assert_eq!(codes(refused), [ProblemCode::Invalid, ProblemCode::WrongType, ProblemCode::UnknownAttribute]);
        engine.close().await;
    })
    .await;
}
