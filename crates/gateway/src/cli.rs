//! The command line: what can be typed, and which module does it.

mod settings;
mod database;
mod demo;
mod import;
mod keys;
mod operator;
mod output;
mod progress;
mod rule;
mod serve;
mod template;
mod users;
mod version;
mod workspaces;

#[cfg(test)]
mod tests;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use attrium_engine::Error as EngineError;
use clap::{Args, Parser, Subcommand};

use crate::causes;
use crate::config::{Config, ConfigError, Environment, Sources};
use output::Output;

/// Customer attributes, live segments, and an API for both.
#[derive(Debug, Parser)]
#[command(name = "attrium", version, arg_required_else_help = true, max_term_width = 100)]
#[command(after_help = "Settings come from attrium.toml, from ATTRIUM_… variables and from flags, the later before \
                        the earlier; `attrium config` shows those in force.")]
struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

/// Flags of every command.
#[derive(Clone, Debug, Args)]
struct Common {
    /// Read settings from this file instead of ./attrium.toml.
    #[arg(long, value_name = "FILE", global = true, help_heading = "Settings")]
    config: Option<PathBuf>,
    /// The database: sqlite://PATH or postgres://HOST/NAME. Passwords belong into ATTRIUM_DATABASE_URL.
    #[arg(long, value_name = "URL", global = true, help_heading = "Settings")]
    database_url: Option<String>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the server.
    Serve(serve::ServeArgs),
    /// Run the server with 45,211 real customers to look at.
    Demo(demo::DemoArgs),
    /// Bring the database's tables up to date.
    Migrate,
    /// Create, list and revoke API keys.
    #[command(subcommand)]
    Keys(keys::KeysCommand),
    /// Import customers from a CSV or NDJSON file.
    Import(import::ImportArgs),
    /// Add people who sign in to the dashboard.
    #[command(subcommand)]
    Users(users::UsersCommand),
    /// Create and list workspaces.
    #[command(subcommand)]
    Workspaces(workspaces::WorkspacesCommand),
    /// Try rules on a file of customers, without a database.
    #[command(subcommand)]
    Rule(rule::RuleCommand),
    /// Render message templates from standard input, without a database.
    #[command(subcommand)]
    Template(template::TemplateCommand),
    /// Print the GraphQL API in schema definition language.
    Sdl,
    /// Print the settings in force and where each comes from, without secrets.
    Config(settings::ConfigArgs),
    /// Print the version.
    Version(version::VersionArgs),
}

impl Common {
    fn sources(&self) -> Sources {
        let mut sources =
            Sources { file: self.config.clone(), environment: Environment::of_process(), ..Sources::default() };
        if let Some(url) = &self.database_url {
            sources.flags.push(("--database-url", "database_url", url.clone()));
        }
        sources
    }

    fn load(&self) -> Result<Config, CliError> {
        Ok(crate::config::load(&self.sources())?)
    }
}

/// Why a command did not do what it was asked.
#[derive(Debug, thiserror::Error)]
enum CliError {
    /// The settings are wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// A file or a socket failed.
    #[error("{what}")]
    Io {
        what: String,
        #[source]
        source: std::io::Error,
    },
    /// The engine, or the server that holds it, says no.
    #[error("{0}")]
    Refused(String),
    /// Whoever read the output has gone: nothing is wrong.
    #[error("the output was closed")]
    OutputClosed,
}

impl From<EngineError> for CliError {
    fn from(error: EngineError) -> Self {
        Self::Refused(crate::socket::refusal(error))
    }
}

impl From<std::io::Error> for CliError {
    /// Of the one thing whose failures need no name: the connection to the server.
    fn from(error: std::io::Error) -> Self {
        Self::io("the server could not be reached", error)
    }
}

impl CliError {
    fn io(what: impl Into<String>, source: std::io::Error) -> Self {
        Self::Io { what: what.into(), source }
    }
}

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    run(std::env::args_os(), &mut Output::standard())
}

fn run(arguments: impl IntoIterator<Item = OsString>, output: &mut Output) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => return print_clap(&error, output),
    };
    match execute(cli, output) {
        Ok(()) | Err(CliError::OutputClosed) => ExitCode::SUCCESS,
        Err(error) => {
            output.error(&causes(&error));
            ExitCode::FAILURE
        }
    }
}

/// Help and version are answers; anything else is a mistake in what was typed.
fn print_clap(error: &clap::Error, output: &mut Output) -> ExitCode {
    if error.use_stderr() {
        output.message_text(&error.render().to_string());
        return ExitCode::from(2);
    }
    // Nobody reads it any more: that is no failure.
    let _closed = output.text(&error.render().to_string());
    ExitCode::SUCCESS
}

fn execute(cli: Cli, output: &mut Output) -> Result<(), CliError> {
    let common = cli.common;
    match cli.command {
        Command::Serve(args) => on_runtime(serve::run(&common, &args)),
        Command::Demo(args) => on_runtime(demo::run(&common, &args, output)),
        Command::Migrate => on_runtime(database::migrate(&common, output)),
        Command::Keys(command) => on_runtime(keys::run(&common, command, output)),
        Command::Import(args) => on_runtime(import::run(&common, args, output)),
        Command::Users(command) => on_runtime(users::run(&common, command, output)),
        Command::Workspaces(command) => on_runtime(workspaces::run(&common, command, output)),
        Command::Rule(command) => rule::run(&command, output),
        Command::Template(command) => template::run(&command, output),
        Command::Sdl => output.text(&crate::graphql::sdl()),
        Command::Config(args) => settings::run(&common, &args, output),
        Command::Version(args) => on_runtime(version::run(&args, output)),
    }
}

/// Longest wait at the end for work nobody waits for.
const LEFTOVERS_MAX: Duration = Duration::from_millis(500);

fn on_runtime(work: impl Future<Output = Result<(), CliError>>) -> Result<(), CliError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| CliError::io("the runtime could not be started", error))?;
    let outcome = runtime.block_on(work);
    // The engine is closed by now. Dropping the runtime would wait for whatever still counts or compiles on a
    // blocking thread, though nobody wants the answer, and meanwhile not even a second signal would be heard.
    runtime.shutdown_timeout(LEFTOVERS_MAX);
    outcome
}
