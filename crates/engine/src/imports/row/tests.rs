//! What becomes a reason to refuse a row, and what must not.

use super::refusals_of;
use crate::error::{Error, ProblemCode};

#[test]
fn a_row_is_refused_in_words_written_for_clients() {
    let invalid = Error::problem(ProblemCode::TooMany, &["attributes"], "A profile holds at most 9 bytes.");
    let told = refusals_of(invalid).unwrap();
    assert_eq!(told, [(None, "A profile holds at most 9 bytes.".to_owned())]);
    let conflict = Error::Conflict { noun: "profile", expected: 1, found: 2 };
    assert_eq!(refusals_of(conflict).unwrap().len(), 1);
}

#[test]
fn an_error_of_ours_refuses_no_row() {
    for ours in [Error::Busy, Error::broken("an index is gone"), Error::Unsure] {
        let text = ours.to_string();
        assert_eq!(refusals_of(ours).unwrap_err().to_string(), text);
    }
}
