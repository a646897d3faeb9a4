//! The order of the house, read from its manifests and files.

mod manifests;
mod sources;

use std::path::{Path, PathBuf};
use std::process::Command;

/// Every file that git knows or would add, relative to the root.
fn files() -> Vec<PathBuf> {
    let listed = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(attrium_tests::root())
        .output()
        .expect("git lists the repository");
    String::from_utf8(listed.stdout)
        .expect("paths are text")
        .lines()
        .map(PathBuf::from)
        .filter(|file| attrium_tests::root().join(file).is_file())
        .collect()
}

fn text(file: &Path) -> String {
    std::fs::read_to_string(attrium_tests::root().join(file))
        .unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}
