//! The dashboard: its packages installed and its pages built, only when something changed.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use crate::shell::{Outcome, command, modified, root, run};
use crate::system::require_node;

/// Installs the packages of the lock file, unless the installed ones are newer than it.
///
/// # Errors
/// When Node is missing or a package cannot be had.
pub(crate) fn install() -> Outcome {
    require_node()?;
    let lock = folder().join("package-lock.json");
    let installed = folder().join("node_modules/.package-lock.json");
    if modified(&lock) <= modified(&installed) {
        return Ok(());
    }
    run("npm ci (dashboard)", &mut npm(&["ci", "--no-audit", "--no-fund", "--loglevel", "error"]))
}

/// Builds `dashboard/dist`, unless it is newer than every source.
///
/// # Errors
/// When a package cannot be had or the sources do not build.
pub(crate) fn build() -> Outcome {
    install()?;
    let built = modified(&folder().join("dist/index.html"));
    let sources = ["src", "scripts", "public", "index.html", "vite.config.ts", "schema.graphql", "package-lock.json"];
    let newest = sources.iter().map(|name| newest(&folder().join(name))).max().flatten();
    if built.is_some() && newest <= built {
        return Ok(());
    }
    run("npm run build (dashboard)", &mut npm(&["run", "--silent", "build"]))
}

/// npm inside the dashboard's folder.
pub(crate) fn npm(arguments: &[&str]) -> Command {
    let mut command = command("npm", arguments);
    command.current_dir(folder());
    command
}

fn folder() -> PathBuf {
    root().join("dashboard")
}

/// When the newest file of a tree was written.
fn newest(path: &Path) -> Option<SystemTime> {
    let inside = std::fs::read_dir(path).into_iter().flatten().flatten();
    inside.map(|entry| newest(&entry.path())).max().flatten().max(modified(path))
}
