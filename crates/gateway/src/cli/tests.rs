//! Claims about the command line: what is said where, and how commands end.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use super::*;

/// What was written, kept.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Kept {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

/// A reader that went away, as in `attrium … | head`.
struct Closed;

impl Write for Closed {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Runs a command; answers whether it succeeded, its answers and its messages.
fn type_in(arguments: &[&str]) -> (bool, String, String) {
    let (answers, messages) = (Kept::default(), Kept::default());
    let mut output = Output::into(answers.clone(), messages.clone());
    let code = run(words(arguments), &mut output);
    (is_success(code), answers.text(), messages.text())
}

fn words(arguments: &[&str]) -> Vec<OsString> {
    std::iter::once("attrium").chain(arguments.iter().copied()).map(OsString::from).collect()
}

/// Exit codes can only be compared as they print.
fn is_success(code: ExitCode) -> bool {
    format!("{code:?}") == format!("{:?}", ExitCode::SUCCESS)
}

/// Writes files into a fresh folder; answers their paths.
fn files(contents: &[&str]) -> (tempfile::TempDir, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let paths = contents.iter().enumerate().map(|(place, text)| {
        let path = folder.path().join(format!("file-{place}.txt"));
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    });
    let paths = paths.collect();
    (folder, paths)
}

#[test]
fn the_definition_of_the_commands_is_sound() {
    <Cli as clap::CommandFactory>::command().debug_assert();
}

#[test]
fn help_is_an_answer_and_a_mistake_is_a_message() {
    let (is_success, answers, messages) = type_in(&["--help"]);
    assert!(is_success && answers.contains("Usage: attrium") && messages.is_empty(), "{answers}{messages}");
    let (is_success, answers, messages) = type_in(&["keys", "creat"]);
    assert!(!is_success && answers.is_empty() && messages.contains("'create'"), "{answers}{messages}");
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    for arguments in [vec!["--help"], vec!["version", "--json"], vec!["sdl"], vec!["config"]] {
        let mut output = Output::into(Closed, Closed);
        assert!(is_success(run(words(&arguments), &mut output)), "{arguments:?}");
    }
}

#[test]
fn the_version_tells_every_limit() {
    let (is_success, answers, _) = type_in(&["version", "--json"]);
    let version: serde_json::Value = serde_json::from_str(&answers).unwrap();
    assert!(is_success);
    assert_eq!(version["version"], env!("CARGO_PKG_VERSION"));
    assert!(version["sqlite_version"].as_str().unwrap().starts_with("3."));
    assert_eq!(version["limits"]["page_max"], 100);
    assert_eq!(version["graphql_limits"]["query_bytes_max"], 16_384);
}

#[test]
fn the_settings_in_force_are_a_settings_file() {
    let (_folder, paths) = files(&["[jobs]\nlease_s = 5\n"]);
    let database = "postgres://ann:hunter2@db/x";
    let (is_success, answers, _) = type_in(&["config", "--config", &paths[0], "--database-url", database]);
    assert!(is_success && !answers.contains("hunter2"), "{answers}");
    assert!(answers.contains("database_url = \"postgres://ann:***@db/x\" # --database-url\n"), "{answers}");
    assert!(answers.contains(&format!("[jobs]\nlease_s = 5 # {}\n", paths[0])), "{answers}");
    let (_folder, again) = files(&[&answers.replace("***", "x")]);
    assert!(type_in(&["config", "--config", &again[0]]).0);
}

#[test]
fn the_defaults_are_printed_with_what_each_means() {
    let (is_success, answers, _) = type_in(&["config", "--defaults"]);
    assert!(is_success && answers.contains("# Proxies and balancers in front of this server"), "{answers}");
    let (_folder, paths) = files(&[&answers]);
    assert!(type_in(&["config", "--config", &paths[0]]).0, "the defaults are a settings file");
}

#[test]
fn a_wrong_setting_stops_the_server_before_it_starts() {
    let (is_success, _, messages) = type_in(&["serve", "--listen", "8080"]);
    assert!(!is_success && messages.contains("listen (from --listen)"), "{messages}");
}

#[test]
fn rules_are_counted_by_both_engines_and_checked() {
    let data = "{\"id\":\"a\",\"attributes\":{\"age\":30}}\n{\"id\":\"b\",\"attributes\":{\"age\":40}}\n";
    let rules = "{\"name\":\"old\",\"text\":\"age > 35\"}\n{\"name\":\"odd\",\"text\":\"agee >\"}\n";
    let (_folder, paths) = files(&[data, rules]);
    let now = "2026-05-01T00:00:00Z";
    let count = ["rule", "count", "--rules", &paths[1], "--data", &paths[0], "--now", now];
    let (is_success, by_index, _) = type_in(&count);
    assert!(is_success);
    let lines: Vec<serde_json::Value> = by_index.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((&lines[0]["count"], lines[1]["diagnostics"].is_array()), (&1.into(), true), "{by_index}");
    let (_, by_evaluator, _) = type_in(&[&count[..], &["--evaluator"]].concat());
    assert_eq!(by_index, by_evaluator);

    let (is_success, checked, messages) = type_in(&["rule", "check", "--rules", &paths[1]]);
    assert!(
        !is_success && checked.contains("\"text\":\"age > 35\"") && messages.contains("1 rules"),
        "{checked}{messages}"
    );
    let (is_success, _, messages) = type_in(&["rule", "check", "--rules", "nowhere.jsonl"]);
    assert!(!is_success && messages.contains("nowhere.jsonl"), "{messages}");
}

#[test]
fn an_operator_makes_a_workspace_people_and_keys() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite://{}/attrium.db", folder.path().display());
    let operate = |arguments: &[&str]| {
        let (is_success, answers, messages) = type_in(&[arguments, &["--database-url", &database]].concat());
        assert!(is_success, "{arguments:?}: {messages}");
        answers
    };
    operate(&["migrate"]);
    assert_eq!(operate(&["workspaces", "create", "demo", "--name", "Demo"]), "demo\tDemo\tUTC\n");
    assert_eq!(operate(&["workspaces", "list"]), "default\tDefault\tUTC\ndemo\tDemo\tUTC\n");
    let password = operate(&["users", "add", "ann@example.com", "--role", "owner"]);
    assert!(15 < password.trim().len(), "{password}");
    assert_ne!(operate(&["users", "reset", "ann@example.com"]), password);
    let key = operate(&["keys", "create", "crm", "--scope", "read_profiles,edit_profiles"]);
    let listed = operate(&["keys", "list"]);
    assert!(listed.contains("\tcrm\tactive\t") && listed.contains("read_profiles, edit_profiles"), "{listed}");
    assert!(!listed.contains(key.trim()));
    let id = listed.split('\t').next().unwrap();
    operate(&["keys", "revoke", id]);
    assert!(operate(&["keys", "list"]).contains("\trevoked "));

    let (_file, paths) = files(&["id,country\n1,TR\n2,DE\n"]);
    let imported = operate(&["import", &paths[0], "--format", "csv", "--external-id-column", "id"]);
    assert_eq!(imported, "2 rows imported, 0 rejected.\n");

    let taken = ["workspaces", "create", "demo", "--database-url", &database];
    let (is_success, _, messages) = type_in(&taken);
    assert!(!is_success && messages.starts_with("error: "), "{messages}");
}
