//! The one door out: every call that Attrium makes to an address someone gave goes through here.
//!
//! Such an address may point anywhere, into the house too. So a [`Target`] is a URL that was checked, the
//! resolver refuses a name of which any address is not public, and the socket's other end is looked at
//! once more. Deliberately absent: what is sent, and what an answer means.

mod client;
mod guard;
mod resolver;
mod target;
mod threads;

pub use client::{ANSWER_BYTES_MAX, Answer, Failure, Outbound, OutboundConfig, OutboundError, Parcel};
pub use guard::Guard;
pub use ipnet::IpNet as Cidr;
pub use target::{Target, TargetError};
