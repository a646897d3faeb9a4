//! Whoever listens hears what happens in their workspace, at whichever node, until they are shut out.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use attrium_schema::{ImportId, ProfileId};
use attrium_storage::testing::{TestStore, on_both};
use futures_util::stream::BoxStream;
use futures_util::{FutureExt, StreamExt};
use tokio_util::task::TaskTracker;
use uuid::Uuid;

use super::*;
use crate::commands::{self, Answer, Command};
use crate::config::EngineConfig;
use crate::imports::{self, ExternalIds, ImportContent, ImportDraft};
use crate::live::{self, Happening, SegmentChange};
use crate::nouns::{ImportState, TransitionKind};
use crate::rights::{Right, Rights};
use crate::workspaces::{self, WorkspaceDraft};
use crate::{keys, sessions};

/// What must come comes within this, however busy the machine is.
const SOON: Duration = Duration::from_secs(30);

async fn next<T>(heard: &mut BoxStream<'static, T>) -> T {
    tokio::time::timeout(SOON, heard.next()).await.expect("something is told in time").expect("the stream goes on")
}

/// What was told so far and not heard yet, in words: `p1@2` for a change of profile p1 to its second version.
fn told(heard: &mut BoxStream<'static, Happening>, name: impl Fn(ProfileId) -> &'static str) -> Vec<String> {
    let mut words = Vec::new();
    while let Some(Some(happening)) = heard.next().now_or_never() {
        words.push(match happening {
            Happening::Change(change) => format!("{}@{}", name(change.profile), change.version),
            Happening::Transition(moved) => match moved.kind {
                TransitionKind::Entered => format!("{} in", name(moved.profile)),
                TransitionKind::Left => format!("{} out", name(moved.profile)),
            },
            Happening::Missed => "missed".to_owned(),
        });
    }
    words
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_workspace_hears_its_changes_and_moves_and_no_others() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        segment(&cx, "Rich", "points >= 5").await;
        let draft = WorkspaceDraft { key: "other".to_owned(), name: String::new(), time_zone: "UTC".to_owned() };
        workspaces::create(&cx, draft).await.unwrap();
        let other = engine.cx_of_operator(Some("other")).await.unwrap();
        let one = set(&cx, "p1", "points", json!(1)).await.id;
        let two = set(&cx, "p2", "points", json!(1)).await.id;
        engine.settle().await.unwrap();
        let mut of_all = live::activity(&cx).await.unwrap();
        let mut of_two = live::of_profile(&cx, two).await.unwrap();
        let mut elsewhere = live::activity(&other).await.unwrap();
        let blind = Cx { rights: Rights::all().without(Right::ReadSegments), ..cx.clone() };
        let mut of_changes = live::activity(&blind).await.unwrap();

        set(&cx, "p1", "points", json!(7)).await;
        set(&cx, "p2", "points", json!(8)).await;
        engine.settle().await.unwrap();
        set(&cx, "p2", "points", json!(2)).await;
        engine.settle().await.unwrap();

        let name = |id| if id == one { "p1" } else { "p2" };
        let mut all = told(&mut of_all, name);
        // Who enters is told once the changes before are: how many those are depends on the pages of the feed.
        all.sort_by_key(|word| word.contains(' '));
        assert_eq!(all, ["p1@2", "p2@2", "p2@3", "p1 in", "p2 in", "p2 out"]);
        assert_eq!(told(&mut of_two, name), ["p2@2", "p2 in", "p2@3", "p2 out"]);
        assert_eq!(told(&mut of_changes, name), ["p1@2", "p2@2", "p2@3"]);
        assert_eq!(told(&mut elsewhere, name), [""; 0]);
        engine.close().await;
        assert_eq!(of_all.next().await, None, "streams end with the engine");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_listener_hears_what_another_node_writes() {
    // Several nodes need PostgreSQL.
    let Some(fresh) = TestStore::postgres().await else {
        return;
    };
    let (one, cx) = house(fresh.store()).await;
    let rich = segment(&cx, "Rich", "points >= 5").await.id;
    one.settle().await.unwrap();
    let second = EngineConfig { seed: Some(8), ..testing::config() };
    let two = Engine::on_store(fresh.store().clone(), second).await.unwrap();
    let two_cx = two.cx_of_operator(None).await.unwrap();
    two.settle().await.unwrap();
    // The first node leads; both hear, whoever wrote.
    let mut heard = [live::activity(&cx).await.unwrap(), live::activity(&two_cx).await.unwrap()];
    let mut counted = live::of_segment(&two_cx, rich).await.unwrap();
    for (writer, who) in [(&cx, "p1"), (&two_cx, "p2")] {
        set(writer, who, "points", json!(9)).await;
        for heard in &mut heard {
            assert!(matches!(next(heard).await, Happening::Change(change) if change.version == 1));
            assert!(matches!(next(heard).await, Happening::Transition(moved) if moved.segment == rich));
        }
        assert_eq!(next(&mut counted).await, SegmentChange { entered: 1, left: 0 });
        // Whoever hears of it counts it, also where the members are not written.
        let selected = segments::find(&two_cx, rich).await.unwrap().unwrap();
        let count = segments::audience_counts(&two_cx, &[selected]).await.unwrap();
        assert_eq!(count, [if who == "p1" { 1 } else { 2 }]);
    }
    one.close().await;
    testing::crash(&two).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_who_enter_a_segment_are_told_together() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let rich = segment(&cx, "Rich", "points >= 5").await.id;
        engine.settle().await.unwrap();
        let mut heard = live::of_segment(&cx, rich).await.unwrap();
        let cx = Arc::new(cx);
        let entered = TaskTracker::new().spawn({
            let cx = Arc::clone(&cx);
            async move {
                for who in 0..60 {
                    set(&cx, &format!("p{who}"), "points", json!(who)).await;
                }
            }
        });
        let (mut sum, mut times) = (0, 0);
        while sum < 55 {
            let change = next(&mut heard).await;
            assert_eq!(change.left, 0);
            sum += change.entered;
            times += 1;
        }
        entered.await.unwrap();
        assert_eq!(sum, 55);
        assert!(times < 55, "{times} events");
        set(&cx, "p59", "points", json!(0)).await;
        assert_eq!(next(&mut heard).await, SegmentChange { entered: 0, left: 1 });
        engine.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_progress_of_an_import_ends_by_itself() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let rows: Vec<String> = (0..1_200).map(|row| format!("c{row},{row}")).collect();
        let draft = ImportDraft {
            name: "points.csv".to_owned(),
            content: ImportContent::Text(format!("id,points\n{}\n", rows.join("\n"))),
            format: None,
            external_id: ExternalIds::Column("id".to_owned()),
            missing: Vec::new(),
        };
        let import = imports::start(&cx, draft, None).await.unwrap();
        let heard = imports::progress(&cx, import.id).await.unwrap();
        let states: Vec<_> = tokio::time::timeout(SOON, heard.collect()).await.unwrap();
        assert!(states.is_sorted_by_key(|import| import.rows_done));
        let last = states.last().unwrap();
        assert!(matches!(last.state, ImportState::Done { .. }));
        assert_eq!(last.rows_done, 1_200);
        // Of one that is over, the end is told at once.
        let again: Vec<_> = imports::progress(&cx, import.id).await.unwrap().collect().await;
        assert_eq!(again, std::slice::from_ref(last));
        let unknown = imports::progress(&cx, ImportId::from_uuid(Uuid::nil())).await;
        assert!(matches!(unknown, Err(Error::NotFound { .. })));
        engine.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_loses_their_key_or_session_is_shut_out_at_once() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let (key, text) = keys::create(&cx, "crm", [Right::ReadProfiles].into_iter().collect()).await.unwrap();
        let caller = engine.cx_of_key(secrecy::ExposeSecret::expose_secret(&text)).await.unwrap().unwrap();
        let shut_out = TaskTracker::new().spawn(caller.until_shut_out());
        let operator = TaskTracker::new().spawn(cx.until_shut_out());
        keys::revoke(&cx, key.id).await.unwrap();
        tokio::time::timeout(SOON, shut_out).await.unwrap().unwrap();

        let command = Command::AddUser {
            workspace: None,
            email: "ayse@example.com".to_owned(),
            name: None,
            role: "analyst".to_owned(),
            password: None,
        };
        let Answer::User { password: Some(password), .. } = commands::run(&engine, command).await.unwrap() else {
            panic!("a password is made");
        };
        let home = crate::Address::V4(Ipv4Addr::LOCALHOST);
        let signed = sessions::sign_in(&engine, "ayse@example.com", &password.into(), home).await.unwrap();
        let caller = engine.cx_of_session(&signed.token, None).await.unwrap().unwrap();
        let shut_out = TaskTracker::new().spawn(caller.until_shut_out());
        sessions::sign_out(&engine, &signed.token).await.unwrap();
        tokio::time::timeout(SOON, shut_out).await.unwrap().unwrap();
        // It was over before: no wake-up comes any more.
        tokio::time::timeout(SOON, caller.until_shut_out()).await.unwrap();
        assert!(!operator.is_finished());
        operator.abort();
        engine.close().await;
    })
    .await;
}
