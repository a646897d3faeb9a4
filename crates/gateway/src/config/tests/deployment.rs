//! The files an installation starts from: every name in them is a setting, and their values load.

use super::*;

/// What Compose is given for a variable that must be set: in an address, and as a key of 32 bytes.
const SET: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap()
}

/// Name and text of the compose file, the image, the unit and the examples of variables.
fn files() -> Vec<(String, String)> {
    let deploy = std::fs::read_dir(root().join("deploy")).unwrap().map(|entry| entry.unwrap().path());
    // The script is PostgreSQL's.
    let deploy = deploy.filter(|path| path.extension().is_none_or(|ending| ending != "sh"));
    let paths = ["docker-compose.yml", "Dockerfile"].map(|name| root().join(name)).into_iter().chain(deploy);
    paths.map(|path| (path.display().to_string(), std::fs::read_to_string(&path).unwrap())).collect()
}

/// Every name that claims to be a setting, in comments too.
fn names(text: &str) -> impl Iterator<Item = &str> {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    text.split(move |letter| !is_part(letter)).filter(|word| word.starts_with("ATTRIUM_"))
}

/// The names that the loader does not take for settings.
fn strangers(text: &str) -> Vec<&str> {
    let is_refused = |name: &&str| {
        let faults = faults("", &[(name, "")]);
        faults.iter().any(|fault| fault.contains("is not a setting") || fault.contains("must be a section"))
    };
    names(text).filter(is_refused).collect()
}

/// What a file sets: by `NAME: value` in the compose file, by `NAME=value` elsewhere.
fn settings(text: &str) -> Vec<(&str, String)> {
    let mut settings = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
        if let Some(pair) = line.split_once(": ") {
            settings.push(pair);
        } else {
            let words = line.split_whitespace().map(|word| word.trim_start_matches("Environment="));
            settings.extend(words.filter_map(|word| word.split_once('=')));
        }
    }
    settings.retain(|(name, _)| name.starts_with("ATTRIUM_"));
    settings.into_iter().map(|(name, value)| (name, filled(value))).collect()
}

/// A value as Compose hands it over: `${NAME:-default}` is its default, `${NAME:?message}` something that was set.
fn filled(value: &str) -> String {
    let Some((before, rest)) = value.split_once("${") else {
        return value.to_owned();
    };
    let (variable, after) = rest.split_once('}').unwrap();
    let filled_in = variable.split_once(":-").map_or(SET, |(_, default)| default);
    format!("{before}{filled_in}{}", filled(after))
}

#[test]
fn every_name_in_the_deployment_files_is_a_setting() {
    for (file, text) in files() {
        assert_ne!(names(&text).count(), 0, "{file} sets nothing");
        assert_eq!(strangers(&text), [""; 0], "{file}");
    }
}

#[test]
fn a_name_that_is_misspelled_in_them_is_found() {
    let (_, compose) = &files()[0];
    for (right, wrong) in [("ATTRIUM_REDIS_URL", "ATTRIUM_REDIS_URI"), ("ATTRIUM_REDIS_URL", "ATTRIUM_LOG")] {
        assert_eq!(strangers(&compose.replacen(right, wrong, 1)), [wrong]);
    }
}

#[test]
fn the_values_in_the_deployment_files_load() {
    for (file, text) in files() {
        let settings = settings(&text);
        assert_ne!(settings.len(), 0, "{file} sets nothing");
        let variables: Vec<(&str, &str)> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(faults("", &variables), [""; 0], "{file}");
    }
}
