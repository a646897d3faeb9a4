use attrium_schema::{ProfileId, SegmentId, Timestamp};
use tokio::sync::broadcast::error::{RecvError, TryRecvError};

use super::*;
use crate::clock::Clock;
use crate::ids::Ids;
use crate::nouns::TransitionKind;

fn ids() -> Ids {
    Ids::seeded(Clock::test(Timestamp::UNIX_EPOCH), 1)
}

fn moved(ids: &Ids, sequence: i64) -> Transition {
    let (segment, profile): (SegmentId, ProfileId) = (ids.segment(), ids.profile());
    Transition { sequence, segment, profile, kind: TransitionKind::Entered, at: Timestamp::UNIX_EPOCH, change: None }
}

#[test]
fn a_room_is_there_while_somebody_listens() {
    let (ids, live) = (ids(), Live::default());
    let here = ids.workspace();
    assert_eq!(live.told(here), None);
    let listener = live.listen(here, 7);
    assert_eq!(live.told(here), Some(7));
    live.tell_moves(here, &[moved(&ids, 8), moved(&ids, 9)]);
    assert_eq!(live.told(here), Some(9));
    // Who joins later does not change what the others still have to be told.
    let another = live.listen(here, 12);
    assert_eq!(live.told(here), Some(9));
    drop((listener, another));
    assert_eq!(live.told(here), None);
    assert!(live.rooms().is_empty());
}

#[test]
fn an_empty_room_does_not_tell_its_past() {
    let (ids, live) = (ids(), Live::default());
    let here = ids.workspace();
    drop(live.listen(here, 7));
    let _listener = live.listen(here, 90);
    assert_eq!(live.told(here), Some(90));
}

#[test]
fn each_workspace_hears_its_own() {
    let (ids, live) = (ids(), Live::default());
    let (here, there) = (ids.workspace(), ids.workspace());
    let (mut ours, mut theirs) = (live.listen(here, 0), live.listen(there, 0));
    let news = moved(&ids, 1);
    live.tell_moves(here, &[news]);
    assert_eq!(ours.try_recv(), Ok(Happening::Transition(news)));
    assert_eq!(theirs.try_recv(), Err(TryRecvError::Empty));
}

#[tokio::test]
async fn a_listener_that_falls_behind_is_told_so_and_holds_no_more_than_the_rest() {
    let (ids, live) = (ids(), Live::default());
    let here = ids.workspace();
    let mut listener = live.listen(here, 0);
    let moves: Vec<Transition> = (1..=3_000).map(|sequence| moved(&ids, sequence)).collect();
    live.tell_moves(here, &moves);
    assert!(matches!(listener.recv().await, Err(RecvError::Lagged(_))));
    assert_eq!(listener.len(), REMEMBERED_MAX);
}
