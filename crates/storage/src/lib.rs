//! Remembers: everything Attrium keeps, in SQL on PostgreSQL or SQLite.
//!
//! Deliberately absent: decisions. Ids, times and rights come in as values; no SQL or ORM type goes out.
#![doc = ""]
#![doc = include_str!("../README.md")]

mod config;
mod error;
mod page;
mod secret;
mod cursor;
mod store;
mod wakeups;
mod dialect;
mod statement;
mod document;
mod heading;

pub mod settings;
pub mod workspaces;
pub mod users;
pub mod sessions;
pub mod api_keys;
pub mod attributes;
pub mod profiles;
pub mod identifiers;
pub mod changes;
pub mod segments;
pub mod memberships;
pub mod transitions;
pub mod templates;
pub mod cursors;
pub mod leases;
pub mod jobs;
pub mod imports;
pub mod endpoints;
pub mod endpoint_secrets;
pub mod deliveries;
pub mod attempts;
pub mod idempotency;
mod cache;

#[cfg(feature = "testing")]
pub mod testing;
#[cfg(test)]
mod fixtures;

pub use api_keys::ApiKey;
pub use attempts::{Attempt, AttemptOutcome};
pub use cache::{Cache, CacheConfig};
pub use config::StoreConfig;
pub use cursor::{Cursor, CursorError};
pub use deliveries::{Delivery, DeliveryFilter, DeliveryState, DeliveryStatus};
pub use endpoint_secrets::{EndpointSecret, Sealed};
pub use endpoints::{Endpoint, EndpointHealth, EndpointState};
pub use error::{StorageError, UniqueKey};
pub use heading::Heading;
pub use idempotency::Answer;
pub use imports::{Import, ImportReject, ImportState};
pub use jobs::{ClaimedJob, Job, JobState};
pub use leases::Lease;
pub use memberships::Membership;
pub use page::{LIST_MAX, Page};
pub use secret::SecretHash;
pub use segments::Segment;
pub use sessions::Session;
pub use settings::Settings;
pub use store::{Db, SchemaState, Store, Tx, sqlite_version};
pub use templates::Template;
pub use transitions::{Transition, TransitionKind};
pub use users::{Member, Role, User};
pub use wakeups::{Topic, Wakeups};
pub use workspaces::Workspace;
