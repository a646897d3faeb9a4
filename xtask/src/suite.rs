//! The whole test suite, with the servers it needs.

use std::path::PathBuf;
use std::process::Command;

use crate::postgres::Postgres;
use crate::shell::{Outcome, cargo, find, run, stopwatch};
use crate::system::require;
use crate::{browser, dashboard, judges};

/// Every test: Rust on both databases and with Redis, the crates' README examples, the dashboard, the browser.
/// With a filter, only the Rust tests whose names contain it.
///
/// # Errors
/// Names the step that failed.
pub(crate) fn test(filter: &[String]) -> Outcome {
    let started = stopwatch();
    if filter.is_empty() {
        dashboard::build()?;
        judges::install()?;
    }
    let postgres = Postgres::start()?;
    run("build", &mut cargo(&["build", "--locked", "--package", "attrium-gateway", "--bin", "attrium"]))?;
    let mut tests = rust_tests(&["--workspace"]);
    tests.env("ATTRIUM_TEST_POSTGRES_URL", postgres.url()).env("ATTRIUM_TEST_REDIS_SERVER", redis_server()?);
    run("tests", tests.args(filter))?;
    if !filter.is_empty() {
        return Ok(());
    }
    let mut examples = cargo(&["test", "--locked", "--workspace", "--doc"]);
    run("README examples", examples.env("ATTRIUM_TEST_POSTGRES_URL", postgres.url()))?;
    run("dashboard tests", &mut dashboard::npm(&["run", "--silent", "test"]))?;
    browser::test()?;
    println!("every test passed, in {} s", started.elapsed().as_secs());
    Ok(())
}

/// The crash and load rounds of the suite, at full count.
///
/// # Errors
/// When a round fails.
pub(crate) fn harness() -> Outcome {
    let postgres = Postgres::start()?;
    run("build", &mut cargo(&["build", "--locked", "--package", "attrium-gateway", "--bin", "attrium"]))?;
    let mut rounds = rust_tests(&["--package", "attrium-tests", "--test", "rounds"]);
    rounds
        .env("ATTRIUM_TEST_POSTGRES_URL", postgres.url())
        .env("ATTRIUM_TEST_REDIS_SERVER", redis_server()?)
        .env("NEXTEST_PROFILE", "harness")
        .env("ATTRIUM_TEST_ROUNDS", "full");
    run("harness", &mut rounds)
}

/// Redis, of which each test that wants one starts its own: it also stops, freezes and wipes it.
///
/// # Errors
/// When it is missing and may not be installed.
pub(crate) fn redis_server() -> Outcome<PathBuf> {
    require("redis-server", Vec::new, "redis-server")
}

/// `cargo nextest` where it is installed, else `cargo test`, over these packages and targets.
fn rust_tests(scope: &[&str]) -> Command {
    let mut command = if find("cargo-nextest", &[]).is_some() {
        cargo(&["nextest", "run", "--locked"])
    } else {
        cargo(&["test", "--locked"])
    };
    command.args(scope);
    command
}
