//! Running programs: said before they start, timed, and refused with their name when they fail.
#![expect(clippy::disallowed_methods, reason = "the environment names the tools of this machine, whose work is timed")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Instant, SystemTime};

/// What a task may fail with; its text is shown to whoever ran it.
pub(crate) type Outcome<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// The repository's root.
pub(crate) fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().expect("xtask lies inside the repository").to_owned()
}

/// Where cargo puts what it builds.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |path| root().join(path))
}

/// A command that runs at the repository's root.
pub(crate) fn command<S: AsRef<str>>(program: &str, arguments: &[S]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments.iter().map(AsRef::as_ref)).current_dir(root());
    command
}

/// The cargo that runs this task, with arguments.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    command(&cargo, arguments)
}

/// Measures from now on.
pub(crate) fn stopwatch() -> Instant {
    Instant::now()
}

/// Runs a step to its end, with its output on the terminal.
pub(crate) fn run(step: &str, command: &mut Command) -> Outcome {
    println!("==> {step}");
    let started = stopwatch();
    let status = command.status().map_err(|error| format!("{step}: {} did not start: {error}", program(command)))?;
    if !status.success() {
        return Err(format!("{step}: {} failed with {status}", program(command)).into());
    }
    println!("    {step}: {} s", started.elapsed().as_secs());
    Ok(())
}

/// Runs a program for its standard output.
pub(crate) fn output(command: &mut Command) -> Outcome<Vec<u8>> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("{} did not start: {error}", program(command)))?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(format!("{} failed with {}", program(command), output.status).into())
    }
}

/// Where a program is, in `PATH` or in the extra folders.
pub(crate) fn find(name: &str, folders: &[PathBuf]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain(folders.iter().cloned())
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

/// When a file was written; `None` when there is none.
pub(crate) fn modified(path: &Path) -> Option<SystemTime> {
    std::fs::metadata(path).and_then(|metadata| metadata.modified()).ok()
}

fn program(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}
