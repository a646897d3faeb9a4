//! The judges of `tests/judges`: what others wrote and the tests are held against, installed as their lock files say.

use std::path::Path;

use crate::shell::{Outcome, command, modified, root, run, target};
use crate::system::{require_node, require_venv};

/// Installs the packages of npm and of Python, unless those installed are newer than their lists.
///
/// # Errors
/// When Node or Python is missing, or a package cannot be had.
pub(crate) fn install() -> Outcome {
    let folder = root().join("tests/judges");
    npm(&folder)?;
    python(&folder)
}

fn npm(folder: &Path) -> Outcome {
    if modified(&folder.join("package-lock.json")) <= modified(&folder.join("node_modules/.package-lock.json")) {
        return Ok(());
    }
    require_node()?;
    let mut install = command("npm", &["ci", "--no-audit", "--no-fund", "--loglevel", "error"]);
    run("npm ci (judges)", install.current_dir(folder))
}

/// A virtual environment of their own: packages of the system are neither used nor touched.
fn python(folder: &Path) -> Outcome {
    let environment = target().join("judges");
    let installed = environment.join("installed");
    if modified(&folder.join("requirements.txt")) <= modified(&installed) {
        return Ok(());
    }
    require_venv()?;
    let python = environment.join("bin/python").to_string_lossy().into_owned();
    let environment = environment.to_string_lossy();
    run("python3 -m venv (judges)", &mut command("python3", &["-m", "venv", "--clear", &environment]))?;
    let arguments = ["-m", "pip", "install", "--quiet", "--require-hashes", "--no-deps", "--only-binary", ":all:"];
    let mut install = command(&python, &arguments);
    run("pip install (judges)", install.args(["--requirement", "requirements.txt"]).current_dir(folder))?;
    std::fs::write(installed, "")?;
    Ok(())
}
