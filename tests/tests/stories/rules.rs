//! The outside handle of the rule language, over real customers and counts agreed by two other engines.

use std::process::Command;

use attrium_tests::{Database, root};
use serde_json::Value;

/// Runs `attrium rule count` over one data set and holds every answer against the expected one.
fn check(data: &str, extra: &[&str]) {
    let folder = root().join("tests/data/rules");
    let counts = std::fs::read_to_string(folder.join("counts.jsonl")).expect("the cases are in the repository");
    let cases: Vec<Value> = counts
        .lines()
        .map(|line| serde_json::from_str(line).expect("a case is JSON"))
        .filter(|case: &Value| case["data"] == data)
        .collect();
    let database = Database::sqlite();
    let rules = database.folder().join("rules.jsonl");
    let lines: Vec<String> = cases.iter().map(Value::to_string).collect();
    std::fs::write(&rules, lines.join("\n")).expect("the folder takes a file");

    let binary =
        std::env::current_exe().expect("a test knows its file").ancestors().nth(2).expect("a folder").join("attrium");
    let output = Command::new(binary)
        .args(["rule", "count", "--now", "2026-01-01T00:00:00Z", "--rules"])
        .arg(&rules)
        .arg("--data")
        .arg(folder.join(format!("{data}.jsonl")))
        .args(extra)
        .output()
        .expect("the binary is built");
    let answers: Vec<Value> = String::from_utf8(output.stdout)
        .expect("it writes text")
        .lines()
        .map(|line| serde_json::from_str(line).expect("an answer is JSON"))
        .collect();
    assert_eq!(answers.len(), cases.len(), "{}", String::from_utf8_lossy(&output.stderr));
    for (case, answer) in cases.iter().zip(&answers) {
        for field in ["name", "count", "ids_sha256_16"] {
            assert_eq!(answer[field], case[field], "{case}");
        }
    }
}

#[test]
fn the_index_counts_the_bank_as_others_do() {
    check("bank", &[]);
}

#[test]
fn the_evaluator_counts_the_bank_as_others_do() {
    check("bank", &["--evaluator"]);
}

#[test]
fn the_index_counts_the_telecom_customers_as_others_do() {
    check("churn", &[]);
}

#[test]
fn the_evaluator_counts_the_telecom_customers_as_others_do() {
    check("churn", &["--evaluator"]);
}
