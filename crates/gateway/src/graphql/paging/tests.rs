//! Which pages may be asked for, and what they cost.

use attrium_schema::SegmentId;

use super::{COST_MAX, cost, encode, read};
use crate::graphql::error::{ApiError, ErrorCode};

fn refusal<T>(answer: Result<T, ApiError>) -> String {
    let error = answer.err().expect("it is refused");
    assert_eq!(error.code(), ErrorCode::Invalid);
    error.message().to_owned()
}

#[test]
fn first_is_25_when_absent_and_1_to_100_otherwise() {
    let first = |first| read::<String>(first, None).map(|request| request.first()).ok();
    assert_eq!(first(None), Some(25));
    assert_eq!(first(Some(1)), Some(1));
    assert_eq!(first(Some(100)), Some(100));
    for wrong in [0, -1, 101, i32::MAX, i32::MIN] {
        assert!(refusal(read::<String>(Some(wrong), None)).contains("1 to 100"), "{wrong}");
    }
}

#[test]
fn a_cursor_reads_back_what_it_was_made_from() {
    let cursor = encode("country");
    assert_eq!(read::<String>(None, Some(&cursor)).unwrap().after, Some("country".to_owned()));
    assert!(!cursor.contains("country"));
}

#[test]
fn a_cursor_of_another_list_is_refused() {
    for wrong in ["", "country", "!", &encode("country"), &encode("prof_01h455vb4pex5vsknk084sn02q")] {
        assert!(refusal(read::<SegmentId>(None, Some(wrong))).contains("endCursor"), "{wrong}");
    }
}

#[test]
fn nested_pages_multiply_and_never_overflow() {
    assert_eq!(cost(None, 2), 51);
    assert_eq!(cost(Some(100), cost(Some(100), 3)), 100 * 301 + 1);
    assert_eq!(cost(Some(-1), 2), 3);
    let bottomless = (0..12).fold(1, |child, _| cost(Some(i32::MAX), child));
    assert_eq!(bottomless, COST_MAX);
}
