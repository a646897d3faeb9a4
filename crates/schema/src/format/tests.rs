use super::*;

fn check(format: &Format, text: &str, expected: Option<&str>) {
    assert_eq!(format.check(text).ok().as_deref(), expected, "{text:?} as {}", format.kind());
}

fn check_all(format: &Format, kept: &[&str], respelled: &[(&str, &str)], refused: &[&str]) {
    for text in kept {
        check(format, text, Some(text));
    }
    for (text, stored) in respelled {
        check(format, text, Some(stored));
    }
    for text in refused {
        check(format, text, None);
    }
}

#[test]
fn email() {
    let long = format!("{}@example.com", "a".repeat(65));
    check_all(
        &Format::Email,
        &["ayse@example.com", "a.b+c@sub.example.co", "o'neil@example.com", "çağrı@örnek.com.tr"],
        &[(" ayse@example.com ", "ayse@example.com")],
        &[
            "",
            "ayse",
            "@example.com",
            "a@b",
            "a@b..com",
            ".a@b.com",
            "a..b@c.com",
            "a b@c.com",
            "a@-b.com",
            "a@10.0.0.1",
            &long,
        ],
    );
}

#[test]
fn phone() {
    check_all(
        &Format::Phone,
        &["+905321234567", "+12345678"],
        &[("+90 (532) 123-45.67", "+905321234567")],
        &[
            "",
            "05321234567",
            "+0532123456",
            "+1234567",
            "+1234567890123456",
            "+90532abc4567",
            "++905321234567",
            "+٩٠٥٣٢١٢٣٤",
        ],
    );
}

#[test]
fn url() {
    check_all(
        &Format::Url,
        &["https://example.com/page?q=1#x", "http://localhost:8080", "HTTPS://example.com"],
        &[(" https://example.com ", "https://example.com")],
        &[
            "",
            "example.com",
            "ftp://example.com",
            "https:example.com",
            "https://",
            "https://a b.com",
            "https://a.com/\nx",
            "javascript:alert(1)",
        ],
    );
}

#[test]
fn country_and_currency_are_looked_up() {
    check_all(
        &Format::Country,
        &["TR", "DE"],
        &[("tr", "TR"), (" gb ", "GB")],
        &["", "XX", "UK", "TUR", "Türkiye", "ẞ"],
    );
    check_all(&Format::Currency, &["TRY", "EUR", "ZWG"], &[("usd", "USD")], &["", "TL", "AAA", "€"]);
}

#[test]
fn code_tables_are_sorted() {
    assert!(COUNTRIES.is_sorted());
    assert!(CURRENCIES.is_sorted());
}

#[test]
fn language() {
    check_all(
        &Format::Language,
        &["tr", "en-GB", "zh-Hant-TW", "es-419", "sl-rozaj-biske", "de-1996", "en-u-hc-h12", "en-x-a"],
        &[("TR-tr", "tr-TR"), ("en_US", "en-US"), ("ZH-hans", "zh-Hans")],
        &["", "t", "turkish", "tr-", "en-GB-US", "en-u", "tr TR", "é"],
    );
}

#[test]
fn time_zone() {
    check_all(
        &Format::TimeZone,
        &["Europe/Istanbul", "UTC", "America/Argentina/Buenos_Aires"],
        &[("europe/istanbul", "Europe/Istanbul")],
        &["", "Istanbul", "+03:00", "Etc/Unknown", "../etc/passwd"],
    );
}

#[test]
fn an_enum_takes_its_options_and_an_open_one_any_text() {
    let options = vec!["gold".to_owned(), "silver".to_owned()];
    let closed = Format::Enum { options: options.clone(), is_open: false };
    check_all(&closed, &["gold"], &[], &["", "Gold", " gold"]);
    check_all(&Format::Enum { options, is_open: true }, &["gold", "bronze"], &[], &[]);
}

#[test]
fn a_refusal_names_a_few_of_many_options() {
    let options = (0..500).map(|number| number.to_string()).collect();
    let problem = Format::Enum { options, is_open: false }.check("x").unwrap_err();
    assert_eq!(problem.to_string(), "is not one of 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, …");
}

#[test]
fn a_format_is_stored_by_its_kind() {
    let stored = serde_json::json!({ "kind": "enum", "options": ["a"], "is_open": true });
    let format: Format = serde_json::from_value(stored.clone()).unwrap();
    assert_eq!(serde_json::to_value(&format).unwrap(), stored);
    assert_eq!(serde_json::to_value(Format::TimeZone).unwrap(), serde_json::json!({ "kind": "time_zone" }));
}
