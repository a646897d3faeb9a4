//! Answers: GraphQL and HTTP, the dashboard's files, and the command line of the binary `attrium`.
//!
//! Deliberately absent: decisions. A resolver or command decodes, calls one use case of the engine
//! and wraps the answer; storage is not reachable from here.

mod browser;
pub mod config;
pub mod guard;
pub mod graphql;
