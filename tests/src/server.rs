//! The binary, started as an operator starts it.

use std::fs::File;
use std::io::Write;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use attrium_schema::Timestamp;
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::client::Client;
use crate::database::Database;
use crate::http;

/// How long a server may take to become ready, on a machine that does much else.
const READY_WITHIN: Duration = Duration::from_mins(1);
/// Between two looks at a server that starts.
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// What a key may do that may do everything.
const EVERYTHING: &str = "read_profiles,edit_profiles,read_attributes,edit_attributes,read_segments,edit_segments,\
    read_imports,import,read_templates,edit_templates,read_endpoints,manage_endpoints";

/// How a server is started.
#[derive(Clone, Copy, Debug, Default)]
pub struct ServerOptions<'a> {
    /// Whether time stands where the test puts it.
    pub has_test_clock: bool,
    /// Whether it runs as in production: no GraphiQL, no introspection for strangers.
    pub is_production: bool,
    /// Further variables of its environment.
    pub environment: &'a [(&'a str, &'a str)],
}

/// A running server; dropping it ends it at once.
pub struct Server {
    child: Child,
    url: String,
    database_url: String,
    folder: PathBuf,
}

impl Server {
    /// Starts a server whose clock the test moves, and waits until it is ready.
    ///
    /// # Panics
    /// When it does not become ready; the message holds what it wrote.
    pub async fn start(database: &Database) -> Self {
        Self::start_with(database, ServerOptions { has_test_clock: true, ..ServerOptions::default() }).await
    }

    /// Starts a server and waits until it is ready.
    ///
    /// # Panics
    /// When it does not become ready; the message holds what it wrote.
    pub async fn start_with(database: &Database, options: ServerOptions<'_>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port is free");
        let listen = listener.local_addr().expect("a bound socket has an address").to_string();
        drop(listener);
        let log = File::options()
            .create(true)
            .append(true)
            .open(database.folder().join("server.log"))
            .expect("the folder takes a log");
        let mut command = attrium(database.url(), database.folder());
        command.args(["serve", "--listen", &listen]);
        if options.has_test_clock {
            command.arg("--test-clock");
        }
        let profile = if options.is_production { "production" } else { "development" };
        let child = command
            .env("ATTRIUM_PROFILE", profile)
            // The work of a killed server is free again soon.
            .env("ATTRIUM_JOBS__LEASE_S", "1")
            .envs(options.environment.iter().copied())
            .stdin(Stdio::null())
            .stdout(log.try_clone().expect("a file can be shared"))
            .stderr(log)
            .spawn()
            .expect("the binary is built: `cargo build -p attrium-gateway`");
        let mut server = Self {
            child,
            url: format!("http://{listen}"),
            database_url: database.url().to_owned(),
            folder: database.folder().to_owned(),
        };
        server.wait_until_ready().await;
        server
    }

    async fn wait_until_ready(&mut self) {
        let started = Instant::now();
        let mut looks = tokio::time::interval(LOOK_AGAIN);
        let http = http();
        loop {
            looks.tick().await;
            let answer = http.get(format!("{}/readyz", self.url)).send().await;
            if answer.is_ok_and(|answer| answer.status().is_success()) {
                return;
            }
            let has_ended = self.child.try_wait().expect("a child can be asked").is_some();
            assert!(!has_ended && started.elapsed() < READY_WITHIN, "not ready; it wrote:\n{}", self.log());
        }
    }

    /// Where it serves.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The number of its process.
    pub fn process_id(&self) -> u32 {
        self.child.id()
    }

    /// All it wrote to its log.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.join("server.log")).unwrap_or_default()
    }

    /// Whether the process still runs.
    ///
    /// # Panics
    /// When the system cannot say.
    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().expect("a child can be asked").is_none()
    }

    /// Ends it as `kill -9` does.
    ///
    /// # Panics
    /// When it had ended by itself.
    pub fn kill(mut self) {
        assert!(self.is_running(), "it had ended by itself; it wrote:\n{}", self.log());
        self.child.kill().expect("a running child can be killed");
        self.child.wait().expect("a killed child ends");
    }

    /// Runs the command line beside the server and answers its standard output.
    ///
    /// # Panics
    /// When the command fails.
    pub fn attrium(&self, arguments: &[&str]) -> String {
        let output = attrium(&self.database_url, &self.folder).args(arguments).output().expect("the binary is built");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "attrium {arguments:?}: {said}");
        String::from_utf8(output.stdout).expect("it writes text")
    }

    /// Imports customers whose external ids are `bank-00001` by row, `unknown` meaning missing.
    ///
    /// # Panics
    /// When the import fails.
    pub fn import_bank(&self, csv: &str) -> String {
        let file = self.folder.join("bank.csv");
        File::create(&file).and_then(|mut file| file.write_all(csv.as_bytes())).expect("the folder takes a file");
        let file = file.to_string_lossy();
        self.attrium(&["import", &file, "--external-id-prefix", "bank-", "--missing", "unknown"])
    }

    /// A client with a key that may do everything in the first workspace.
    pub fn client(&self) -> Client {
        Client::with_key(&self.url, &self.key())
    }

    /// A key that may do everything in the first workspace.
    pub fn key(&self) -> String {
        self.attrium(&["keys", "create", "test", "--scope", EVERYTHING]).trim().to_owned()
    }

    /// As [`Server::client`], in a workspace that it makes.
    ///
    /// # Panics
    /// When there is one by that key.
    pub fn client_of_new_workspace(&self, workspace: &str) -> Client {
        self.attrium(&["workspaces", "create", workspace]);
        let key = self.attrium(&["keys", "create", "test", "--scope", EVERYTHING, "--workspace", workspace]);
        Client::with_key(&self.url, key.trim())
    }

    /// Waits until all due work is done: the follower is at the feed's head, and no job waits.
    ///
    /// # Panics
    /// When the server cannot.
    pub async fn settle(&self) {
        self.post("/_test/settle", &json!({})).await;
    }

    /// Moves the clock forward.
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn advance(&self, seconds: i64) {
        self.post("/_test/clock", &json!({ "advance_s": seconds })).await;
    }

    /// Puts the clock at an instant, as RFC 3339 writes it.
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn set_clock(&self, now: &str) {
        self.post("/_test/clock", &json!({ "now": now })).await;
    }

    /// Where the clock stands.
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn now(&self) -> Timestamp {
        let clock = self.post("/_test/clock", &json!({})).await;
        clock["now"].as_str().and_then(|now| now.parse().ok()).expect("it answers an instant")
    }

    async fn post(&self, path: &str, body: &Value) -> Value {
        let answer = http().post(format!("{}{path}", self.url)).json(body).send().await;
        let answer = answer.expect("the server answers");
        assert!(answer.status().is_success(), "{path}: {}; it wrote:\n{}", answer.status(), self.log());
        answer.json().await.expect("it answers JSON")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already; there is nothing left to do then.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// The binary, on a database, in a folder of its own.
fn attrium(database_url: &str, folder: &Path) -> Command {
    let tests = std::env::current_exe().expect("a test knows its own file");
    let profile = tests.ancestors().nth(2).expect("tests lie in the profile's folder `deps`");
    let mut command = Command::new(profile.join("attrium"));
    command.current_dir(folder).env("ATTRIUM_DATABASE_URL", database_url);
    command
}
