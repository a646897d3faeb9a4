//! Names what a team knows about its customers: attribute definitions, values and their types,
//! profiles, and the changes that alter them. See the README for the crate used alone.
//!
//! Deliberately absent: I/O, clocks, randomness, and any rule language. The first type to read is
//! [`AttributeDefinition`].
#![cfg_attr(doctest, doc = include_str!("../README.md"))]

pub mod id;
pub mod time;
pub mod suggest;

mod decimal;
mod value_type;
mod format;
mod hidden;
mod value;
mod parse;
mod definition;
mod attribute_schema;
mod profile;
mod change;
mod infer;

pub use attribute_schema::{ATTRIBUTES_MAX, AttributeSchema};
pub use change::{AttributeChange, Change, ChangeKind, Edit, Operation, Stamp, apply, unborn};
pub use decimal::{DecimalError, decimal_to_text, parse_decimal};
pub use definition::{AttributeDefinition, AttributeDraft, AttributeKey, DefinitionProblem, KeyError, PrivacyClass};
pub use format::{Format, FormatKind, FormatProblem};
pub use hidden::HiddenCharacter;
pub use id::{
    ApiKeyId, AttributeId, DeliveryId, EndpointId, IdError, ImportId, JobId, ProfileId, SegmentId, SessionId,
    TemplateId, UserId, WorkspaceId,
};
pub use infer::{ColumnGuess, ColumnObserver, keys_from_headers};
pub use parse::{LIST_ITEMS_MAX, TEXT_BYTES_MAX, ValueProblem};
pub use profile::{Actor, Held, Identifier, IdentifierError, IdentifierKind, Profile, Source};
pub use rust_decimal::Decimal;
pub use time::{Date, TimeZone, Timestamp, TimestampError};
pub use value::{GeoPoint, Scalar, Value};
pub use value_type::{ScalarType, ValueType, ValueTypeError};
