//! The guide `docs/guides/write-a-rule.md` tells the truth: every rule in it compiles, selects as many of the
//! demo's customers as it says, and every wrong one is answered with the message it shows.

use std::fs;
use std::path::{Path, PathBuf};

use attrium_integrations::{CellValue, CsvRows};
use attrium_schema::{
    Actor, AttributeDefinition, AttributeDraft, AttributeId, AttributeKey, AttributeSchema, ColumnObserver, Edit,
    Operation, PrivacyClass, Profile, ProfileId, Source, Stamp, TimeZone, Timestamp, apply, keys_from_headers, unborn,
};
use attrium_segmentation::{Analysis, AudienceIndex, Catalogue, Moment};
use uuid::Uuid;

const CUSTOMERS: usize = 45_211;

/// Attributes that the guide supposes beside the bank's.
const SUPPOSED: [(&str, &str); 10] = [
    ("birthday", "date"),
    ("country", "text"),
    ("email", "text"),
    ("last_seen_at", "timestamp"),
    ("lifetime_value", "decimal"),
    ("phone", "text"),
    ("renewal_at", "timestamp"),
    ("signed_up_on", "date"),
    ("tags", "list of text"),
    ("trial_ends_at", "timestamp"),
];

/// What the guide says of a piece of code.
#[derive(Debug, PartialEq)]
enum Claim {
    Compiles,
    Selects(u64),
    IsWrong(String),
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The rules of a page: fenced ones with the line behind them, and those in the first cell of a table's row.
fn claims(page: &str) -> Vec<(String, Claim)> {
    let mut claims = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(kind) = line.strip_prefix("```rule") {
            let rule: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            let said = lines.next().and_then(|line| line.strip_prefix("→ "));
            let claim = match (kind, said) {
                ("", None) => Claim::Compiles,
                ("", Some(count)) => Claim::Selects(count_in(count)),
                (" wrong", Some(message)) => Claim::IsWrong(message.to_owned()),
                (kind, said) => panic!("a rule of kind {kind:?} followed by {said:?}"),
            };
            claims.push((rule.join("\n"), claim));
        } else if let Some(rule) = line.strip_prefix("| `").and_then(|row| row.split_once("` | ")) {
            claims.push((rule.0.to_owned(), Claim::Compiles));
        }
    }
    claims
}

fn count_in(said: &str) -> u64 {
    let count = said.strip_suffix(" customers").expect("a count is followed by the word customers");
    count.replace(',', "").parse().expect("a count is a number")
}

/// The demo's customers as the demo imports them: attributes guessed from the file, `unknown` missing.
fn bank() -> (AttributeSchema, Vec<Profile>) {
    let file = fs::File::open(repository().join("tests/data/bank/bank-full.csv"))
        .expect("the guide speaks of data that reads");
    let mut rows = CsvRows::open(file).expect("the guide speaks of data that reads");
    let columns = rows.columns().to_vec();
    let mut observers = vec![ColumnObserver::new(); columns.len()];
    let mut table: Vec<Vec<Option<String>>> = Vec::new();
    for row in rows.by_ref() {
        let cells = row.expect("the guide speaks of data that reads").cells.into_iter().map(|cell| match cell.value {
            CellValue::Text(text) => Some(text).filter(|text| text != "unknown"),
            CellValue::Json(json) => panic!("a CSV file gave JSON: {json}"),
        });
        table.push(cells.collect());
    }
    for row in &table {
        for (observer, cell) in observers.iter_mut().zip(row) {
            observer.observe(cell.as_deref().unwrap_or_default());
        }
    }
    let keys = keys_from_headers(&columns);
    let guesses = observers
        .into_iter()
        .zip(columns.iter().zip(keys))
        .map(|(observer, (header, key))| define(AttributeDraft::from(observer.finish(header, key))));
    let definitions: Vec<AttributeDefinition> = guesses.collect();
    let profiles = (1..).zip(&table).map(|(number, row)| profile(number, &definitions, row)).collect();
    let supposed = SUPPOSED.map(|(key, value_type)| {
        define(AttributeDraft {
            key: AttributeKey::parse(key).expect("the guide speaks of data that reads"),
            label: String::new(),
            description: String::new(),
            value_type: value_type.parse().expect("the guide speaks of data that reads"),
            format: None,
            privacy_class: PrivacyClass::Public,
        })
    });
    (AttributeSchema::new(definitions.into_iter().chain(supposed)), profiles)
}

fn define(draft: AttributeDraft) -> AttributeDefinition {
    AttributeDefinition::new(
        AttributeId::from_uuid(Uuid::nil()),
        draft.check().expect("the guide speaks of data that reads"),
        Timestamp::UNIX_EPOCH,
    )
}

fn profile(number: u128, definitions: &[AttributeDefinition], row: &[Option<String>]) -> Profile {
    let mut profile = unborn(ProfileId::from_uuid(Uuid::from_u128(number)), Vec::new(), Timestamp::UNIX_EPOCH);
    let values = definitions.iter().zip(row).filter_map(|(definition, cell)| {
        let value = definition.read_text(cell.as_deref()?).expect("the guide speaks of data that reads")?;
        Some((definition.key.clone(), Operation::Set(value)))
    });
    let edit = Edit {
        operations: values.collect(),
        occurred_at: Timestamp::UNIX_EPOCH,
        source: Source::Cli,
        actor: Actor::Operator,
    };
    apply(&mut profile, &edit, Stamp { sequence: 1, recorded_at: Timestamp::UNIX_EPOCH });
    profile
}

#[test]
fn the_guide_to_rules_tells_the_truth() {
    let (schema, profiles) = bank();
    assert_eq!(profiles.len(), CUSTOMERS);
    let mut index = AudienceIndex::new(&schema);
    for profile in &profiles {
        index.put(profile);
    }
    let catalogue = Catalogue { attributes: &schema };
    let moment = Moment { now: Timestamp::UNIX_EPOCH, zone: TimeZone::UTC };
    let page = fs::read_to_string(repository().join("docs/guides/write-a-rule.md"))
        .expect("the guide speaks of data that reads");
    let claims = claims(&page);
    assert!(50 < claims.len(), "the page was read");
    let mut lies = Vec::new();
    for (rule, claim) in claims {
        let analysis = Analysis::of_text(&rule, &catalogue);
        let truth = match (&analysis.compiled, &claim) {
            (Some(_), Claim::Compiles) => Claim::Compiles,
            (Some(compiled), _) => Claim::Selects(index.select(compiled, &moment).len()),
            (None, _) => Claim::IsWrong(analysis.diagnostics[0].message.clone()),
        };
        if truth != claim {
            lies.push(format!("{rule}\n  the page: {claim:?}\n  in truth: {truth:?}"));
        }
    }
    assert!(lies.is_empty(), "{}", lies.join("\n"));
}
