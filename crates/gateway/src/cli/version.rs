//! `attrium version`: what this binary is, and the limits it publishes.

use attrium_engine::Limits;
use clap::Args;
use serde_json::json;

use super::CliError;
use super::output::Output;
use crate::{guard, http};

#[derive(Debug, Args)]
pub(super) struct VersionArgs {
    /// Print JSON, with every published limit.
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(args: &VersionArgs, output: &mut Output) -> Result<(), CliError> {
    let version = env!("CARGO_PKG_VERSION");
    if !args.json {
        return output.line(&format!("attrium {version}"));
    }
    let answer = json!({
        "version": version,
        "sqlite_version": attrium_engine::sqlite_version().await?,
        "limits": Limits::default(),
        "http_limits": { "body_bytes_max": http::BODY_BYTES_MAX },
        "graphql_limits": {
            "query_bytes_max": guard::QUERY_BYTES_MAX,
            "brackets_max": guard::BRACKETS_MAX,
            "tokens_max": guard::TOKENS_MAX,
            "selections_max": guard::SELECTIONS_MAX,
            "depth_max": guard::DEPTH_MAX,
            "introspection_depth_max": guard::INTROSPECTION_DEPTH_MAX,
            "aliases_max": guard::ALIASES_MAX,
            "directives_max": guard::DIRECTIVES_MAX,
        },
    });
    output.line(&answer.to_string())
}
