//! Carries an operator's command to where the database is: into the server that holds it, by the local
//! socket, or into an engine opened here for as long as the command takes.

use attrium_engine::commands::{self, Answer, Command};
use attrium_engine::{Engine, EngineConfig};

use super::{CliError, database};
use crate::config::Config;
use crate::socket;

/// The way to the database.
pub(super) enum Operator {
    /// A server holds it.
    Server(socket::Client),
    /// Nobody does.
    Here(Engine),
}

impl Operator {
    /// Finds the way. `has_workers` for commands whose work goes on in the background.
    pub(super) async fn reach(config: &Config, has_workers: bool) -> Result<Self, CliError> {
        if let Some(folder) = config.data_folder()
            && let Some(client) = socket::Client::connect(&folder).await
        {
            return Ok(Self::Server(client));
        }
        let engine_config = EngineConfig { has_workers, ..database::engine_config(config) };
        Ok(Self::Here(Engine::open(engine_config).await?))
    }

    pub(super) async fn run(&mut self, command: Command) -> Result<Answer, CliError> {
        match self {
            Self::Server(client) => client.run(&command).await?.map_err(CliError::Refused),
            Self::Here(engine) => Ok(commands::run(engine, command).await?),
        }
    }

    pub(super) async fn close(self) {
        match self {
            Self::Server(_) => {}
            Self::Here(engine) => engine.close().await,
        }
    }

    /// Runs one command, from reaching to closing.
    pub(super) async fn once(config: &Config, command: Command) -> Result<Answer, CliError> {
        let mut operator = Self::reach(config, false).await?;
        let answer = operator.run(command).await;
        operator.close().await;
        answer
    }
}

/// An answer of another kind than its command has: only another version's server gives one.
pub(super) fn unexpected() -> CliError {
    CliError::Refused("the server answered something else than was asked; is it of another version?".to_owned())
}
