//! What must be on the machine: found, installed where that is allowed, or named as missing.

use std::path::PathBuf;

use crate::shell::{Outcome, command, find, run};

/// Finds a program; installs its Debian package when it is missing and this is root.
///
/// # Errors
/// Names the program, the package and the command that installs it.
pub(crate) fn require(program: &str, folders: impl Fn() -> Vec<PathBuf>, package: &str) -> Outcome<PathBuf> {
    if let Some(found) = find(program, &folders()) {
        return Ok(found);
    }
    let missing =
        || format!("`{program}` is missing: install it with `apt-get install {package}`, then run this again");
    if !may_install() {
        return Err(missing().into());
    }
    install(package)?;
    find(program, &folders()).ok_or_else(|| missing().into())
}

/// Finds a Python that can make virtual environments, which Debian keeps in a package of its own; installs that
/// when it is missing and this is root.
///
/// # Errors
/// Names the package and the command that installs it.
pub(crate) fn require_venv() -> Outcome {
    let is_there =
        || command("python3", &["-c", "import ensurepip, venv"]).output().is_ok_and(|done| done.status.success());
    if !is_there() && may_install() {
        install("python3-venv")?;
    }
    let missing = "Python's `venv` is missing: install it with `apt-get install python3-venv`, then run this again";
    if is_there() { Ok(()) } else { Err(missing.into()) }
}

fn may_install() -> bool {
    is_root() && find("apt-get", &[]).is_some()
}

fn install(package: &str) -> Outcome {
    run("apt-get update", &mut command("apt-get", &["update", "-qq"]))?;
    let mut install = command("apt-get", &["install", "-y", "-qq", "--no-install-recommends", package]);
    run(&format!("apt-get install {package}"), install.env("DEBIAN_FRONTEND", "noninteractive"))
}

/// Finds Node and npm, which every task needs and none installs.
///
/// # Errors
/// Says which version to install.
pub(crate) fn require_node() -> Outcome {
    for program in ["node", "npm"] {
        if find(program, &[]).is_none() {
            return Err(format!("`{program}` is missing: install Node.js 20 or newer").into());
        }
    }
    Ok(())
}

/// Whether this process may install packages.
pub(crate) fn is_root() -> bool {
    command("id", &["-u"]).output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

/// A port of the loopback interface that was free a moment ago.
///
/// # Errors
/// When the machine has none.
pub(crate) fn free_port() -> Outcome<u16> {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0))?;
    Ok(listener.local_addr()?.port())
}
