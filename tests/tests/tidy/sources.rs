//! What every source file and every page of the repository keeps to.

use std::path::{Path, PathBuf};

use crate::{files, text};

const LINES_MAX: usize = 500;
/// Names that say nothing about what lives there.
const DUMPING_GROUNDS: [&str; 6] = ["utils", "util", "common", "helpers", "helper", "misc"];

fn sources() -> Vec<PathBuf> {
    let is_source = |file: &PathBuf| {
        let name = file.to_string_lossy();
        let is_generated = name.contains("/gql/") || name.contains(".gen.") || name.contains("/generated/");
        let is_code = [".rs", ".ts", ".tsx", ".mjs"].iter().any(|ending| name.ends_with(ending));
        is_code && !is_generated
    };
    files().into_iter().filter(is_source).collect()
}

fn rust() -> Vec<PathBuf> {
    sources().into_iter().filter(|file| file.extension().is_some_and(|ending| ending == "rs")).collect()
}

/// Unit tests sit in `tests.rs` and `tests/` beside what they test, or in the package `tests`.
fn is_test(file: &Path) -> bool {
    file.components().any(|part| part.as_os_str().to_string_lossy().starts_with("tests"))
}

#[test]
fn every_rust_file_opens_with_what_lives_in_it() {
    for file in rust() {
        if file.file_name().is_some_and(|name| name == "tests.rs") {
            continue;
        }
        assert!(text(&file).starts_with("//!"), "{} does not open with `//!`", file.display());
    }
}

#[test]
fn no_source_file_is_too_long_to_read() {
    for file in sources().iter().filter(|file| !is_test(file)) {
        let lines = text(file).lines().count();
        assert!(lines <= LINES_MAX, "{} has {lines} lines", file.display());
    }
}

#[test]
fn no_name_is_a_dumping_ground() {
    for file in files() {
        for part in file.components() {
            let part = part.as_os_str().to_string_lossy();
            let stem = part.split('.').next().unwrap_or_default();
            assert!(!DUMPING_GROUNDS.contains(&stem), "{}", file.display());
        }
        assert_ne!(file.file_name().and_then(|name| name.to_str()), Some("mod.rs"), "{}", file.display());
    }
}

#[test]
fn no_test_is_skipped_and_none_sleeps() {
    // Written in halves, so that this file does not name them.
    let banned = [("#[ign", "ore"), ("#[should", "_panic"), ("test.sk", "ip("), ("it.sk", "ip(")];
    let sleep = ["sl", "eep("].concat();
    for file in sources() {
        let code = text(&file);
        for (start, end) in banned {
            assert!(!code.contains(&format!("{start}{end}")), "{}: {start}{end}", file.display());
        }
        let mut before = "";
        for line in code.lines().filter(|_| is_test(&file)) {
            // What a test does to the outside may take its time; waiting for something must not.
            let is_wait = line.contains(&sleep) && !before.trim().starts_with("// Not a wait:");
            assert!(!is_wait, "{}: move the clock instead: {line}", file.display());
            before = line;
        }
    }
}

#[test]
fn nothing_is_left_for_later_in_the_code() {
    let marks = [("todo", "!("), ("unimple", "mented!("), ("FIX", "ME"), ("XX", "X")];
    for file in sources() {
        let code = text(&file);
        for (start, end) in marks {
            assert!(!code.contains(&format!("{start}{end}")), "{}: {start}{end}", file.display());
        }
    }
}

#[test]
fn no_lint_is_silenced_without_a_reason() {
    for file in rust() {
        let code = text(&file);
        assert!(!code.contains(&["#[al", "low("].concat()), "{}: use #[expect(…, reason)]", file.display());
        for expectation in code.split(&["#[ex", "pect("].concat()).skip(1) {
            let upto = expectation.split(")]").next().unwrap_or_default();
            assert!(upto.contains("reason"), "{}: say why: {upto}", file.display());
        }
    }
}

#[test]
fn every_statement_has_a_name_in_the_log() {
    let statements = rust().into_iter().filter(|file| file.starts_with("crates/storage/src") && !is_test(file));
    let mut named = 0;
    for file in statements {
        let text = text(&file);
        for (before, function) in text.match_indices("\npub async fn ").map(|(at, _)| text.split_at(at)) {
            let head = function.split('{').next().unwrap_or_default();
            if !head.contains("db: Db<") && !head.contains("tx: &Tx") {
                continue;
            }
            let has_span = before.lines().next_back().is_some_and(|line| line.starts_with("#[tracing::instrument("));
            assert!(has_span, "{} opens no span:{}", file.display(), head.lines().nth(1).unwrap_or_default());
            named += 1;
        }
    }
    assert!(0 < named);
}

#[test]
fn every_crate_shows_itself_alone() {
    for folder in std::fs::read_dir(attrium_tests::root().join("crates")).expect("crates are there").flatten() {
        let readme = folder.path().join("README.md");
        assert!(readme.is_file(), "{} is missing", readme.display());
    }
}

#[test]
fn the_repository_names_no_machine_and_no_registry() {
    let banned = [("/wo", "rk/"), ("crates", ".io/"), ("registry.npm", "js"), ("deb.deb", "ian"), ("pypi", ".org")];
    let is_prose = |file: &PathBuf| {
        let name = file.to_string_lossy();
        let is_data = name.starts_with("tests/data/") || name == "Cargo.lock";
        let endings = [".rs", ".ts", ".tsx", ".mjs", ".toml", ".md", ".yml", ".json", ".sh", "run"];
        !is_data && endings.iter().any(|ending| name.ends_with(ending))
    };
    for file in files().into_iter().filter(is_prose) {
        let words = text(&file);
        for (start, end) in banned {
            assert!(!words.contains(&format!("{start}{end}")), "{}: {start}{end}", file.display());
        }
    }
}
