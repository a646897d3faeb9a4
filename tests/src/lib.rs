//! The whole house from outside: what its tests share, and nothing that ships.

use std::path::PathBuf;

/// The repository's root.
///
/// # Panics
/// Never: the package lies one folder below it.
pub fn root() -> PathBuf {
    let package = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    package
        .parent()
        .expect("the package lies inside the repository")
        .to_owned()
}
