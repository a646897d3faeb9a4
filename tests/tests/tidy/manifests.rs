//! Who may depend on whom, and who alone may use what: the table of ARCHITECTURE.md, as a test.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use toml::{Table, Value};

use crate::{files, text};

const PURE: [&str; 4] = ["segmentation", "templating", "analytics", "journeys"];

/// What each package may depend on inside the workspace.
fn arrows() -> BTreeMap<&'static str, Vec<&'static str>> {
    let mut arrows = BTreeMap::from([
        ("attrium-schema", vec![]),
        ("attrium-segmentation", vec!["schema"]),
        ("attrium-templating", vec!["schema"]),
        ("attrium-analytics", vec!["schema", "segmentation"]),
        ("attrium-journeys", vec!["schema", "segmentation"]),
        ("attrium-migrations", vec![]),
        ("attrium-integrations", vec!["schema", "segmentation"]),
        ("xtask", vec![]),
    ]);
    arrows.insert("attrium-storage", [&["schema", "migrations"], &PURE[..]].concat());
    arrows.insert("attrium-engine", [&["schema", "storage", "integrations"], &PURE[..]].concat());
    arrows.insert("attrium-gateway", [&["schema", "engine"], &PURE[..]].concat());
    arrows
}

/// Crates that only some packages may use.
const ALONE: [(&str, &[&str]); 20] = [
    ("roaring", &["attrium-segmentation"]),
    ("sea-orm", &["attrium-storage"]),
    ("sqlx", &["attrium-storage"]),
    ("chrono", &["attrium-storage"]),
    ("redis", &["attrium-storage", "attrium-integrations"]),
    ("sea-orm-migration", &["attrium-migrations"]),
    ("reqwest", &["attrium-integrations"]),
    ("hickory-resolver", &["attrium-integrations"]),
    ("lettre", &["attrium-integrations"]),
    ("clickhouse", &["attrium-integrations"]),
    ("parquet", &["attrium-integrations"]),
    ("object_store", &["attrium-integrations"]),
    ("axum", &["attrium-gateway"]),
    ("hyper", &["attrium-gateway"]),
    ("hyper-util", &["attrium-gateway"]),
    ("async-graphql", &["attrium-gateway"]),
    ("clap", &["attrium-gateway"]),
    ("figment", &["attrium-gateway"]),
    ("rust-embed", &["attrium-gateway"]),
    ("argon2", &["attrium-engine"]),
];

/// What a pure crate must not reach: I/O, clocks, tasks.
const IMPURE: [&str; 8] = ["tokio", "futures-util", "tracing", "rand", "sea-orm", "sqlx", "axum", "reqwest"];

struct Manifest {
    name: String,
    table: Table,
}

impl Manifest {
    /// Ordinary and build dependencies; development ones too when asked.
    fn dependencies(&self, with_dev: bool) -> BTreeSet<String> {
        let mut sections = vec!["dependencies", "build-dependencies"];
        if with_dev {
            sections.push("dev-dependencies");
        }
        sections
            .into_iter()
            .filter_map(|section| self.table.get(section)?.as_table())
            .flat_map(|section| section.keys().cloned())
            .collect()
    }
}

fn manifests() -> Vec<Manifest> {
    files()
        .iter()
        .filter(|file| file.ends_with("Cargo.toml") && **file != *Path::new("Cargo.toml"))
        .map(|file| {
            let table: Table = text(file).parse().unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            let name = table["package"]["name"].as_str().expect("a package has a name").to_owned();
            Manifest { name, table }
        })
        .collect()
}

#[test]
fn every_arrow_between_crates_is_in_the_table() {
    let arrows = arrows();
    for manifest in manifests() {
        let Some(allowed) = arrows.get(manifest.name.as_str()) else {
            assert_eq!(manifest.name, "attrium-tests", "a package without a row in the table");
            continue;
        };
        for dependency in manifest.dependencies(false) {
            if let Some(room) = dependency.strip_prefix("attrium-") {
                assert!(allowed.contains(&room), "{} must not depend on {dependency}", manifest.name);
            }
        }
    }
}

#[test]
fn what_one_crate_alone_may_use_no_other_does() {
    for manifest in manifests() {
        if manifest.name == "attrium-tests" {
            continue;
        }
        let dependencies = manifest.dependencies(false);
        for (dependency, owners) in ALONE {
            let is_used = dependencies.contains(dependency);
            let is_owner = owners.contains(&manifest.name.as_str());
            assert!(!is_used || is_owner, "{} must not use {dependency}", manifest.name);
        }
    }
}

#[test]
fn the_pure_crates_reach_nothing_outside() {
    let pure: Vec<String> = PURE.iter().chain(&["schema"]).map(|room| format!("attrium-{room}")).collect();
    for manifest in manifests().iter().filter(|manifest| pure.contains(&manifest.name)) {
        for dependency in manifest.dependencies(false) {
            assert!(!IMPURE.contains(&dependency.as_str()), "{} must not use {dependency}", manifest.name);
        }
    }
}

#[test]
fn storage_and_integrations_never_appear_in_the_gateway() {
    let manifests = manifests();
    let gateway = manifests.iter().find(|manifest| manifest.name == "attrium-gateway").expect("the gateway is there");
    for hidden in ["attrium-storage", "attrium-integrations"] {
        assert!(!gateway.dependencies(true).contains(hidden), "{hidden}");
    }
}

#[test]
fn every_package_shares_the_lints_and_the_versions() {
    for manifest in manifests() {
        let inherits = |value: Option<&Value>| value.and_then(|value| value.get("workspace")).and_then(Value::as_bool);
        assert_eq!(inherits(manifest.table.get("lints")), Some(true), "{}: lints", manifest.name);
        for section in ["dependencies", "dev-dependencies", "build-dependencies"] {
            let Some(section) = manifest.table.get(section).and_then(Value::as_table) else {
                continue;
            };
            for (dependency, value) in section {
                let is_itself = dependency == &manifest.name;
                let is_shared = inherits(Some(value)) == Some(true);
                assert!(is_itself || is_shared, "{}: {dependency} states a version of its own", manifest.name);
            }
        }
    }
}

#[test]
fn every_dependency_says_what_it_is_for_and_none_is_a_preview() {
    let root = text(Path::new("Cargo.toml"));
    let section = root.split("[workspace.dependencies]").nth(1).expect("the section is there");
    let section = section.split("\n[").next().expect("it has an end");
    let mut before = "";
    for line in section.lines() {
        let is_external = line.contains(" = ") && !line.starts_with('#') && !line.starts_with("attrium-");
        assert!(!is_external || before.starts_with("# "), "say what it is for: {line}");
        assert!(!line.contains("-rc") && !line.contains("-beta") && !line.contains("-alpha"), "{line}");
        before = line;
    }
}
