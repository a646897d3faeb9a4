//! Acts: use cases, units of work, jobs, live membership. See the README for a walk through it.
//!
//! Deliberately absent: SQL (`storage`), what a rule means (`segmentation`), what a change does to a
//! profile (`schema`), and anything of HTTP or GraphQL (`gateway`). The first type to read is [`Engine`],
//! the second [`Cx`].
#![cfg_attr(doctest, doc = include_str!("../README.md"))]

pub mod clock;
pub mod ids;
pub mod limits;
pub mod rights;
pub mod error;
pub mod paging;
mod config;
mod nouns;
mod cx;
mod doors;
mod engine;

mod tasks;
mod rounds;
mod cpu;
mod idempotency;
mod problems;
mod conflicts;
mod names;
mod object_key;
mod answers;
mod passwords;
mod tokens;
mod key_text;
mod throttle;
mod secret_keys;

pub mod attributes;
pub mod profiles;
pub mod changes;
pub mod segments;
pub mod templates;
pub mod memberships;
pub mod audience;
pub mod imports;
pub mod webhooks;
pub mod live;
pub mod search;
pub mod labels;
pub mod workspaces;
pub mod users;
pub mod sessions;
pub mod keys;
pub mod commands;

mod jobs;
mod cache;
mod follower;
mod housekeeping;
mod settle;

#[cfg(feature = "testing")]
pub mod testing;
#[cfg(test)]
mod tests;

pub use attrium_integrations::FileFormat;
pub use attrium_storage::{CacheConfig, SchemaState};
pub use clock::Clock;
pub use config::EngineConfig;
pub use cx::{Caller, Cx};
pub use engine::{Address, CLOSE_MAX, Engine, Health, sqlite_version};
pub use error::{Error, Problem, ProblemCode, causes, sentence};
pub use ids::Ids;
pub use limits::Limits;
pub use nouns::{
    ApiKey, Endpoint, EndpointHealth, EndpointState, Import, ImportReject, ImportState, Membership, Role, Segment,
    Template, Transition, TransitionKind, User, Workspace,
};
pub use paging::{Page, PageRequest};
pub use rights::{Right, RightError, Rights};
pub use secret_keys::{OpenError, SecretKeyError, SecretKeys};
pub use tokens::SessionToken;
