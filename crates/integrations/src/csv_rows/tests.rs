use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use serde_json::Value as Json;

use super::*;
use crate::row::FIELD_BYTES_MAX;

/// What a file gives: its columns, the rows as text, and the problems as `LINE: what`; or why it cannot be read.
type Outcome = Result<(Vec<String>, Vec<Vec<String>>, Vec<String>), String>;

fn data(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/csv").join(folder)
}

fn read(source: impl Read) -> Outcome {
    let mut rows = CsvRows::open(source).map_err(|error| error.to_string())?;
    let (mut good, mut problems) = (Vec::new(), Vec::new());
    for row in rows.by_ref() {
        match row {
            Ok(row) => good.push(row.cells.into_iter().map(text).collect()),
            Err(error) => problems.push(error.to_string()),
        }
    }
    Ok((rows.columns().to_vec(), good, problems))
}

fn text(cell: Cell) -> String {
    match cell.value {
        CellValue::Text(text) => text,
        CellValue::Json(json) => panic!("a CSV file gave JSON: {json}"),
    }
}

fn check(source: &str, rows: &[&[&str]], problems: &[&str]) {
    let (_, good, found) = read(source.as_bytes()).unwrap();
    let shown: String = source.chars().take(200).collect();
    assert_eq!(good, rows, "{shown:?}");
    assert_eq!(found, problems, "{shown:?}");
}

fn check_refused(source: &[u8], expected: &str) {
    assert_eq!(read(source), Err(expected.to_owned()));
}

fn strings(json: &Json) -> Vec<String> {
    json.as_array().unwrap().iter().map(|item| item.as_str().unwrap().to_owned()).collect()
}

#[test]
fn csv_spectrum_reads_as_its_json_says() {
    let mut seen = 0;
    for entry in fs::read_dir(data("spectrum")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "csv") {
            continue;
        }
        let (columns, rows, problems) = read(fs::File::open(&path).unwrap()).unwrap();
        assert_eq!(problems, Vec::<String>::new(), "{path:?}");
        let expected: Json = serde_json::from_slice(&fs::read(path.with_extension("json")).unwrap()).unwrap();
        let expected = if expected.is_object() { vec![expected] } else { expected.as_array().unwrap().clone() };
        assert_eq!(rows.len(), expected.len(), "{path:?}");
        for (row, object) in rows.iter().zip(&expected) {
            for (column, cell) in columns.iter().zip(row) {
                let is_wrong_there = path.ends_with("location_coordinates.csv") && column == "Contact Phone Number";
                assert!(is_wrong_there || object[column] == **cell, "{path:?}: {column}");
            }
        }
        seen += 1;
    }
    assert_eq!(seen, 12);
}

/// The line a message speaks of.
fn line_of(message: &str) -> u64 {
    let digits: String = message.trim_start_matches("line ").chars().take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(1)
}

/// Files in encodings that are refused, with the line that says so; everything else reads as expected.
const OTHER_ENCODINGS: [&str; 3] = ["utf16le_bom.csv", "utf16be_bom.csv", "windows1254.csv"];

#[test]
fn hostile_files_give_what_a_careful_reader_gets() {
    let expected: Json = serde_json::from_slice(&fs::read(data("torture/expected.json")).unwrap()).unwrap();
    for (name, expected) in expected.as_object().unwrap() {
        if OTHER_ENCODINGS.contains(&name.as_str()) {
            continue;
        }
        let bytes = if name == "big_field.csv" {
            format!("id,city,note\n1,a,{}\n2,b,y\n", "x".repeat(FIELD_BYTES_MAX + 1)).into_bytes()
        } else {
            fs::read(data("torture").join(name)).unwrap()
        };
        let lines: Vec<u64> =
            expected["problems"].as_array().unwrap().iter().map(|problem| problem["line"].as_u64().unwrap()).collect();
        match read(bytes.as_slice()) {
            Ok((columns, rows, problems)) => {
                assert_eq!(columns, strings(&expected["header"]), "{name}");
                let wanted: Vec<Vec<String>> = expected["rows"].as_array().unwrap().iter().map(strings).collect();
                assert_eq!(rows, wanted, "{name}");
                assert_eq!(problems.iter().map(|problem| line_of(problem)).collect::<Vec<_>>(), lines, "{name}");
            }
            Err(message) => {
                assert!(expected["header"].is_null(), "{name}: {message}");
                assert_eq!([line_of(&message)].as_slice(), lines, "{name}");
            }
        }
    }
}

#[test]
fn other_encodings_are_named_with_their_cure() {
    let cure = "save the file as UTF-8 (in a spreadsheet: “CSV UTF-8”) and import it again";
    for name in ["utf16le_bom.csv", "utf16be_bom.csv"] {
        let bytes = fs::read(data("torture").join(name)).unwrap();
        check_refused(&bytes, &format!("line 1: the text is UTF-16, not UTF-8; {cure}"));
    }
    check_refused(b"i\0d\0", &format!("line 1: the text is UTF-16, not UTF-8; {cure}"));
    check_refused(b"\n\xddsim,id\n", &format!("line 2: the text is in another encoding, not UTF-8; {cure}"));
    let (_, rows, problems) = read(fs::File::open(data("torture/windows1254.csv")).unwrap()).unwrap();
    assert_eq!(rows, Vec::<Vec<String>>::new());
    let message = "`city` is not valid UTF-8; save the file as UTF-8 and import it again";
    assert_eq!(problems, [format!("line 2: {message}"), format!("line 3: {message}")]);
}

#[test]
fn files_of_other_kinds_are_refused() {
    check_refused(
        b"PK\x03\x04...",
        "the file is a spreadsheet or a zip archive, not text; save it as CSV in UTF-8 and import that",
    );
    check_refused(b"", "the file is empty");
    check_refused(b"\xef\xbb\xbf", "the file is empty");
    check_refused(b"\r\n\n", "the file is empty");
}

#[test]
fn a_header_must_name_its_columns_once() {
    check_refused(b"id,,x\n", "line 1: column 2 has no name");
    check_refused(b",,\n", "line 1: column 1 has no name");
    check_refused("id, \u{130}L ,i\u{307}l\n".as_bytes(), "line 1: columns 2 and 3 have the same name, ignoring case");
    check_refused(
        b"\"id\n1\n",
        "line 1: a quote opens in this record and is never closed; nothing behind it could be read",
    );
    check_refused(",".repeat(1_000).as_bytes(), "line 1: 1001 columns; a file may have 1000");
    check_refused(
        "x".repeat(257).as_bytes(),
        "line 1: the name of column 1 has more than 256 characters; is the first line a header?",
    );
}

#[test]
fn a_record_that_is_wrong_is_named_by_its_line_and_passed_over() {
    check(
        "id,a\n\"1\n\n\",x\n2\n3,y\n",
        &[&["1\n\n", "x"], &["3", "y"]],
        &["line 5: 1 fields where the header names 2"],
    );
    check(
        "id,a,\n1,x,\n2,y,z\n3,w\n",
        &[&["1", "x"], &["3", "w"]],
        &["line 3: column 3 has a value here, but no name in the header"],
    );
    check("id\r1\r\r2\r", &[&["1"], &["2"]], &[]);
    check("id,a\n1,x\0\n2,y\n", &[&["2", "y"]], &["line 2: `a` holds the character U+0000, which cannot be kept"]);
}

#[test]
fn a_quote_that_is_never_closed_is_said_and_not_gathered() {
    let unclosed = "a quote opens in this record and is never closed; nothing behind it could be read";
    check("id,a\n1,\"x\n2,y\n", &[], &[&format!("line 2: {unclosed}")]);
    check("id,a\n1,\"", &[], &[&format!("line 2: {unclosed}")]);
    check("id,a\n1,\"x\"\"", &[], &[&format!("line 2: {unclosed}")]);
    check("id,a\n1,\"x\"", &[&["1", "x"]], &[]);
    check("id,a\n1,", &[&["1", ""]], &[]);
    let long = format!("id,a\n1,\"{}\n2,y\n", "x\n".repeat(FIELD_BYTES_MAX));
    check(&long, &[], &[&format!("line 2: {unclosed}")]);
}

#[test]
fn a_field_may_be_as_long_as_the_limit_and_no_longer() {
    let longest = "x".repeat(FIELD_BYTES_MAX);
    check(&format!("id\n{longest}\n1\n"), &[&[&longest], &["1"]], &[]);
    let message = "line 2: a field has more than 1048576 bytes; perhaps a quote before it is never closed";
    check(&format!("id\n{longest}x\n1\n"), &[&["1"]], &[message]);
}

#[test]
fn a_record_is_bounded_though_each_field_is() {
    let columns: Vec<String> = (0..9).map(|place| format!("c{place}")).collect();
    let wide = vec!["x".repeat(FIELD_BYTES_MAX - 1); 9].join(",");
    let source = format!("{}\n{wide}\n", columns.join(","));
    check(&source, &[], &["line 2: the record is too long to be one customer"]);
}

#[test]
fn the_delimiter_is_seen_from_the_first_lines() {
    let check = |source: &str, expected: char| {
        assert_eq!(CsvRows::open(source.as_bytes()).unwrap().delimiter(), expected, "{source:?}");
    };
    check("id,a\n", ',');
    check("id\n1;2\n", ',');
    check("id;price;qty\n1;12,50;3\n2;1.234,00;4\n", ';');
    check("id;\"last, first, middle\";x\n1;b;c\n", ';');
    check("id|a, b, c|d\n1|x|y\n2|x|y\n", '|');
    check("id\ta;b\n1\tx\n2\ty\n", '\t');
    check("a \"quoted; word\",b\n", ',');
}

#[test]
fn progress_counts_every_byte() {
    let source = "\u{feff}id,a\r\n\r\n1,x\r\n";
    let mut rows = CsvRows::open(source.as_bytes()).unwrap();
    assert!(rows.bytes_read() < source.len() as u64);
    assert_eq!(rows.by_ref().count(), 1);
    assert_eq!(rows.bytes_read(), source.len() as u64);
    assert!(rows.next().is_none());
}

#[test]
fn a_failing_disk_ends_the_rows_with_its_error() {
    struct Failing;
    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("gone"))
        }
    }
    let long = "id\n".to_owned() + &"1\n".repeat(40_000);
    let rows = CsvRows::open(long.as_bytes().chain(Failing)).unwrap();
    let last = rows.last().unwrap();
    assert!(matches!(last, Err(RowError::File(FileError::Io(_)))));
}

/// Gives one byte at a time, as a slow network may.
struct Slow<'a>(&'a [u8]);

impl Read for Slow<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let length = out.len().min(1);
        self.0.read(&mut out[..length])
    }
}

/// Bytes that mean something to a reader of CSV, and some that do not.
fn hostile() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![
        4 => prop::sample::select(b"\",;\t|\r\n\"\n,a1 ".as_slice()),
        1 => any::<u8>(),
    ];
    prop::collection::vec(byte, 0..200)
}

proptest! {
    #[test]
    fn any_bytes_end_in_rows_or_problems(source in hostile()) {
        if let Ok(mut rows) = CsvRows::open(source.as_slice()) {
            let records = rows.by_ref().count();
            prop_assert!(records <= source.len());
            prop_assert_eq!(rows.bytes_read(), source.len() as u64);
        }
    }

    #[test]
    fn it_does_not_matter_how_the_bytes_arrive(source in hostile()) {
        prop_assert_eq!(read(Slow(&source)), read(source.as_slice()));
    }

    #[test]
    fn what_was_written_with_quotes_reads_back(
        table in prop::collection::vec(prop::collection::vec("[^\0]{0,8}", 3), 0..6),
        delimiter in prop::sample::select(vec![",", ";", "\t", "|"]),
        end in prop::sample::select(vec!["\n", "\r\n", "\r"]),
    ) {
        let line = |cells: &[String]| {
            let quoted: Vec<String> = cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
            quoted.join(delimiter) + end
        };
        let header = ["id".to_owned(), "a".to_owned(), "b".to_owned()];
        let source: String = std::iter::once(line(&header)).chain(table.iter().map(|cells| line(cells))).collect();
        prop_assert_eq!(read(source.as_bytes()), Ok((header.to_vec(), table, Vec::new())));
    }
}
