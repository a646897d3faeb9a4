//! Answers: GraphQL and HTTP, the dashboard's files, and the command line of the binary `attrium`.
//!
//! Deliberately absent: decisions. A resolver or command decodes, calls one use case of the engine
//! and wraps the answer; storage is not reachable from here.
#![cfg_attr(doctest, doc = include_str!("../README.md"))]

mod browser;
pub mod config;
pub mod logging;
pub mod telemetry;
pub mod guard;
pub mod graphql;
pub mod lifecycle;
pub mod http;
pub mod server;
mod socket;
pub mod cli;

/// An error and what caused it, for the log and the command line; nothing is said twice.
pub(crate) fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let told = inner.to_string();
        if !text.ends_with(&told) {
            text = format!("{text}: {told}");
        }
        cause = inner.source();
    }
    text
}
