use futures_util::StreamExt as _;

use super::super::places::Places;
use super::*;

fn refused<T>(outcome: Result<T, Refused>) -> StatusCode {
    outcome.err().expect("it is refused").status
}

#[test]
fn a_stream_is_its_callers_alone_and_opens_once() {
    let (ours, theirs) = (Actor::Operator, Actor::System);
    let streams = Arc::new(Reservations::default());
    streams.reserve("a".to_owned(), ours).unwrap();
    assert_eq!(refused(streams.open("a", theirs)), StatusCode::NOT_FOUND);
    assert_eq!(refused(streams.open("b", ours)), StatusCode::NOT_FOUND);
    let opened = streams.open("a", ours).unwrap();
    assert_eq!(refused(streams.open("a", ours)), StatusCode::CONFLICT);
    let events = || futures_util::stream::pending().boxed();
    assert_eq!(refused(streams.run(("a", theirs), "1".to_owned(), events())), StatusCode::NOT_FOUND);
    streams.run(("a", ours), "1".to_owned(), events()).unwrap();
    assert_eq!(refused(streams.run(("a", ours), "1".to_owned(), events())), StatusCode::CONFLICT);
    streams.stop("a", ours, "unknown").unwrap();
    drop(opened);
    assert_eq!(refused(streams.stop("a", ours, "1")), StatusCode::NOT_FOUND);
    assert!(streams.held().is_empty());
}

#[test]
fn streams_nobody_opens_are_bounded() {
    let streams = Reservations::default();
    for number in 0..STREAMS_MAX {
        streams.reserve(number.to_string(), Actor::Operator).unwrap();
    }
    assert_eq!(refused(streams.reserve("more".to_owned(), Actor::Operator)), StatusCode::TOO_MANY_REQUESTS);
    streams.reserve("theirs".to_owned(), Actor::System).unwrap();
}

#[test]
fn a_stream_that_nobody_opened_in_time_is_gone_with_what_it_was_to_run() {
    let streams = Arc::new(Reservations { unopened_max: Duration::ZERO, ..Reservations::default() });
    streams.reserve("a".to_owned(), Actor::Operator).unwrap();
    assert_eq!(refused(streams.open("a", Actor::Operator)), StatusCode::NOT_FOUND);

    let streams = Reservations::default();
    streams.reserve("a".to_owned(), Actor::Operator).unwrap();
    let places = Arc::new(Places::of_operations());
    let place = places.take(Actor::Operator);
    let events = futures_util::stream::pending::<Event>().inspect(move |_| _ = &place);
    streams.run(("a", Actor::Operator), "1".to_owned(), events.boxed()).unwrap();
    assert_eq!(places.taken(), 1);
    let streams = Reservations { unopened_max: Duration::ZERO, ..streams };
    streams.sweep();
    assert_eq!(places.taken(), 0);
}
