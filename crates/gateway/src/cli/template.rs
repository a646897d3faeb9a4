//! `attrium template`: templates tried without a database. What the lines mean is `templating`'s.

use std::io::{BufRead as _, stdin};

use attrium_engine::Clock;
use attrium_schema::Timestamp;
use clap::Subcommand;

use super::CliError;
use super::output::Output;

#[derive(Debug, Subcommand)]
pub(super) enum TemplateCommand {
    /// Render templates from standard input; one JSON request a line, one JSON answer a line.
    ///
    /// A request is {"template": "…", "data": {…}}: what is in `data` are the names the template knows. An
    /// answer is {"result": "…"}, or {"error": "…", "stage": "parse"} or "render".
    Render {
        /// The instant that counts as now, as 2026-05-01T00:00:00Z; the present without it.
        #[arg(long, value_name = "TIME")]
        now: Option<Timestamp>,
    },
}

pub(super) fn run(command: &TemplateCommand, output: &mut Output) -> Result<(), CliError> {
    match command {
        TemplateCommand::Render { now } => {
            let now = now.unwrap_or_else(|| Clock::system().now());
            for line in stdin().lock().lines() {
                let line = line.map_err(|error| CliError::io("standard input cannot be read".to_owned(), error))?;
                if !line.trim().is_empty() {
                    output.line(&attrium_templating::answer(&line, now).to_string())?;
                }
            }
            Ok(())
        }
    }
}
