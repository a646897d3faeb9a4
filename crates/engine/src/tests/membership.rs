//! Members are those a rule selects, whatever happened on the way.

use std::collections::{BTreeMap, BTreeSet};

use attrium_schema::{ProfileId, SegmentId};
use attrium_storage::testing::on_both;
use attrium_storage::transitions::TransitionsOf;
use attrium_storage::{Page, leases, memberships, transitions};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::*;
use crate::audience;
use crate::clock::Clock;
use crate::config::EngineConfig;
use crate::follower;
use crate::nouns::TransitionKind;

const RULES: [(&str, &str); 4] = [
    ("Turks", r#"country = "TR""#),
    ("Not rich", "not (points >= 50)"),
    ("Both", r#"country in ("TR", "DE") and points between 20 and 80"#),
    ("Recent", "seen_at in last 30 days"),
];

async fn members(cx: &Cx, segment: SegmentId) -> BTreeSet<ProfileId> {
    let page = memberships::page(cx.db(), cx.workspace, segment, Page::first(10_000)).await.unwrap();
    page.into_iter().map(|stay| stay.profile).collect()
}

async fn selected(cx: &Cx, rule: &str) -> BTreeSet<ProfileId> {
    let input = RuleInput::Text(rule.to_owned());
    let (_, compiled) = audience::compiled(cx, &input, &[]).await.unwrap();
    let ids = audience::ask(cx, move |asked| asked.index.ids(&asked.select(&compiled))).await.unwrap();
    ids.into_iter().collect()
}

/// Members equal a recount, and the transitions of each stay alternate and end where the member stands.
async fn assert_exact(cx: &Cx, segments: &[Segment]) {
    for (segment, (_, rule)) in segments.iter().zip(RULES) {
        let members = members(cx, segment.id).await;
        assert_eq!(members, selected(cx, rule).await, "{rule}");
        let of = TransitionsOf::Segment(segment.id);
        let mut moves = transitions::page(cx.db(), cx.workspace, of, Page::first(10_000)).await.unwrap();
        moves.reverse();
        let mut inside: BTreeMap<ProfileId, bool> = BTreeMap::new();
        for moved in moves {
            let enters = moved.kind == TransitionKind::Entered;
            assert_ne!(inside.insert(moved.profile, enters).unwrap_or(false), enters, "{rule}: moves alternate");
        }
        let inside = inside.into_iter().filter(|(_, is_in)| *is_in).map(|(profile, _)| profile);
        assert_eq!(inside.collect::<BTreeSet<_>>(), members, "{rule}: moves lead to the members");
    }
}

async fn random_change(cx: &Cx, chance: &mut StdRng) {
    let who = format!("p{}", chance.random_range(0..25));
    let (key, value) = match chance.random_range(0..4) {
        0 => ("country", text(["TR", "DE", "US"][chance.random_range(0..3)])),
        1 => ("country", Json::Null),
        2 => ("points", json!(chance.random_range(0..100))),
        _ => {
            let day = chance.random_range(1..=30);
            ("seen_at", json!(format!("2026-0{}-{day:02}T00:00:00Z", chance.random_range(3..=4))))
        }
    };
    set(cx, &who, key, value).await;
}

async fn segments_of_rules(cx: &Cx) -> Vec<Segment> {
    let mut made = Vec::new();
    for (name, rule) in RULES {
        made.push(segment(cx, name, rule).await);
    }
    made
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn members_equal_a_recount_after_random_changes() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let mut chance = StdRng::seed_from_u64(1);
        for _ in 0..40 {
            random_change(&cx, &mut chance).await;
        }
        let segments = segments_of_rules(&cx).await;
        for _ in 0..200 {
            random_change(&cx, &mut chance).await;
        }
        engine.settle().await.unwrap();
        assert_exact(&cx, &segments).await;
        engine.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_move_is_lost_or_repeated_by_a_crash_between_commit_and_follow() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let segments = segments_of_rules(&cx).await;
        engine.settle().await.unwrap();
        testing::crash(&engine).await;
        // Commits go on while nobody follows: p1 comes, goes, and comes again.
        let quiet = EngineConfig { has_workers: false, seed: Some(8), ..testing::config() };
        let writer = Engine::on_store(store.clone(), quiet).await.unwrap();
        let quiet_cx = writer.cx_of_operator(None).await.unwrap();
        for country in ["TR", "US", "TR"] {
            set(&quiet_cx, "p1", "country", text(country)).await;
        }
        let mut chance = StdRng::seed_from_u64(2);
        for _ in 0..60 {
            random_change(&quiet_cx, &mut chance).await;
        }
        testing::crash(&writer).await;
        let again = EngineConfig { seed: Some(9), ..testing::config() };
        let engine = Engine::on_store(store.clone(), again).await.unwrap();
        engine.settle().await.unwrap();
        let cx = engine.cx_of_operator(None).await.unwrap();
        assert_exact(&cx, &segments).await;
        let p1 = profiles::find_by_external_id(&cx, "p1").await.unwrap().unwrap();
        let moves = transitions::page(cx.db(), cx.workspace, TransitionsOf::Profile(p1.id), Page::first(100)).await;
        let of_turks = moves.unwrap().into_iter().filter(|moved| moved.segment == segments[0].id);
        assert!(3 <= of_turks.count(), "entering, leaving and entering again are three moves");
        engine.close().await;
    })
    .await;
}

/// Every member is a commit of its own here, and the leader dies among them, time and again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_segment_half_written_by_a_leader_that_died_is_written_to_its_end() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let mut chance = StdRng::seed_from_u64(4);
        for _ in 0..150 {
            random_change(&cx, &mut chance).await;
        }
        testing::crash(&engine).await;
        let quiet = EngineConfig { has_workers: false, seed: Some(8), ..testing::config() };
        let writer = Engine::on_store(store.clone(), quiet).await.unwrap();
        let quiet_cx = writer.cx_of_operator(None).await.unwrap();
        let segments = segments_of_rules(&quiet_cx).await;
        let limits = crate::Limits { commit_moves_max: 1, ..crate::Limits::default() };
        let (mut seen, mut was_halfway) = (0, 0);
        for seed in 30..34 {
            let one_by_one = EngineConfig { seed: Some(seed), limits, ..testing::config() };
            let engine = Engine::on_store(store.clone(), one_by_one).await.unwrap();
            while members_of_all(&quiet_cx, &segments).await <= seen && !are_written(&quiet_cx).await {
                tokio::task::yield_now().await;
            }
            testing::crash(&engine).await;
            seen = members_of_all(&quiet_cx, &segments).await;
            was_halfway += usize::from(!are_written(&quiet_cx).await);
            random_change(&quiet_cx, &mut chance).await;
        }
        assert!(0 < was_halfway);
        let engine = Engine::on_store(store.clone(), EngineConfig { seed: Some(9), limits, ..testing::config() }).await;
        let engine = engine.unwrap();
        engine.settle().await.unwrap();
        let cx = engine.cx_of_operator(None).await.unwrap();
        assert_exact(&cx, &segments).await;
        engine.close().await;
    })
    .await;
}

async fn are_written(cx: &Cx) -> bool {
    let stored = segments::page(cx, None, crate::PageRequest::new(9, None)).await.unwrap();
    stored.items.iter().all(|segment| segment.evaluated_revision == segment.revision)
}

async fn members_of_all(cx: &Cx, segments: &[Segment]) -> usize {
    let mut count = 0;
    for segment in segments {
        count += members(cx, segment.id).await.len();
    }
    count
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_index_that_broke_is_loaded_again() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let segments = segments_of_rules(&cx).await;
        let mut chance = StdRng::seed_from_u64(5);
        for _ in 0..40 {
            random_change(&cx, &mut chance).await;
        }
        engine.settle().await.unwrap();
        let audience = engine.audience(cx.workspace).unwrap();
        let broken = tokio::task::spawn_blocking(move || {
            audience.alter(|index| {
                index.set_schema(&attrium_schema::AttributeSchema::default());
                panic!("half-way");
            });
        });
        assert!(broken.await.unwrap_err().is_panic());
        for _ in 0..40 {
            random_change(&cx, &mut chance).await;
        }
        engine.settle().await.unwrap();
        assert_exact(&cx, &segments).await;
        engine.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_clock_moves_a_profile_out_of_the_last_30_days() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let recent = segment(&cx, "Recent", "seen_at in last 30 days").await;
        set(&cx, "a", "seen_at", text("2026-04-20T00:00:00Z")).await;
        engine.settle().await.unwrap();
        assert_eq!(members(&cx, recent.id).await.len(), 1);
        engine.clock().set("2026-05-20T00:00:01Z".parse().unwrap());
        engine.settle().await.unwrap();
        assert_eq!(members(&cx, recent.id).await.len(), 0);
        let of = TransitionsOf::Segment(recent.id);
        let moves = transitions::page(cx.db(), cx.workspace, of, Page::first(10)).await.unwrap();
        assert_eq!(moves[0].kind, TransitionKind::Left);
        assert_eq!(moves[0].at, engine.clock().now());
        engine.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_edited_rule_moves_its_members_and_a_deleted_segment_has_none() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        for points in 0..10 {
            set(&cx, &format!("p{points}"), "points", json!(points)).await;
        }
        let made = segment(&cx, "Rich", "points >= 5").await;
        engine.settle().await.unwrap();
        assert_eq!(members(&cx, made.id).await.len(), 5);
        let edit = segments::SegmentEdit {
            id: made.id,
            expected_revision: Some(1),
            name: None,
            description: None,
            rule: Some(RuleInput::Text("points >= 8".to_owned())),
        };
        let edited = segments::update(&cx, edit.clone(), None).await.unwrap();
        assert_eq!((edited.revision, edited.name.as_str()), (2, "Rich"));
        assert!(matches!(segments::update(&cx, edit, None).await, Err(Error::Conflict { .. })));
        engine.settle().await.unwrap();
        let request = || crate::PageRequest::new(1, None);
        let page = crate::memberships::page(&cx, made.id, request()).await.unwrap();
        assert!(page.has_next);
        assert_eq!(segments::audience_counts(&cx, &[edited]).await.unwrap(), [2]);
        segments::delete(&cx, made.id, None).await.unwrap();
        engine.settle().await.unwrap();
        set(&cx, "p1", "points", json!(9)).await;
        engine.settle().await.unwrap();
        assert!(members(&cx, made.id).await.is_empty());
        engine.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_profiles_tell_their_segments_page_by_page() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let rich = segment(&cx, "Rich", "points >= 5").await.id;
        let richer = segment(&cx, "Richer", "points >= 8").await.id;
        let mut profiles = Vec::new();
        for points in [9, 6, 1] {
            profiles.push(set(&cx, &format!("p{points}"), "points", json!(points)).await.id);
        }
        engine.settle().await.unwrap();
        let pages = async |after| {
            let request = crate::PageRequest::new(1, after);
            let pages = crate::memberships::pages_of_profiles(&cx, &profiles, &request).await.unwrap();
            let segments = |page: crate::Page<crate::Membership>| page.map(|stay| stay.segment);
            pages.into_iter().map(segments).map(|page| (page.items, page.has_next)).collect::<Vec<_>>()
        };
        assert_eq!(pages(None).await, [(vec![rich], true), (vec![rich], false), (vec![], false)]);
        assert_eq!(pages(Some(rich)).await, [(vec![richer], false), (vec![], false), (vec![], false)]);
        engine.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_nodes_one_writes_members_and_both_count() {
    // Several nodes need PostgreSQL.
    let Some(fresh) = attrium_storage::testing::TestStore::postgres().await else {
        return;
    };
    let (one, cx) = house(fresh.store()).await;
    let second = EngineConfig { seed: Some(8), ..testing::config() };
    let two = Engine::on_store(fresh.store().clone(), second).await.unwrap();
    let two_cx = two.cx_of_operator(None).await.unwrap();
    let segments = segments_of_rules(&cx).await;
    let mut chance = StdRng::seed_from_u64(3);
    for _ in 0..50 {
        random_change(&cx, &mut chance).await;
        random_change(&two_cx, &mut chance).await;
    }
    // Whoever leads goes; the other takes over when the lease ends.
    testing::crash(&one).await;
    for _ in 0..50 {
        random_change(&two_cx, &mut chance).await;
    }
    two.settle().await.unwrap();
    assert_exact(&two_cx, &segments).await;
    two.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_leader_that_writes_is_missed_within_ten_seconds() {
    on_both(|store| async move {
        let long = EngineConfig { lease: std::time::Duration::from_mins(1), ..testing::config() };
        let engine = Engine::on_store(store.clone(), long).await.unwrap();
        let cx = engine.cx_of_operator(None).await.unwrap();
        attributes::create(&cx, draft("points", ScalarType::Integer), None).await.unwrap();
        set(&cx, "p1", "points", json!(1)).await;
        engine.settle().await.unwrap();
        let lease = leases::find(cx.db(), cx.workspace, follower::NAME).await.unwrap().unwrap();
        assert!(lease.expires_at <= Clock::lease_now().saturating_add_micros(10_000_000));
        engine.close().await;
    })
    .await;
}
