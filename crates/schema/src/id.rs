//! Typed ids. Each entity has its own type; outside the database an id is spelled as a
//! [TypeID](https://github.com/jetify-com/typeid/tree/main/spec) (version 0.3): a prefix, `_`, and the
//! UUID in 26 characters of Crockford's base 32, so that text sorts as the UUID does.
//!
//! Making new ids is not done here: ids enter as values.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const SUFFIX_CHARS: usize = 26;

/// Why a text is not an id of the wanted kind.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// The text carries the prefix of another kind, or none.
    #[error("an id that begins with `{expected}_` was expected")]
    WrongKind {
        /// The prefix of the wanted kind.
        expected: &'static str,
    },
    /// What follows the prefix is not 26 characters of base 32.
    #[error("the part after `{prefix}_` must be 26 characters of base 32")]
    BadSuffix {
        /// The prefix of the wanted kind.
        prefix: &'static str,
    },
}

fn encode(uuid: Uuid, prefix: &str) -> String {
    let bits = uuid.as_u128();
    let mut text = String::with_capacity(prefix.len() + 1 + SUFFIX_CHARS);
    text.push_str(prefix);
    text.push('_');
    for place in (0..SUFFIX_CHARS).rev() {
        let digit = usize::try_from((bits >> (5 * place)) & 31).expect("five bits fit in a usize");
        text.push(char::from(ALPHABET[digit]));
    }
    text
}

fn decode(text: &str, prefix: &'static str) -> Result<Uuid, IdError> {
    let suffix = text
        .strip_prefix(prefix)
        .and_then(|rest| rest.strip_prefix('_'))
        .ok_or(IdError::WrongKind { expected: prefix })?
        .as_bytes();
    // 26 characters hold 130 bits: the first may only be 0 to 7.
    if suffix.len() != SUFFIX_CHARS || b'7' < suffix[0] {
        return Err(IdError::BadSuffix { prefix });
    }
    let mut bits: u128 = 0;
    for byte in suffix {
        let digit = ALPHABET.iter().position(|letter| letter == byte).ok_or(IdError::BadSuffix { prefix })?;
        bits = (bits << 5) | digit as u128;
    }
    Ok(Uuid::from_u128(bits))
}

macro_rules! typed_id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// What its text form begins with, before the underscore.
            pub const PREFIX: &'static str = $prefix;

            /// The id with this UUID.
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The UUID inside: what a database row holds.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(&encode(self.0, Self::PREFIX))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, out)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                decode(text, Self::PREFIX).map(Self)
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

typed_id!(
    /// A tenant.
    WorkspaceId, "ws"
);
typed_id!(
    /// One customer.
    ProfileId, "prof"
);
typed_id!(
    /// One attribute definition.
    AttributeId, "attr"
);
typed_id!(
    /// One segment.
    SegmentId, "seg"
);
typed_id!(
    /// One message template.
    TemplateId, "tmpl"
);
typed_id!(
    /// One import of a file.
    ImportId, "imp"
);
typed_id!(
    /// One job.
    JobId, "job"
);
typed_id!(
    /// Someone who signs in to the dashboard.
    UserId, "user"
);
typed_id!(
    /// One sign-in of a user.
    SessionId, "sess"
);
typed_id!(
    /// One API key.
    ApiKeyId, "key"
);
typed_id!(
    /// One webhook endpoint.
    EndpointId, "ep"
);
typed_id!(
    /// One delivery to an endpoint.
    DeliveryId, "dlv"
);

#[cfg(test)]
mod tests;
