//! The dashboard in a real browser, against the binary and its demo data.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Duration;

use crate::dashboard;
use crate::shell::{Outcome, command, run, stopwatch, target};
use crate::system::{free_port, require};

/// How long the demo may take to import its data, in a build without optimisation.
const START_TIMEOUT: Duration = Duration::from_mins(4);
const PASSWORD: &str = "a browser test signs in";
const EMAIL: &str = "demo@example.com";
/// Who may only read.
const ANALYST: &str = "analyst@example.com";
/// A workspace of the demo's user beside the first.
const SECOND: &str = "second";
/// One that nothing is done in before the tests.
const FRESH: &str = "fresh";

/// Runs the browser tests; their screenshots stay under the target folder.
///
/// # Errors
/// When Chromium is missing and may not be installed, the demo does not start, or a test fails.
pub(crate) fn test() -> Outcome {
    let chromium = require("chromium", Vec::new, "chromium")?;
    let folder = target().join("browser-tests");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(folder.join("screenshots"))?;
    let data = folder.join("data");
    let demo = Demo::start(&data)?;
    operate(&data, &["workspaces", "create", SECOND, "--name", "Second workspace"])?;
    operate(&data, &["users", "add", EMAIL, "--role", "owner", "--workspace", SECOND])?;
    operate(&data, &["workspaces", "create", FRESH, "--name", "Fresh workspace"])?;
    operate(&data, &["users", "add", EMAIL, "--role", "owner", "--workspace", FRESH])?;
    operate(&data, &["users", "add", ANALYST, "--role", "analyst", "--password-stdin"])?;
    let mut tests = dashboard::npm(&["run", "--silent", "e2e"]);
    tests
        .env("ATTRIUM_URL", demo.url())
        .env("ATTRIUM_EMAIL", EMAIL)
        .env("ATTRIUM_PASSWORD", PASSWORD)
        .env("ATTRIUM_ANALYST", ANALYST)
        .env("ATTRIUM_SECOND_WORKSPACE", SECOND)
        .env("ATTRIUM_FRESH_WORKSPACE", FRESH)
        .env("ATTRIUM_CHROMIUM", chromium)
        .env("ATTRIUM_SCREENSHOTS", folder.join("screenshots"));
    let outcome = run("browser tests", &mut tests);
    println!("    screenshots: {}", folder.join("screenshots").display());
    outcome
}

/// Runs a command of the operator beside the demo; the password is what it may read.
fn operate(data: &Path, arguments: &[&str]) -> Outcome {
    let password = data.with_extension("password");
    fs::write(&password, PASSWORD)?;
    let database = format!("sqlite://{}", data.join("attrium.db").display());
    let mut operator = command(&binary(), arguments);
    operator.env("ATTRIUM_DATABASE_URL", database).stdin(fs::File::open(&password)?);
    run(&format!("attrium {}", arguments[..2].join(" ")), &mut operator)
}

fn binary() -> String {
    target().join("debug/attrium").to_string_lossy().into_owned()
}

/// A running demo; dropping it stops it.
struct Demo {
    server: Child,
    port: u16,
}

impl Demo {
    fn start(data: &Path) -> Outcome<Self> {
        let port = free_port()?;
        let log = fs::File::create(data.with_extension("log"))?;
        let listen = format!("127.0.0.1:{port}");
        let server = command(&binary(), &["demo", "--listen", &listen, "--password", PASSWORD])
            .arg("--data-dir")
            .arg(data)
            .stdout(log.try_clone()?)
            .stderr(log)
            .stdin(Stdio::null())
            .spawn()?;
        let mut demo = Self { server, port };
        println!("==> demo for the browser on {}", demo.url());
        let started = stopwatch();
        loop {
            // It is ready before its customers are in; the sign-in is printed after them.
            let said = fs::read_to_string(data.with_extension("log"))?;
            if said.contains("Sign in") && demo.is_ready() {
                return Ok(demo);
            }
            if demo.server.try_wait()?.is_some() || START_TIMEOUT < started.elapsed() {
                return Err(format!("the demo did not become ready; it said:\n{said}").into());
            }
            std::thread::sleep(Duration::from_millis(200));
        }
    }

    fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Asks `/readyz` by hand: this program has no HTTP client and needs none.
    fn is_ready(&self) -> bool {
        let ask = || -> std::io::Result<String> {
            let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
            stream.set_read_timeout(Some(Duration::from_secs(2)))?;
            stream.write_all(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
            let mut answer = String::new();
            stream.read_to_string(&mut answer)?;
            Ok(answer)
        };
        ask().is_ok_and(|answer| answer.starts_with("HTTP/1.1 200"))
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        if let Err(error) = self.server.kill().and_then(|()| self.server.wait().map(drop)) {
            eprintln!("the demo of the browser tests was not stopped: {error}");
        }
    }
}
