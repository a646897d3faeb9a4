//! 150 rules over real customers, whose answers two other engines agree on: see
//! `tests/data/rules/SOURCES.md`. The index and the evaluator must both find the same people.

use std::fs;
use std::path::Path;

use attrium_schema::Timestamp;
use attrium_segmentation::trial::{Engine, Trial, read_rules};
use serde_json::{Value as Json, json};

fn read(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/rules").join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn check(data: &str, rules: usize) {
    let trial = Trial::read(&read(&format!("{data}.jsonl"))).expect("the data reads");
    let mut checked = 0;
    for line in read("counts.jsonl").lines() {
        let case: Json = serde_json::from_str(line).expect("the cases are JSON");
        if case["data"] != data {
            continue;
        }
        let expected = json!({
            "name": case["name"], "count": case["count"], "ids_sha256_16": case["ids_sha256_16"],
        });
        for rule in read_rules(line).expect("a case is a rules line") {
            for engine in [Engine::Index, Engine::Evaluator] {
                let answer = trial.answer(&rule, Timestamp::UNIX_EPOCH, engine);
                assert_eq!(answer.json, expected, "{engine:?}: {}", case["rule"]);
            }
            checked += 1;
        }
    }
    assert_eq!(checked, rules);
}

#[test]
fn rules_over_bank_customers_find_whom_others_find() {
    check("bank", 65);
}

#[test]
fn rules_over_telecom_customers_find_whom_others_find() {
    check("churn", 85);
}
