//! From a clean clone to a running product on real data.

use std::thread;

use crate::dashboard;
use crate::shell::{self, Outcome, cargo, command, target};

/// Builds the dashboard beside the release binary, then runs `attrium demo` with these arguments.
///
/// # Errors
/// When something does not build, or the demo ends with an error.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    let pages = thread::spawn(dashboard::build);
    // What the gateway stands on needs no pages and takes longer than they do; the gateway embeds them.
    let engine = ["build", "--release", "--locked", "--package", "attrium-engine"];
    shell::run("cargo build (engine)", &mut cargo(&engine))?;
    pages.join().map_err(|_| "the dashboard's build ended early")??;
    let gateway = ["build", "--release", "--locked", "--package", "attrium-gateway", "--bin", "attrium"];
    shell::run("cargo build (attrium)", &mut cargo(&gateway))?;
    let binary = target().join("release/attrium");
    let status = command(&binary.to_string_lossy(), &["demo"]).args(arguments).status()?;
    if status.success() { Ok(()) } else { Err(format!("attrium demo ended with {status}").into()) }
}
