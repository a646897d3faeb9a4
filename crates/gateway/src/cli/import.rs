//! `attrium import`: customers from a file, with a bar while it runs.

use std::path::PathBuf;
use std::time::Duration;

use attrium_engine::commands::{Answer, Command, ImportProgress};
use clap::Args;

use super::operator::{Operator, unexpected};
use super::output::Output;
use super::progress::Progress;
use super::{CliError, Common};

/// Between two looks at how far an import is.
const LOOK_EVERY: Duration = Duration::from_millis(100);

#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    /// The file: CSV with a header, or NDJSON with one object a line.
    file: PathBuf,
    /// What the file is; by its name without this.
    #[arg(long, value_parser = ["csv", "ndjson"])]
    format: Option<String>,
    /// The column that holds each customer's external id.
    #[arg(long, value_name = "COLUMN", required_unless_present = "external_id_prefix")]
    external_id_column: Option<String>,
    /// Make external ids by row: the prefix and five digits, as in bank-00001.
    #[arg(long, value_name = "PREFIX", conflicts_with = "external_id_column")]
    external_id_prefix: Option<String>,
    /// A text that means "no value", such as unknown; may be repeated.
    #[arg(long, value_name = "TEXT")]
    missing: Vec<String>,
    /// The workspace's key; the first workspace without it.
    #[arg(long, value_name = "KEY")]
    workspace: Option<String>,
}

pub(super) async fn run(common: &Common, args: ImportArgs, output: &mut Output) -> Result<(), CliError> {
    let config = common.load()?;
    // The server that reads the file may run in another folder.
    let file = std::fs::canonicalize(&args.file)
        .map_err(|error| CliError::io(format!("{} cannot be read", args.file.display()), error))?;
    let command = Command::StartImport {
        workspace: args.workspace.clone(),
        file,
        format: args.format,
        external_id_column: args.external_id_column,
        external_id_prefix: args.external_id_prefix,
        missing: args.missing,
    };
    let mut operator = Operator::reach(&config, true).await?;
    let imported = follow(&mut operator, command, args.workspace, output).await;
    operator.close().await;
    let imported = imported?;
    let taken = imported.rows_done.saturating_sub(imported.rows_rejected);
    output.line(&format!("{taken} rows imported, {} rejected.", imported.rows_rejected))
}

/// Starts an import and watches it to its end.
pub(super) async fn follow(
    operator: &mut Operator,
    command: Command,
    workspace: Option<String>,
    output: &mut Output,
) -> Result<ImportProgress, CliError> {
    let started = progress_of(operator.run(command).await?)?;
    let mut progress = Progress::start(output);
    let done = watch(operator, started, workspace, |import| {
        progress.show(import.rows_done, import.rows_total, output);
    })
    .await;
    progress.finish();
    done
}

/// Looks at an import until it ends.
async fn watch(
    operator: &mut Operator,
    mut import: ImportProgress,
    workspace: Option<String>,
    mut show: impl FnMut(&ImportProgress),
) -> Result<ImportProgress, CliError> {
    loop {
        show(&import);
        match import.state.as_str() {
            "done" => return Ok(import),
            "failed" => {
                let failure = import.failure.as_deref().unwrap_or("the server's log says why");
                return Err(CliError::Refused(format!("the import failed: {failure}")));
            }
            _ => tokio::time::sleep(LOOK_EVERY).await,
        }
        let look = Command::ImportProgress { workspace: workspace.clone(), import: import.id };
        import = progress_of(operator.run(look).await?)?;
    }
}

fn progress_of(answer: Answer) -> Result<ImportProgress, CliError> {
    match answer {
        Answer::Import(progress) => Ok(progress),
        Answer::Workspaces { .. } | Answer::User { .. } | Answer::Key { .. } | Answer::Keys { .. } => Err(unexpected()),
    }
}
