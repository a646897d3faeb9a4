use super::*;

fn check(body: &str, kept: &str) {
    assert_eq!(excerpt(body.as_bytes()), kept, "{body:?}");
}

#[test]
fn plain_answers_stay_as_they_are() {
    check("", "");
    check("ok", "ok");
    check("{\"error\": \"no such list\", \"code\": 42}\n", "{\"error\": \"no such list\", \"code\": 42}\n");
    check("Müşteri bulunamadı", "Müşteri bulunamadı");
}

#[test]
fn what_could_harm_a_screen_is_replaced() {
    check("\u{1b}[31mred\u{1b}[0m", "\u{fffd}[31mred\u{fffd}[0m");
    check("a\u{202e}b\u{200b}c\u{0}d\r\ne", "a\u{fffd}b\u{fffd}c\u{fffd}d\u{fffd}\ne");
    assert_eq!(excerpt(b"\xff\xfeok"), "\u{fffd}\u{fffd}ok");
    // Markup stays text: whoever shows it must show it as text.
    check("<script>x</script>", "<script>x</script>");
}

#[test]
fn what_may_be_personal_or_secret_is_hidden() {
    check("{\"email\":\"ada@example.com\",\"ok\":true}", "{\"email\":\"•••\",\"ok\":true}");
    check("call +90 5321234567 or 0532-123-45-67", "call +90 ••• or •••");
    check("key=whsec_c2VjcmV0 end", "key=••• end");
    check("order 123456 at 12:30", "order 123456 at 12:30");
}

#[test]
fn a_long_answer_is_cut_between_letters() {
    for unit in ["a", "ş", "漢", "😀", "a@b "] {
        let kept = excerpt(unit.repeat(5_000).as_bytes());
        assert!(kept.len() <= EXCERPT_BYTES_MAX && EXCERPT_BYTES_MAX - 4 <= kept.len(), "{unit}: {}", kept.len());
    }
}
