//! The local socket: on SQLite a server holds the database, so the command line's writes go through
//! it. A command is one line of JSON, and so is its reply. Whoever may open the socket is the operator;
//! the file's mode says who that is.

use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use attrium_engine::commands::{self, Answer, Command};
use attrium_engine::{Engine, Error as EngineError};
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio_util::task::TaskTracker;

use crate::causes;
use crate::lifecycle::Lifecycle;

/// The socket's name in the data folder.
const NAME: &str = "attrium.sock";
/// Only the user that runs the server.
const MODE: u32 = 0o600;
/// Most bytes of one line.
const LINE_BYTES_MAX: u64 = 1 << 20;

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Reply {
    Done(Answer),
    /// In words for whoever typed the command.
    Refused(String),
}

/// The server's end.
pub(crate) struct Server {
    listener: UnixListener,
    path: PathBuf,
    tasks: TaskTracker,
}

impl Server {
    /// Opens the socket. The database's lock is held, so one that is there already is a leftover.
    ///
    /// # Errors
    /// When the folder is not writable, or its path is too long for a socket (about 100 bytes).
    pub(crate) fn bind(folder: &Path) -> io::Result<Self> {
        let path = folder.join(NAME);
        match std::fs::remove_file(&path) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        let listener = UnixListener::bind(&path)?;
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(MODE))?;
        Ok(Self { listener, path, tasks: TaskTracker::new() })
    }

    /// Runs commands until the lifecycle ends, then removes the socket and finishes those that run.
    pub(crate) async fn serve(self, engine: Engine, lifecycle: Lifecycle) {
        loop {
            let accepted = tokio::select! {
                accepted = self.listener.accept() => accepted,
                () = lifecycle.until_closing() => break,
            };
            match accepted {
                Ok((stream, _)) => {
                    let (engine, lifecycle) = (engine.clone(), lifecycle.clone());
                    self.tasks.spawn(async move {
                        if let Err(error) = converse(stream, &engine, &lifecycle).await {
                            tracing::debug!(%error, "a command's connection ended early");
                        }
                    });
                }
                Err(error) => {
                    tracing::error!(%error, "the local socket is closed; commands cannot reach this server");
                    break;
                }
            }
        }
        // Nobody is harmed by a leftover: the next server removes it.
        let _removed = std::fs::remove_file(&self.path);
        self.tasks.close();
        self.tasks.wait().await;
    }
}

async fn converse(mut stream: UnixStream, engine: &Engine, lifecycle: &Lifecycle) -> io::Result<()> {
    let (read, mut write) = stream.split();
    let mut read = BufReader::new(read);
    loop {
        let mut line = String::new();
        let mut bounded = (&mut read).take(LINE_BYTES_MAX);
        let length = tokio::select! {
            length = bounded.read_line(&mut line) => length?,
            () = lifecycle.until_closing() => return Ok(()),
        };
        if length == 0 {
            return Ok(());
        }
        let reply = match serde_json::from_str(&line) {
            Ok(command) => answer(engine, command).await,
            Err(_) => Reply::Refused("the server does not know this command; is it of another version?".to_owned()),
        };
        let mut text = serde_json::to_string(&reply)?;
        text.push('\n');
        write.write_all(text.as_bytes()).await?;
    }
}

async fn answer(engine: &Engine, command: Command) -> Reply {
    match commands::run(engine, command).await {
        Ok(answer) => Reply::Done(answer),
        Err(error) => Reply::Refused(refusal(error)),
    }
}

/// Problems one a line; any other error with its causes, as the operator would see it without a server.
pub(crate) fn refusal(error: EngineError) -> String {
    match error.into_problems() {
        Ok(problems) => problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
        Err(error) => causes(&error),
    }
}

/// The command line's end.
pub(crate) struct Client {
    stream: BufReader<UnixStream>,
}

impl Client {
    /// A connection to the server of this data folder, or `None` when none listens.
    pub(crate) async fn connect(folder: &Path) -> Option<Self> {
        let stream = UnixStream::connect(folder.join(NAME)).await.ok()?;
        Some(Self { stream: BufReader::new(stream) })
    }

    /// Runs one command; the inner error is the server's refusal.
    ///
    /// # Errors
    /// When the connection fails.
    pub(crate) async fn run(&mut self, command: &Command) -> io::Result<Result<Answer, String>> {
        let mut text = serde_json::to_string(command)?;
        text.push('\n');
        self.stream.write_all(text.as_bytes()).await?;
        let mut line = String::new();
        if self.stream.read_line(&mut line).await? == 0 {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the server went away"));
        }
        match serde_json::from_str(&line)? {
            Reply::Done(answer) => Ok(Ok(answer)),
            Reply::Refused(message) => Ok(Err(message)),
        }
    }
}
