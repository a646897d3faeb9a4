//! Acts: use cases, units of work, jobs, live membership.

pub mod clock;
pub mod ids;
pub mod limits;
pub mod rights;
pub mod error;
pub mod paging;
mod config;
mod nouns;
mod cx;
mod engine;

mod passwords;
mod tokens;
mod key_text;
mod throttle;

pub mod attributes;
pub mod profiles;
pub mod changes;
pub mod memberships;
pub mod segments;
pub mod audience;
pub mod imports;
pub mod labels;
pub mod workspaces;
pub mod sessions;
pub mod commands;

pub use attrium_integrations::FileFormat;
pub use clock::Clock;
pub use config::EngineConfig;
pub use cx::{Caller, Cx};
pub use engine::{Address, Engine, Health};
pub use error::{Error, Problem, ProblemCode};
pub use ids::Ids;
pub use limits::Limits;
pub use nouns::{
    ApiKey, Import, ImportReject, ImportState, Membership, Role, Segment, Transition, TransitionKind, User, Workspace,
};
pub use paging::{Page, PageRequest};
pub use rights::{Right, RightError, Rights};
pub use tokens::SessionToken;
