//! The compose file, read by the client that would run it. That needs no Docker engine.

use std::process::Command;

use crate::shell::{Outcome, command, find, root, run};

/// The variables that an operator sets.
const EXAMPLE: &str = "deploy/example.env";

/// Has Compose read its file with the variables of the example, where Compose is installed.
///
/// # Errors
/// When it refuses the file, or when a variable that must be set is not in the example.
pub(crate) fn check() -> Outcome {
    let Some(mut compose) = client() else {
        println!("compose file: SKIPPED, because neither `docker compose` nor `docker-compose` is installed");
        return Ok(());
    };
    let example = std::fs::read_to_string(root().join(EXAMPLE))?;
    let variables = example.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('='));
    for (name, value) in variables {
        compose.env(name, if value.is_empty() { "set" } else { value });
    }
    run("compose file", compose.args(["--env-file", EXAMPLE, "config", "--quiet"]))
}

/// Compose as a plugin of Docker, or as a program of its own.
fn client() -> Option<Command> {
    let has_plugin = command("docker", &["compose", "version"]).output().is_ok_and(|output| output.status.success());
    if has_plugin {
        return Some(command("docker", &["compose"]));
    }
    find("docker-compose", &[]).map(|program| command::<&str>(&program.to_string_lossy(), &[]))
}
