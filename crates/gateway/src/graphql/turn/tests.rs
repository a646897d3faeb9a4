use futures_util::{FutureExt as _, stream};

use super::*;

#[test]
fn an_event_waits_until_the_one_before_is_told() {
    let turns = Arc::new(Semaphore::new(1));
    let (one, other) = (Turn::of(Arc::clone(&turns)), Turn::of(turns));
    let mut first = one.clone().take_by_turn(stream::iter([1, 2]));
    let mut second = other.clone().take_by_turn(stream::iter([3]));
    assert_eq!(first.next().now_or_never(), Some(Some(1)));
    assert_eq!(second.next().now_or_never(), None, "the first is being made");
    one.end();
    assert_eq!(second.next().now_or_never(), Some(Some(3)));
    assert_eq!(first.next().now_or_never(), None);
    drop((second, other));
    assert_eq!(first.next().now_or_never(), Some(Some(2)), "whoever goes gives its turn back");
}
