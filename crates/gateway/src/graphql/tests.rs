//! Stories told to the whole schema, and the rules that hold for all of it.

mod strangers;

use super::sdl;

const COMMITTED_SDL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../dashboard/schema.graphql");

#[test]
fn the_committed_sdl_is_current() {
    let committed = std::fs::read_to_string(COMMITTED_SDL).unwrap_or_default();
    assert!(committed == sdl(), "dashboard/schema.graphql is stale: run `cargo xtask sdl`");
}
