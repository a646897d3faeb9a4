//! `attrium demo`: a server with 45,211 real customers of a bank, and a sign-in for it. They live in the
//! first workspace. What is there already is kept: a second start imports nothing twice.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use attrium_engine::commands::{self, Answer, Command};
use attrium_engine::{Clock, Engine, Error as EngineError, ImportState, PageRequest, imports};
use clap::Args;
use flate2::read::GzDecoder;

use super::import::follow;
use super::operator::{Operator, unexpected};
use super::output::Output;
use super::serve::{Server, listen_for_signals};
use super::{CliError, Common};
use crate::logging;

/// The file of the UCI Bank Marketing data set, packed by the build script.
const CUSTOMERS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/customers.csv.gz"));
const FILE_NAME: &str = "bank-full.csv";
const EMAIL: &str = "demo@example.com";

#[derive(Debug, Args)]
pub(super) struct DemoArgs {
    /// The folder of the demo's data; made when it is not there.
    #[arg(long, value_name = "FOLDER", default_value = "./attrium-data")]
    data_dir: PathBuf,
    /// The address and port to serve.
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
    /// The password to sign in with; without it, one is made.
    #[arg(long)]
    password: Option<String>,
}

pub(super) async fn run(common: &Common, args: &DemoArgs, output: &mut Output) -> Result<(), CliError> {
    let mut sources = common.sources();
    // The receiver of webhooks is on this machine, and speaks plain HTTP.
    sources.presets = [
        ("profile", "development"),
        ("log.filter", "warn"),
        ("http.drain_s", "0"),
        ("webhooks.allow_http", "true"),
        ("webhooks.allow_cidrs", "127.0.0.0/8"),
    ]
    .map(preset)
    .to_vec();
    let database = format!("sqlite://{}", args.data_dir.join("attrium.db").display());
    sources.flags.push(("--data-dir", "database_url", database));
    if let Some(listen) = &args.listen {
        sources.flags.push(("--listen", "listen", listen.clone()));
    }
    let config = crate::config::load(&sources)?;
    logging::start(&config.log);
    let lifecycle = listen_for_signals()?;
    fs::create_dir_all(&args.data_dir)
        .map_err(|error| CliError::io(format!("{} cannot be made", args.data_dir.display()), error))?;

    let server = Server::open(config, Clock::system(), lifecycle.clone()).await?.with_demo(EMAIL);
    let (engine, url) = (server.engine().clone(), server.url());
    // Requests are answered while the file is imported. Without the demo's data there is no server.
    let prepared = async {
        let prepared = prepare(&engine, args, &url, output).await;
        if prepared.is_err() {
            lifecycle.hurry();
        }
        prepared
    };
    let stopped = lifecycle.until_draining();
    let prepared = async {
        tokio::select! {
            biased;
            prepared = prepared => prepared,
            () = stopped => Ok(()),
        }
    };
    tokio::join!(server.serve(), prepared).1
}

async fn prepare(engine: &Engine, args: &DemoArgs, url: &str, output: &mut Output) -> Result<(), CliError> {
    let password = ensure_user(engine, args.password.clone()).await?;
    import_once(engine, &args.data_dir, output).await?;
    let told = output.text(&format!(
        "\n  Attrium is running with the customers of a bank.\n\n  \
           Dashboard  {url}\n  Sign in    {EMAIL}\n  Password   {password}\n  \
           GraphQL    {url}/graphql, and {url}/graphiql to try it\n  \
           Webhooks   {url}/_echo receives and shows them\n\n  Ctrl C stops it; the data stays in {}.\n\n",
        args.data_dir.display(),
    ));
    match told {
        // Nobody reads it: the server is there all the same.
        Ok(()) | Err(CliError::OutputClosed) => Ok(()),
        Err(error) => Err(error),
    }
}

fn preset((key, value): (&'static str, &str)) -> (&'static str, String) {
    (key, value.to_owned())
}

/// Makes the demo's user, or gives them a new password; answers the password.
async fn ensure_user(engine: &Engine, password: Option<String>) -> Result<String, CliError> {
    let reset = Command::ResetPassword { email: EMAIL.to_owned(), password: password.clone() };
    let answer = match commands::run(engine, reset).await {
        Ok(answer) => answer,
        Err(EngineError::NotFound { .. }) => {
            let add = Command::AddUser {
                workspace: None,
                email: EMAIL.to_owned(),
                name: Some("Demo".to_owned()),
                role: "owner".to_owned(),
                password: password.clone(),
            };
            commands::run(engine, add).await?
        }
        Err(error) => return Err(error.into()),
    };
    match answer {
        Answer::User { password: made, .. } => made.or(password).ok_or_else(unexpected),
        Answer::Workspaces { .. } | Answer::Key { .. } | Answer::Keys { .. } | Answer::Import(_) => Err(unexpected()),
    }
}

/// Imports the customers unless they are there, or watches an import that an earlier start began.
async fn import_once(engine: &Engine, folder: &Path, output: &mut Output) -> Result<(), CliError> {
    let cx = engine.cx_of_operator(None).await?;
    let page = imports::page(&cx, PageRequest::new(PageRequest::<()>::FIRST_MAX, None)).await?;
    let begun = page
        .items
        .iter()
        .find(|import| import.name == FILE_NAME && !matches!(import.state, ImportState::Failed { .. }));
    let command = match begun {
        Some(import) if matches!(import.state, ImportState::Done { .. }) => return Ok(()),
        Some(import) => Command::ImportProgress { workspace: None, import: import.id },
        None => Command::StartImport {
            workspace: None,
            file: unpack(folder)?,
            format: None,
            external_id_column: None,
            external_id_prefix: Some("bank-".to_owned()),
            missing: vec!["unknown".to_owned()],
        },
    };
    let mut operator = Operator::Here(engine.clone());
    follow(&mut operator, command, None, output).await?;
    // Everything in it is in the database now; a file that stays does no harm.
    let _removed = fs::remove_file(folder.join(FILE_NAME));
    Ok(())
}

/// Writes the customers beside the database, where a restart finds them too.
fn unpack(folder: &Path) -> Result<PathBuf, CliError> {
    let written = || -> io::Result<PathBuf> {
        let mut text = Vec::new();
        GzDecoder::new(CUSTOMERS).read_to_end(&mut text)?;
        let path = fs::canonicalize(folder)?.join(FILE_NAME);
        fs::write(&path, text)?;
        Ok(path)
    };
    written().map_err(|error| CliError::io("the demo's customers could not be written", error))
}
