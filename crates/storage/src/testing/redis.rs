//! A private Redis for a test: stopped, frozen, wiped and set back as the test likes.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;
use tokio::time::Instant;

use super::say;

/// How long a new server may take to answer, on a machine that does much else.
const READY_WITHIN: Duration = Duration::from_secs(20);
/// Between two looks at a server that starts.
const LOOK_AGAIN: Duration = Duration::from_millis(5);

/// A Redis of its own port and folder; dropping it ends it and removes its data.
pub struct TestRedis {
    program: PathBuf,
    folder: TempDir,
    port: u16,
    server: Option<Child>,
}

impl TestRedis {
    /// Starts the program that `ATTRIUM_TEST_REDIS_SERVER` names; `None`, and a word about it, when that is not set.
    ///
    /// # Panics
    /// When it does not start.
    #[expect(
        clippy::disallowed_methods,
        reason = "tests alone reach this, and their runner speaks through the environment"
    )]
    pub fn start() -> Option<Self> {
        let Some(program) = std::env::var_os("ATTRIUM_TEST_REDIS_SERVER") else {
            say("ATTRIUM_TEST_REDIS_SERVER is not set: this test ran without Redis");
            return None;
        };
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port is free");
        let port = listener.local_addr().expect("a bound socket has an address").port();
        drop(listener);
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let mut redis = Self { program: program.into(), folder, port, server: None };
        redis.resume();
        Some(redis)
    }

    /// Its address, the same through every stop.
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// Starts it again, with what its last snapshot holds.
    ///
    /// # Panics
    /// When it does not start.
    pub fn resume(&mut self) {
        let port = self.port.to_string();
        let server = Command::new(&self.program)
            .args(["--port", &port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .expect("ATTRIUM_TEST_REDIS_SERVER is a program");
        self.server = Some(server);
        let started = Instant::now();
        while self.try_ask("PING").is_err() {
            assert!(started.elapsed() < READY_WITHIN, "Redis does not answer");
            std::thread::sleep(LOOK_AGAIN);
        }
    }

    /// Ends it as a power cut does.
    ///
    /// # Panics
    /// When it cannot be ended.
    pub fn stop(&mut self) {
        if let Some(mut server) = self.server.take() {
            server.kill().and_then(|()| server.wait()).expect("a child can be ended");
        }
    }

    /// Leaves its connections open and answers nothing, until [`TestRedis::thaw`].
    ///
    /// # Panics
    /// When it is stopped.
    pub fn freeze(&self) {
        self.signal("-STOP");
    }

    /// Goes on, with whatever was sent meanwhile.
    ///
    /// # Panics
    /// When it is stopped.
    pub fn thaw(&self) {
        self.signal("-CONT");
    }

    /// Forgets everything.
    ///
    /// # Panics
    /// When it does not answer.
    pub fn wipe(&self) {
        self.ask("FLUSHALL");
    }

    /// Keeps what it holds now for the next [`TestRedis::resume`].
    ///
    /// # Panics
    /// When it does not answer.
    pub fn snapshot(&self) {
        self.ask("SAVE");
    }

    /// Sends a command of plain words and answers the first line of what comes back.
    ///
    /// # Panics
    /// When it does not answer.
    pub fn ask(&self, command: &str) -> String {
        self.try_ask(command).expect("Redis answers")
    }

    fn try_ask(&self, command: &str) -> std::io::Result<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(READY_WITHIN))?;
        stream.write_all(format!("{command}\r\n").as_bytes())?;
        let mut line = String::new();
        BufReader::new(stream).read_line(&mut line)?;
        let said = line.trim_end().to_owned();
        // While it loads its snapshot, it answers everything by an error.
        if said.is_empty() || said.starts_with('-') { Err(std::io::Error::other(said)) } else { Ok(said) }
    }

    fn signal(&self, signal: &str) {
        let id = self.server.as_ref().expect("it runs").id().to_string();
        let status = Command::new("kill").args([signal, &id]).status().expect("`kill` is there");
        assert!(status.success(), "kill {signal}");
    }
}

impl Drop for TestRedis {
    fn drop(&mut self) {
        self.stop();
    }
}
