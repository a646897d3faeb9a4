//! `attrium users`: people who sign in to the dashboard.

use std::io::Read as _;

use attrium_engine::commands::{Answer, Command};
use clap::{Args, Subcommand};

use super::operator::{Operator, unexpected};
use super::output::Output;
use super::{CliError, Common};

#[derive(Debug, Subcommand)]
pub(super) enum UsersCommand {
    /// Add someone to a workspace, with a password if they are new.
    Add {
        /// The address they sign in with.
        email: String,
        /// Their name; the part before the @ without it.
        #[arg(long)]
        name: Option<String>,
        /// What they are: owner, admin, marketer, analyst or developer.
        #[arg(long, default_value = "admin")]
        role: String,
        /// The workspace's key; the first workspace without it.
        #[arg(long, value_name = "KEY")]
        workspace: Option<String>,
        #[command(flatten)]
        password: PasswordArgs,
    },
    /// Give someone a new password, and end their sessions.
    Reset {
        /// The address they sign in with.
        email: String,
        #[command(flatten)]
        password: PasswordArgs,
    },
}

#[derive(Debug, Args)]
pub(super) struct PasswordArgs {
    /// Read the password from standard input; without this, one is made and printed.
    #[arg(long)]
    password_stdin: bool,
}

/// Far above what the engine takes, and not without end.
const PASSWORD_BYTES_MAX: u64 = 64 << 10;

impl PasswordArgs {
    fn read(&self) -> Result<Option<String>, CliError> {
        if !self.password_stdin {
            return Ok(None);
        }
        let mut text = String::new();
        std::io::stdin()
            .take(PASSWORD_BYTES_MAX)
            .read_to_string(&mut text)
            .map_err(|error| CliError::io("the password could not be read", error))?;
        Ok(Some(text.trim_end_matches(['\r', '\n']).to_owned()))
    }
}

pub(super) async fn run(common: &Common, command: UsersCommand, output: &mut Output) -> Result<(), CliError> {
    let command = match command {
        UsersCommand::Add { email, name, role, workspace, password } => {
            Command::AddUser { workspace, email, name, role, password: password.read()? }
        }
        UsersCommand::Reset { email, password } => Command::ResetPassword { email, password: password.read()? },
    };
    match Operator::once(&common.load()?, command).await? {
        Answer::User { email, password: Some(password) } => {
            output.message(&format!("{email} signs in with this password; it is shown once:"));
            output.line(&password)
        }
        Answer::User { email, password: None } => output.line(&format!("{email} can sign in.")),
        Answer::Workspaces { .. } | Answer::Key { .. } | Answer::Keys { .. } | Answer::Import(_) => Err(unexpected()),
    }
}
