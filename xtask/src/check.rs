//! What must hold besides the tests: format, lints, docs, licences and advisories, the compose file, the dashboard.

use crate::shell::{Outcome, cargo, find, root, run};
use crate::{compose, dashboard};

/// Every check, the quick ones first.
///
/// # Errors
/// Names the first check that fails.
pub(crate) fn run_all() -> Outcome {
    run("format", &mut cargo(&["fmt", "--all", "--check"]))?;
    run("lints", &mut cargo(&["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    let mut docs = cargo(&["doc", "--locked", "--workspace", "--no-deps", "--document-private-items"]);
    // Private items are documented too, so a link to one leads somewhere.
    run("docs", docs.env("RUSTDOCFLAGS", "-D warnings -A rustdoc::private_intra_doc_links"))?;
    licences()?;
    compose::check()?;
    // The size of the pages is read off what was built.
    dashboard::build()?;
    run("dashboard: types, lint, texts, size", &mut dashboard::npm(&["run", "--silent", "check"]))
}

/// Licences, banned crates and sources need no network; advisories do, and their absence is said.
fn licences() -> Outcome {
    if find("cargo-deny", &[]).is_none() {
        println!(
            "licences and advisories: SKIPPED, because cargo-deny is missing (`cargo install cargo-deny --locked`)"
        );
        return Ok(());
    }
    run("licences", &mut cargo(&["deny", "--locked", "check", "licenses", "bans", "sources"]))?;
    let fetched = cargo(&["deny", "fetch", "db"]).current_dir(root()).status()?;
    if !fetched.success() {
        println!("advisories: SKIPPED, because the advisory database cannot be fetched here");
        return Ok(());
    }
    run("advisories", &mut cargo(&["deny", "--locked", "check", "advisories"]))
}
