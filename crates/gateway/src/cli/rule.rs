//! `attrium rule`: rules tried on a file of customers, without a database. What the lines mean is
//! `segmentation::trial`'s.

use std::path::{Path, PathBuf};

use attrium_engine::Clock;
use attrium_schema::Timestamp;
use attrium_segmentation::trial::{Answer, Engine, RuleLine, Trial, TrialError, check, read_rules};
use clap::Subcommand;

use super::CliError;
use super::output::Output;

#[derive(Debug, Subcommand)]
pub(super) enum RuleCommand {
    /// Count whom each rule selects; one JSON answer a line.
    ///
    /// A data line is {"id": "…", "attributes": {…}}; types are inferred over the whole file. A rules
    /// line is {"name": "…", "rule": {…}} or {"name": "…", "text": "…"}. An answer is {"name", "count",
    /// "ids_sha256_16"}, or {"name", "diagnostics"} for a rule that does not compile.
    Count {
        /// The rules, one a line.
        #[arg(long, value_name = "FILE")]
        rules: PathBuf,
        /// The customers, one a line.
        #[arg(long, value_name = "FILE")]
        data: PathBuf,
        /// The instant that counts as now, as 2026-05-01T00:00:00Z; the present without it.
        #[arg(long, value_name = "TIME")]
        now: Option<Timestamp>,
        /// Ask the evaluator of one customer instead of the audience index; both must agree.
        #[arg(long)]
        evaluator: bool,
    },
    /// Say what each rule is: canonical JSON, canonical text, a sentence; or what is wrong with it.
    ///
    /// Without data only the form of the rules is checked. The exit status is 1 when a rule is wrong.
    Check {
        /// The rules, one a line.
        #[arg(long, value_name = "FILE")]
        rules: PathBuf,
        /// Customers to take the attributes and their types from.
        #[arg(long, value_name = "FILE")]
        data: Option<PathBuf>,
    },
}

pub(super) fn run(command: &RuleCommand, output: &mut Output) -> Result<(), CliError> {
    match command {
        RuleCommand::Count { rules, data, now, evaluator } => {
            let trial = read_data(data)?;
            let now = now.unwrap_or_else(|| Clock::system().now());
            let engine = if *evaluator { Engine::Evaluator } else { Engine::Index };
            let refused = answer_all(rules, output, |line| trial.answer(line, now, engine))?;
            if 0 < refused {
                output.message(&format!("{refused} rules do not compile; their answers say why"));
            }
            Ok(())
        }
        RuleCommand::Check { rules, data } => {
            let trial = data.as_deref().map(read_data).transpose()?;
            let refused = answer_all(rules, output, |line| check(line, trial.as_ref()))?;
            if 0 < refused { Err(CliError::Refused(format!("{refused} rules are wrong"))) } else { Ok(()) }
        }
    }
}

/// Answers how many rules were refused.
fn answer_all(rules: &Path, output: &mut Output, answer: impl Fn(&RuleLine) -> Answer) -> Result<usize, CliError> {
    let lines = read_rules(&read(rules)?).map_err(|error| at(rules, &error))?;
    let mut refused = 0;
    for line in &lines {
        let answer = answer(line);
        refused += usize::from(answer.is_refused);
        output.line(&answer.json.to_string())?;
    }
    Ok(refused)
}

fn read_data(path: &Path) -> Result<Trial, CliError> {
    Trial::read(&read(path)?).map_err(|error| at(path, &error))
}

fn read(path: &Path) -> Result<String, CliError> {
    std::fs::read_to_string(path).map_err(|error| CliError::io(format!("{} cannot be read", path.display()), error))
}

fn at(path: &Path, error: &TrialError) -> CliError {
    CliError::Refused(format!("{}: {error}", path.display()))
}
