use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::definition::AttributeDefinition;
use crate::id::AttributeId;
use crate::time::Timestamp;

fn guess(header: &str, cells: &[&str]) -> ColumnGuess {
    let mut observer = ColumnObserver::new();
    for cell in cells {
        observer.observe(cell);
    }
    let key = keys_from_headers(&[header]).remove(0);
    observer.finish(header, key)
}

fn shape(guess: &ColumnGuess) -> String {
    match &guess.format {
        Some(Format::Enum { options, is_open: true }) => {
            format!("{} open enum {}", guess.value_type, options.join("|"))
        }
        Some(format) => format!("{} {}", guess.value_type, format.kind()),
        None => guess.value_type.to_string(),
    }
}

fn check(header: &str, cells: &[&str], expected: &str) {
    assert_eq!(shape(&guess(header, cells)), expected, "{header}: {cells:?}");
}

fn check_json(header: &str, values: &[Json], expected: &str) {
    let mut observer = ColumnObserver::new();
    for value in values {
        observer.observe_json(value);
    }
    let guess = observer.finish(header, keys_from_headers(&[header]).remove(0));
    let mixed = if guess.is_mixed { " mixed" } else { "" };
    assert_eq!(shape(&guess) + mixed, expected, "{header}: {values:?}");
}

fn check_privacy(header: &str, expected: PrivacyClass) {
    assert_eq!(guess(header, &["x"]).privacy_class, expected, "{header}");
}

fn check_keys(headers: &[&str], expected: &[&str]) {
    let keys = keys_from_headers(headers);
    let texts: Vec<&str> = keys.iter().map(AttributeKey::as_str).collect();
    assert_eq!(texts, expected, "{headers:?}");
}

#[test]
fn numbers_are_integers_until_one_has_a_fraction() {
    check("n", &["1", "-20", "0"], "integer");
    check("n", &["1", "2.50", "-0.1"], "decimal");
    check("n", &["1", "1.5e-7", "1e+3"], "decimal");
    check("n", &["9223372036854775807", "-9223372036854775808"], "integer");
    check("n", &["9223372036854775808"], "decimal");
    check("n", &["0.1234567890123456789", "99999999999999.99"], "decimal");
}

#[test]
fn digits_that_a_number_would_spoil_stay_text() {
    check("n", &["007", "008"], "text");
    check("n", &["1", "007"], "text");
    check("n", &["+5", "+6"], "text");
    check("n", &["00.5"], "text");
    check("n", &["12E4", "13E5"], "text");
    check("n", &["12,50"], "text");
    check("n", &["1.", ".5"], "text");
    check("n", &["12345678901234567890123456789"], "text");
    check("n", &["1", "NaN"], "text");
    check("n", &["1", " 2"], "text");
    check("zip", &["34000", "35000"], "text");
    check("Cep Telefonu", &["5321234567"], "text");
    check("phone_lines", &["1", "2"], "integer");
    check("phone_service", &["0.0", "1.0"], "decimal");
}

#[test]
fn booleans_dates_and_timestamps_must_be_all_of_it() {
    check("b", &["true", "false"], "boolean");
    check("b", &["True", "False"], "text");
    check("b", &["yes", "no"], "text");
    check("d", &["2024-02-29", "2023-12-31"], "date");
    check("d", &["2024-02-29", "2023-02-29"], "text");
    check("d", &["29.02.2024"], "text");
    check("t", &["2024-02-29T10:00:00+03:00", "2023-12-31T23:59:59.5Z"], "timestamp");
    check("t", &["2024-02-29", "2023-12-31T23:59:59Z"], "text");
    check("t", &["2024-02-29T10:00:00"], "text");
}

#[test]
fn empty_cells_say_nothing() {
    check("n", &["", "1", ""], "integer");
    check("n", &["", ""], "text");
    check("n", &[], "text");
    assert_eq!(guess("n", &["", "1", ""]).filled, 1);
}

#[test]
fn formats_need_every_value_and_a_key_or_a_shape_that_speaks_for_them() {
    check("contact", &["ayse@example.com", "b.c@example.org"], "text email");
    check("contact", &["ayse@example.com", "none"], "text");
    check("reach", &["+905321234567", "+49 30 901820"], "text phone");
    check("phone", &["05321234567"], "text");
    check("page", &["https://example.com/a", "http://example.com"], "text url");
    check("country", &["TR", "de"], "text country");
    check("Ülke", &["TR"], "text country");
    check("grade", &["TR", "DE"], "text");
    check("country", &["TR", "XX"], "text");
    check("locale", &["tr-TR", "en"], "text language");
    check("answer", &["no", "yes"], "text");
    check("currency", &["TRY", "EUR"], "text currency");
    check("code", &["TRY", "EUR"], "text");
    check("where", &["Europe/Istanbul"], "text time_zone");
    check("zone", &["UTC"], "text time_zone");
    check("kind", &["UTC"], "text");
}

#[test]
fn few_texts_used_often_are_an_open_enum() {
    let often: Vec<&str> = ["married", "single"].into_iter().cycle().take(20).collect();
    check("marital", &often, "text open enum married|single");
    check("marital", &often[..19], "text");
    let names: Vec<String> = (0..25).map(|number| format!("name {number}")).collect();
    let many: Vec<&str> = names.iter().map(String::as_str).cycle().take(1_000).collect();
    check("kind", &many, "text");
    let few: Vec<&str> = names[..24].iter().map(String::as_str).cycle().take(1_000).collect();
    assert!(shape(&guess("kind", &few)).starts_with("text open enum name 0|name 1|"));
}

#[test]
fn json_is_believed_where_it_says_its_type() {
    check_json("n", &[json!(1), json!(2)], "integer");
    check_json("n", &[json!(1), json!(2.5)], "decimal");
    check_json("n", &[json!(1.0)], "decimal");
    check_json("n", &[json!(u64::MAX)], "decimal");
    check_json("n", &[json!("1"), json!("2")], "text");
    check_json("b", &[json!(true), Json::Null], "boolean");
    check_json("b", &[json!("true")], "text");
    check_json("d", &[json!("2026-05-01")], "date");
    check_json("t", &[json!("2026-05-01T00:00:00Z")], "timestamp");
    check_json("p", &[json!({"lat": 41.01, "lon": 28.97})], "geo_point");
    check_json("l", &[json!(["a"]), json!([])], "list of text");
    check_json("l", &[json!([1, 2]), json!([2.5])], "list of decimal");
    check_json("x", &[Json::Null, json!([])], "text");
}

#[test]
fn json_of_several_types_is_text_and_says_that_it_is_mixed() {
    check_json("n", &[json!(1), json!("1")], "text mixed");
    check_json("n", &[json!(1), json!(true)], "text mixed");
    check_json("n", &[json!(1e300)], "text mixed");
    check_json("n", &[json!("a"), json!(["a"])], "text mixed");
    check_json("n", &[json!({"city": "Ankara"})], "text mixed");
    check_json("n", &[json!("2026-05-01"), json!("soon")], "text");
}

#[test]
fn keys_are_made_from_headers() {
    check_keys(&["First Name", " e-mail ", "E_Posta", "AGE"], &["first_name", "email", "eposta", "age"]);
    check_keys(&["Doğum Tarihi", "İL", "Straße", "Café №1"], &["dogum_tarihi", "il", "strasse", "cafe_1"]);
    check_keys(
        &["firstName", "MonthlyCharges", "Total Charges ($)"],
        &["firstName", "MonthlyCharges", "total_charges"],
    );
    check_keys(
        &["2024 sales", "", "#", "名前", "_x_"],
        &["column_2024_sales", "column_2", "column_3", "column_4", "x"],
    );
    check_keys(&["Customer's name", "\u{feff}id"], &["customers_name", "id"]);
}

#[test]
fn keys_are_distinct_in_any_case() {
    check_keys(&["email", "E-Mail", "email_2", "email"], &["email", "email_2", "email_2_2", "email_3"]);
    check_keys(&["firstName", "firstname"], &["firstName", "firstname_2"]);
}

#[test]
fn a_label_is_the_header_or_the_words_of_its_key() {
    assert_eq!(guess("lifetime_value", &[]).label, "Lifetime value");
    assert_eq!(guess("  Doğum \t Tarihi ", &[]).label, "Doğum Tarihi");
    assert_eq!(guess("", &[]).label, "Column 1");
}

#[test]
fn privacy_is_guessed_from_words_and_formats() {
    for header in ["First Name", "dateOfBirth", "age", "IPAddress", "Maaş", "doğum_tarihi", "balance", "phone2"] {
        check_privacy(header, PrivacyClass::Personal);
    }
    for header in ["National ID", "TC Kimlik No", "iban", "cardNumber", "din", "Kan Grubu", "health_score"] {
        check_privacy(header, PrivacyClass::Sensitive);
    }
    for header in ["campaign", "pdays", "storage", "page", "cardinal", "country"] {
        check_privacy(header, PrivacyClass::Public);
    }
    assert_eq!(guess("contact", &["a@example.com"]).privacy_class, PrivacyClass::Personal);
    assert_eq!(guess("health_email", &["a@example.com"]).privacy_class, PrivacyClass::Sensitive);
}

fn definition(guess: ColumnGuess) -> AttributeDefinition {
    let draft = AttributeDraft::from(guess).check().expect("a guess is a draft without problems");
    AttributeDefinition::new(AttributeId::from_uuid(uuid::Uuid::nil()), draft, Timestamp::UNIX_EPOCH)
}

/// Cells that look alike, so that columns of one type are common.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        "-?[0-9]{1,4}",
        "-?[0-9]{0,20}\\.?[0-9]{0,12}",
        "[0-9]\\.[0-9]e[+-]?[0-9]{1,2}",
        "20[0-9]{2}-[01][0-9]-[0-3][0-9]",
        "20[0-9]{2}-0[1-9]-1[0-9]T[01][0-9]:00:00(Z|\\+03:00)",
        "(true|false|yes|no|TR|DE|tr|EUR|UTC)",
        "[a-c]@[x-z]\\.com",
        "\\+[0-9]{7,16}",
        "\\PC{0,6}",
    ]
}

proptest! {
    #[test]
    fn a_guess_reads_every_cell_it_was_made_from(
        header in "(country|language|currency|time_zone|phone|x|\\PC{0,80})",
        cells in prop::collection::vec(cell(), 0..6),
        repeats in 1..12_usize,
    ) {
        let refs: Vec<&str> = cells.iter().map(String::as_str).cycle().take(cells.len() * repeats).collect();
        let definition = definition(guess(&header, &refs));
        for cell in refs {
            prop_assert!(definition.read_text(cell).is_ok() || cell.is_empty(), "{cell:?} as {definition:?}");
        }
    }

    #[test]
    fn any_headers_give_distinct_keys(headers in prop::collection::vec("\\PC{0,80}|[a-cA-C]{1,2}|x{60,70}", 0..20)) {
        let keys = keys_from_headers(&headers);
        let distinct: std::collections::HashSet<String> = keys.iter().map(AttributeKey::folded).collect();
        prop_assert_eq!(keys.len(), headers.len());
        prop_assert_eq!(distinct.len(), headers.len());
    }
}
