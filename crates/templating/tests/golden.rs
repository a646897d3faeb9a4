//! The golden cases of Liquid: see `tests/data/liquid/SOURCES.md`. Prints a table by tag and filter.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use attrium_schema::{TimeZone, Timestamp};
use attrium_templating::{Context, DiagnosticCode, Limits, Moment, Rendering, Template, Value, WhenMissing};

/// Cases that are answered otherwise, and why. A case here that does what is expected fails the test.
const DEVIATIONS: [(&str, &str); 1] = [(
    "tags, case, unexpected when token",
    "`when 'bar' and 'Hello'` cannot mean anything; the suite itself wants it refused where it says `strict2`",
)];
/// How many cases do what is expected; the others deviate, or wait for a tag.
const PASSES_MIN: usize = 919;

#[derive(serde::Deserialize)]
struct Suite {
    tests: Vec<Case>,
}

#[derive(serde::Deserialize)]
struct Case {
    name: String,
    template: String,
    #[serde(default)]
    data: Value,
    result: Option<String>,
    #[serde(default)]
    results: Vec<String>,
    #[serde(default)]
    invalid: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Passes,
    /// It uses a tag that is not there yet, and is told so.
    Waits,
    Deviates,
}

/// What a case comes to, and what it was given.
fn outcome(case: &Case) -> (Outcome, String) {
    let judged = |passes: bool, given: String| (if passes { Outcome::Passes } else { Outcome::Deviates }, given);
    let limits = Limits::default();
    let template = match Template::parse(&case.template, &limits) {
        Ok(template) => template,
        Err(found) if found.iter().any(|found| found.code == DiagnosticCode::NotSupported) => {
            return (Outcome::Waits, String::new());
        }
        Err(found) => return judged(case.invalid, format!("{found:?}")),
    };
    let rendered = template.render(&Rendering {
        data: &case.data,
        context: Context::Text,
        moment: &Moment { now: Timestamp::UNIX_EPOCH, zone: TimeZone::UTC },
        when_missing: WhenMissing::PrintNothing,
        limits: &limits,
    });
    match rendered {
        Ok(rendered) => {
            let passes = case.result.iter().chain(&case.results).any(|expected| *expected == rendered.text);
            judged(passes, format!("{:?}", rendered.text))
        }
        Err(error) => judged(case.invalid, error.to_string()),
    }
}

/// `filters, abs` of `filters, abs, negative float`; only the first word of what is neither tag nor filter.
fn group(name: &str) -> String {
    let mut parts = name.split(", ");
    let first = parts.next().unwrap_or_default();
    match (first, parts.next()) {
        ("filters" | "tags", Some(second)) => format!("{first}, {second}"),
        _ => first.to_owned(),
    }
}

#[test]
fn golden_cases_give_what_every_liquid_gives() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/liquid/golden_liquid.json");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let suite: Suite = serde_json::from_str(&text).expect("the suite is JSON");

    let mut table: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    let mut all = [0; 3];
    let mut surprises = Vec::new();
    for case in &suite.tests {
        let (outcome, given) = outcome(case);
        table.entry(group(&case.name)).or_default()[outcome as usize] += 1;
        all[outcome as usize] += 1;
        let is_listed = DEVIATIONS.iter().any(|(name, _)| *name == case.name);
        if is_listed != (outcome == Outcome::Deviates) {
            surprises.push(format!("{}: {:?} gives {given}", case.name, case.template));
        }
    }
    print(&table, all);

    assert!(surprises.is_empty(), "{} cases surprise:\n{}", surprises.len(), surprises.join("\n"));
    assert!(PASSES_MIN <= all[Outcome::Passes as usize], "only {} pass", all[Outcome::Passes as usize]);
}

/// Written past the test's capture, so that the table shows whenever the test runs.
fn print(table: &BTreeMap<String, [usize; 3]>, all: [usize; 3]) {
    let mut out = io::stdout().lock();
    writeln!(out, "\n{:<34} {:>6} {:>6} {:>9}", "golden cases of Liquid", "pass", "wait", "deviate")
        .expect("the standard output takes lines");
    for (group, [passes, waits, deviates]) in table {
        writeln!(out, "{group:<34} {passes:>6} {waits:>6} {deviates:>9}").expect("the standard output takes lines");
    }
    let [passes, waits, deviates] = all;
    writeln!(out, "{:<34} {passes:>6} {waits:>6} {deviates:>9}", "all").expect("the standard output takes lines");
}
