//! From a clean clone to a running product on real data.

use crate::dashboard;
use crate::shell::{self, Outcome, cargo, command, target};

/// Builds the dashboard and the release binary, then runs `attrium demo` with these arguments.
///
/// # Errors
/// When something does not build, or the demo ends with an error.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    // The binary embeds the pages, so they come first. Building the crates below it meanwhile would build most
    // of them twice: on their own they ask their dependencies for fewer features.
    dashboard::build()?;
    let binary = ["build", "--release", "--locked", "--package", "attrium-gateway", "--bin", "attrium"];
    shell::run("cargo build", &mut cargo(&binary))?;
    let binary = target().join("release/attrium");
    let status = command(&binary.to_string_lossy(), &["demo"]).args(arguments).status()?;
    if status.success() { Ok(()) } else { Err(format!("attrium demo ended with {status}").into()) }
}
