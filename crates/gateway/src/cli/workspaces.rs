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
        /// Its key, as in URLs: a lower-case letter, then lower-case letters, digits and -.
        key: String,
        /// Its name; the key without it.
        #[arg(long)]
        name: Option<String>,
        /// Its time zone, such as Europe/Istanbul; UTC without it.
        #[arg(long, value_name = "ZONE")]
        time_zone: Option<String>,
    },
    /// List the workspaces, oldest first: key, name and time zone. The first is meant where a command
    /// names none.
    List,
}

pub(super) async fn run(common: &Common, command: WorkspacesCommand, output: &mut Output) -> Result<(), CliError> {
    let command = match command {
        WorkspacesCommand::Create { key, name, time_zone } => Command::CreateWorkspace { key, name, time_zone },
        WorkspacesCommand::List => Command::ListWorkspaces,
    };
    match Operator::once(&common.load()?, command).await? {
        Answer::Workspaces { workspaces } => workspaces.iter().try_for_each(|workspace| {
            output.line(&format!("{}\t{}\t{}", workspace.key, workspace.name, workspace.time_zone))
        }),
        Answer::User { .. } | Answer::Key { .. } | Answer::Keys { .. } | Answer::Import(_) => Err(unexpected()),
    }
}
