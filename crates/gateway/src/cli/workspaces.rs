//! `attrium workspaces`: tenants of this server.

use attrium_engine::commands::{Answer, Command};
use clap::Subcommand;

use super::operator::{Operator, unexpected};
use super::output::Output;
use super::{CliError, Common};

#[derive(Debug, Subcommand)]
pub(super) enum WorkspacesCommand {
    /// Create a workspace.
    Create {
        /// Its key, as in URLs: a letter, then letters, digits, - or _, in lower case.
        key: String,
        /// Its name; the key without it.
        #[arg(long)]
        name: Option<String>,
        /// Its time zone, such as Europe/Istanbul; UTC without it.
        #[arg(long, value_name = "ZONE")]
        time_zone: Option<String>,
    },
}

pub(super) async fn run(common: &Common, command: WorkspacesCommand, output: &mut Output) -> Result<(), CliError> {
    let command = match command {
        WorkspacesCommand::Create { key, name, time_zone } => Command::CreateWorkspace { key, name, time_zone },
    };
    match Operator::once(&common.load()?, command).await? {
        Answer::Workspace { key, name, time_zone } => output.line(&format!("{key}\t{name}\t{time_zone}")),
        Answer::User { .. } | Answer::Key { .. } | Answer::Keys { .. } | Answer::Import(_) => Err(unexpected()),
    }
}
