//! The answer to each line of a rules file, as JSON for a program to read.

use attrium_schema::Timestamp;
use serde_json::{Value as Json, json};

use super::lines::RuleLine;
use super::{Engine, Trial};
use crate::diagnostic::{Diagnostic, Severity};

/// The answer to one line.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Whether the rule was refused: then the answer holds its diagnostics.
    pub is_refused: bool,
    /// What to print, on one line.
    pub json: Json,
}

impl Trial {
    /// `{"name", "count", "ids_sha256_16"}`, or `{"name", "diagnostics"}` for a rule that is wrong.
    pub fn answer(&self, line: &RuleLine, now: Timestamp, engine: Engine) -> Answer {
        let tally = match &line.rule {
            Ok(rule) => self.count(rule, now, engine),
            Err(diagnostics) => Err(diagnostics.clone()),
        };
        match tally {
            Ok(tally) => Answer {
                is_refused: false,
                json: json!({ "name": line.name, "count": tally.count, "ids_sha256_16": tally.ids_sha256_16 }),
            },
            Err(diagnostics) => refusal(line, diagnostics),
        }
    }
}

/// `{"name", "json", "text", "sentence"}`, or `{"name", "diagnostics"}` for a rule that is wrong.
/// Types are checked only against data: without it, only the form of the rule is.
pub fn check(line: &RuleLine, data: Option<&Trial>) -> Answer {
    let rule = match &line.rule {
        Ok(rule) => rule,
        Err(diagnostics) => return refusal(line, diagnostics.clone()),
    };
    if let Some(Err(diagnostics)) = data.map(|trial| trial.compile(rule)) {
        return refusal(line, diagnostics);
    }
    let attributes = data.map(|trial| trial.schema().clone()).unwrap_or_default();
    let json = json!({
        "name": line.name,
        "json": rule.to_json(),
        "text": rule.to_text(),
        "sentence": rule.sentence(&attributes),
    });
    Answer { is_refused: false, json }
}

fn refusal(line: &RuleLine, mut diagnostics: Vec<Diagnostic>) -> Answer {
    line.spans.place(&mut diagnostics);
    let diagnostics: Vec<Json> = diagnostics.iter().map(diagnostic_json).collect();
    Answer { is_refused: true, json: json!({ "name": line.name, "diagnostics": diagnostics }) }
}

/// A diagnostic; its span counts bytes of the text, and is null for a rule that came as JSON.
fn diagnostic_json(diagnostic: &Diagnostic) -> Json {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let span = diagnostic.span.as_ref().map(|span| [span.start, span.end]);
    json!({
        "code": diagnostic.code.name(),
        "severity": severity,
        "message": diagnostic.message,
        "span": span,
        "path": diagnostic.path,
        "suggestions": diagnostic.suggestions,
    })
}
