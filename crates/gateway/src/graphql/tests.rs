//! Stories told to the whole schema, and the rules that hold for all of it.

/// Compares an answer with the one that was proofread. Keys are sorted: the library answers fields in
/// the order in which they were resolved.
macro_rules! assert_told {
    ($name:expr, $answer:expr $(,)?) => {
        insta::assert_json_snapshot!($name, serde_json::to_value(&$answer).unwrap())
    };
}

mod house;

mod attributes;
mod batches;
mod documentation;
mod idempotency;
mod imports;
mod nodes;
mod profiles;
mod rights;
mod rules;
mod search;
mod segments;
mod session;
mod strangers;

use super::sdl;

const COMMITTED_SDL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../dashboard/schema.graphql");

#[test]
fn the_committed_sdl_is_current() {
    let committed = std::fs::read_to_string(COMMITTED_SDL).unwrap_or_default();
    assert!(committed == sdl(), "dashboard/schema.graphql is stale: run `cargo xtask sdl`");
}
