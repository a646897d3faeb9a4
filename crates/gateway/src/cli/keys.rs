//! `attrium keys`: API keys of programs.

use attrium_engine::commands::{Answer, Command, KeyEntry};
use attrium_engine::{Right, RightError};
use clap::Subcommand;

use super::operator::{Operator, unexpected};
use super::output::Output;
use super::{CliError, Common};

#[derive(Debug, Subcommand)]
pub(super) enum KeysCommand {
    /// Create a key and print it: the only time it is shown.
    Create {
        /// What the key is for, such as "crm".
        name: String,
        /// What it may do; repeat it or separate by commas. Without any, it may read.
        #[arg(long = "scope", value_name = "SCOPE", value_delimiter = ',', value_parser = parse_right)]
        scopes: Vec<Right>,
        /// The workspace's key; the first workspace without it.
        #[arg(long, value_name = "KEY")]
        workspace: Option<String>,
    },
    /// List keys, without their secrets.
    List {
        /// The workspace's key; the first workspace without it.
        #[arg(long, value_name = "KEY")]
        workspace: Option<String>,
    },
    /// Revoke a key: it stops working within five seconds.
    Revoke {
        /// The key's id (key_…) or its public part.
        key: String,
        /// The workspace's key; the first workspace without it.
        #[arg(long, value_name = "KEY")]
        workspace: Option<String>,
    },
}

/// What a key may do that was given no scope.
const READING: [Right; 4] = [Right::ReadProfiles, Right::ReadAttributes, Right::ReadSegments, Right::ReadImports];

fn parse_right(text: &str) -> Result<Right, RightError> {
    text.parse()
}

pub(super) async fn run(common: &Common, command: KeysCommand, output: &mut Output) -> Result<(), CliError> {
    let command = match command {
        KeysCommand::Create { name, scopes, workspace } => {
            let scopes = if scopes.is_empty() { READING.to_vec() } else { scopes };
            Command::CreateKey { workspace, name, scopes }
        }
        KeysCommand::List { workspace } => Command::ListKeys { workspace },
        KeysCommand::Revoke { key, workspace } => Command::RevokeKey { workspace, key },
    };
    match Operator::once(&common.load()?, command).await? {
        Answer::Key { text, entry } => {
            output.message(&format!("Key `{}` may {}. It is shown once:", entry.name, scopes(&entry)));
            output.line(&text)
        }
        Answer::Keys { keys } => keys.iter().try_for_each(|key| output.line(&row(key))),
        Answer::Workspaces { .. } | Answer::User { .. } | Answer::Import(_) => Err(unexpected()),
    }
}

fn scopes(key: &KeyEntry) -> String {
    key.scopes.iter().map(|right| right.name()).collect::<Vec<_>>().join(", ")
}

/// Separated by tabs, for `cut` and people alike.
fn row(key: &KeyEntry) -> String {
    let state = key.revoked_at.map_or_else(|| "active".to_owned(), |at| format!("revoked {at}"));
    format!("{}\t{}\t{}\t{state}\t{}\t{}", key.id, key.public, key.name, key.created_at, scopes(key))
}
