//! Operations that go on: GraphQL over WebSocket (`/graphql/ws`) and as event streams (`/graphql/stream`).
//!
//! Both protocols carry the same operations (`operations`), run for a caller who is known, and end when that
//! caller is shut out or the server closes. Nothing waits in a queue of ours: an event is made when the one
//! before it has been sent, and whoever reads too slowly is told by the engine that they missed some.

mod operations;
mod places;
mod protocol;
mod reservations;
mod socket;
mod stream;

pub(super) use self::places::Places;
pub(super) use self::reservations::Reservations;
pub(super) use self::socket::open as open_socket;
pub(super) use self::stream::{open, post, reserve, stop};
