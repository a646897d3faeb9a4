//! Values that storage keeps and that have no rules of their own: the gateway wraps them from here.

pub use attrium_storage::api_keys::ApiKey;
pub use attrium_storage::endpoints::{Endpoint, EndpointHealth, EndpointState};
pub use attrium_storage::imports::{Import, ImportReject, ImportState};
pub use attrium_storage::memberships::Membership;
pub use attrium_storage::segments::Segment;
pub use attrium_storage::templates::Template;
pub use attrium_storage::transitions::{Transition, TransitionKind};
pub(crate) use attrium_storage::users::Member;
pub use attrium_storage::users::{Role, User};
pub use attrium_storage::workspaces::Workspace;
