use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::*;

fn read(source: impl Read) -> (Vec<String>, Vec<Json>, Vec<String>) {
    let mut rows = NdjsonRows::open(source).unwrap();
    let (mut good, mut problems) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next() {
        match row {
            Ok(row) => good.push(object(rows.columns(), row)),
            Err(error) => problems.push(error.to_string()),
        }
    }
    (rows.columns().to_vec(), good, problems)
}

fn object(columns: &[String], row: Row) -> Json {
    let field = |cell: Cell| match cell.value {
        CellValue::Json(json) => (columns[cell.column].clone(), json),
        CellValue::Text(text) => panic!("an NDJSON file gave text: {text}"),
    };
    row.cells.into_iter().map(field).collect::<serde_json::Map<_, _>>().into()
}

fn check(source: &str, rows: &[Json], problems: &[&str]) {
    let (_, good, found) = read(source.as_bytes());
    let shown = &source[..source.len().min(200)];
    assert_eq!(good, rows, "{shown:?}");
    assert_eq!(found, problems, "{shown:?}");
}

#[test]
fn columns_are_found_as_they_occur() {
    let source = "{\"id\": \"a\", \"City\": \"Ankara\"}\r\n\n{\"tags\": [\"x\", \"y\"], \"city\": null}\n";
    let (columns, rows, problems) = read(source.as_bytes());
    assert_eq!(columns, ["id", "City", "tags"]);
    assert_eq!(rows, [json!({"id": "a", "City": "Ankara"}), json!({"tags": ["x", "y"], "City": null})]);
    assert_eq!(problems, Vec::<String>::new());
}

#[test]
fn flat_values_of_every_type_are_taken() {
    let line = json!({"b": true, "n": -1, "d": 2.5, "t": "x", "p": {"lat": 41.01, "lon": 28.97}, "l": [1, 2], "e": []});
    check(&line.to_string(), &[line], &[]);
}

#[test]
fn a_line_that_is_wrong_is_named_and_passed_over() {
    let good = json!({"id": "x"});
    let check_line = |line: &str, problem: &str| {
        check(&format!("{line}\n{good}\n"), std::slice::from_ref(&good), &[&format!("line 1: {problem}")]);
    };
    check_line("{\"id\": }", "not JSON: expected value at character 8");
    check_line("{\"id\": 1} x", "not JSON: trailing characters at character 11");
    check_line("{\"id\": 1", "not JSON: EOF while parsing an object at character 8");
    check_line(
        "[{\"id\": 1}]",
        "not an object; write one object with fields such as {\"external_id\": \"c-1\"} on each line",
    );
    check_line("\"id\"", "not an object; write one object with fields such as {\"external_id\": \"c-1\"} on each line");
    check_line("{\"a\": {\"b\": 1}}", "`a` is nested; write its parts as fields of their own, such as a_city");
    check_line("{\"a\": [[1]]}", "`a` is nested; write its parts as fields of their own, such as a_city");
    check_line("{\"a\": 1, \"A\": 2}", "`A` occurs twice");
    check_line("{\"\": 1}", "a field has no name, or one of more than 256 characters");
    check_line("{\"a\": \"x\\u0000\"}", "`a` holds the character U+0000, which cannot be kept");
    check_line("{\"a\": NaN}", "not JSON: expected value at character 7");
    check_line("{\"a\": \"\\ud800\"}", "not JSON: unexpected end of hex escape at character 14");
}

#[test]
fn a_number_that_would_lose_digits_is_refused() {
    let check_number = |number: &str, is_taken: bool| {
        let (_, rows, problems) =
            read(format!("{{\"a\": [{number}], \"b\\\"1\": \"12345678901234567890.123\"}}").as_bytes());
        assert_eq!((rows.len(), problems.len()), if is_taken { (1, 0) } else { (0, 1) }, "{number}: {problems:?}");
    };
    check_number("9223372036854775807", true);
    check_number("-9223372036854775808", true);
    check_number("18446744073709551615", true);
    check_number("0.1", true);
    check_number("12345.67890123456", true);
    check_number("0.30000000000000004", true);
    check_number("-5.448349355223916e-12", true);
    check_number("100000000000000000000", true);
    check_number("1.000000000000000000000000", true);
    check_number("12345678901234567890.123", false);
    check_number("0.1234567890123456789", false);
    check_number("18446744073709551617", false);
}

#[test]
fn lines_names_and_columns_are_bounded() {
    let long = format!("{{\"a\": \"{}\"}}\n{{\"a\": 1}}\n", "x".repeat(FIELD_BYTES_MAX));
    check(&long, &[json!({"a": 1})], &["line 1: the record is too long to be one customer"]);
    let deep = "{\"a\":".repeat(100_000);
    check(&deep, &[], &["line 1: not JSON: recursion limit exceeded at character 636"]);
    let wide: Vec<String> = (0..=COLUMNS_MAX).map(|place| format!("\"c{place}\": 1")).collect();
    let message = "line 1: `c1000` would be one column more than the 1000 that a file may have";
    check(&format!("{{{}}}", wide.join(", ")), &[], &[message]);
}

#[test]
fn bytes_that_are_not_utf8_are_one_line_s_problem() {
    let (_, rows, problems) = read(b"{\"a\": \"\xdd\"}\n{\"a\": 1}".as_slice());
    assert_eq!(rows, [json!({"a": 1})]);
    assert_eq!(problems, ["line 1: the line is not valid UTF-8; save the file as UTF-8 and import it again"]);
}

#[test]
fn progress_counts_every_byte() {
    let source = "\u{feff}{\"a\": 1}\r\n\n";
    let mut rows = NdjsonRows::open(source.as_bytes()).unwrap();
    assert_eq!(rows.by_ref().count(), 1);
    assert_eq!(rows.bytes_read(), source.len() as u64);
    assert!(rows.next().is_none());
}

fn flat_value() -> impl Strategy<Value = Json> {
    let scalar = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        "[^\0]{0,8}".prop_map(Json::from),
    ];
    prop_oneof![3 => scalar.clone(), 1 => prop::collection::vec(scalar, 0..4).prop_map(Json::from)]
}

proptest! {
    #[test]
    fn what_was_written_reads_back(rows in prop::collection::vec(prop::collection::btree_map("[a-e]", flat_value(), 0..4), 1..8)) {
        let lines: Vec<String> = rows.iter().map(|row| serde_json::to_string(row).unwrap()).collect();
        let (_, good, problems) = read(lines.join("\n").as_bytes());
        prop_assert_eq!(problems, Vec::<String>::new());
        prop_assert_eq!(good, rows.into_iter().map(|row| json!(row)).collect::<Vec<_>>());
    }

    #[test]
    fn any_bytes_end_in_rows_or_problems(
        source in prop::collection::vec(prop_oneof![4 => prop::sample::select(b"{}[]\":,\\1e. \n".as_slice()), 1 => any::<u8>()], 0..200)
    ) {
        if let Ok(mut rows) = NdjsonRows::open(source.as_slice()) {
            prop_assert!(rows.by_ref().count() <= source.len());
            prop_assert_eq!(rows.bytes_read(), source.len() as u64);
        }
    }
}
