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

pub(crate) use attrium_engine::causes;
