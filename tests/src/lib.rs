//! The whole house from outside: what its tests share, and nothing that ships.
//!
//! A test starts the real binary on a database of its own, SQLite or PostgreSQL, and speaks to it as
//! its users do: by GraphQL, by the command line, and by signals.

mod client;
mod database;
mod measure;
mod server;
mod webhooks;

use std::path::PathBuf;

pub use client::{Client, Events};
pub use database::{Database, on_both};
pub use measure::{median, percentile, resident_bytes, wall_clock};
pub use server::{Server, ServerOptions};
pub use webhooks::{Endpoint, OPEN_TO_THIS_MACHINE, SEALED, register};

/// The repository's root.
///
/// # Panics
/// Never: the package lies one folder below it.
pub fn root() -> PathBuf {
    let package = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    package.parent().expect("the package lies inside the repository").to_owned()
}

/// The Python that has what the judges need; `cargo xtask test` makes it.
///
/// # Panics
/// Never: a test knows its own file.
pub fn judges_python() -> PathBuf {
    let test = std::env::current_exe().expect("a test knows its own file");
    let target = test.ancestors().nth(3).expect("tests lie in the folder `deps` of a profile under the target folder");
    target.join("judges/bin/python")
}

/// The first customers of the bank's file, under its header.
///
/// # Panics
/// When the file is not where it belongs.
pub fn bank_csv(rows: usize) -> String {
    let file = root().join("tests/data/bank/bank-full.csv");
    let text = std::fs::read_to_string(&file).expect("the bank's customers are in the repository");
    let lines: Vec<&str> = text.lines().take(rows + 1).collect();
    lines.join("\n") + "\n"
}

/// A client for HTTP. TLS has one provider in this house, and reqwest wants to be told.
pub fn http() -> reqwest::Client {
    // Another test of this process may have told it already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::new()
}

/// How many rounds a crash or load test makes: all of them under `cargo xtask harness`, a tenth otherwise.
#[expect(clippy::disallowed_methods, reason = "the harness is asked for by a variable of the environment")]
pub fn rounds(full: usize) -> usize {
    match std::env::var("ATTRIUM_TEST_ROUNDS").as_deref() {
        Ok("full") => full,
        _ => full.div_ceil(10),
    }
}
