use super::*;

#[test]
fn a_cursor_reads_back() {
    let cursor = Cursor { epoch: 3, transaction_id: 1 << 40, sequence: i64::MAX };
    assert_eq!(cursor.to_string().parse(), Ok(cursor));
    assert_eq!(Cursor::START.to_string().parse(), Ok(Cursor::START));
}

#[test]
fn what_is_no_cursor_is_refused() {
    for text in ["", "1", "1.2", "1.2.3.4", "1.2.x", "-1.2.3", "1.2.fffffffffffffffff", "1..3"] {
        assert_eq!(text.parse::<Cursor>(), Err(CursorError), "{text}");
    }
}
