//! A URL that may be called: its form, its scheme, its port and, when it names one, its address.

use std::fmt;
use std::net::IpAddr;

use url::{Host, Url};

use super::guard::Guard;

/// Doors of databases, caches and machinery: no receiver of messages stands there.
const PORTS_REFUSED: [u16; 22] = [
    1433, 1521, 2049, 2375, 2376, 2379, 2380, 3306, 3389, 5432, 5672, 5984, 6379, 9042, 9092, 9200, 9300, 10250, 10255,
    11211, 27017, 50070,
];
/// The first port that is not reserved for the system's own services.
const FIRST_FREE_PORT: u16 = 1024;

/// Why a text is not a URL that may be called. Written for whoever gave it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TargetError {
    /// It does not read as a URL, or reads as another one than it seems.
    #[error("this is not a URL such as https://example.com/hooks")]
    Malformed,
    /// Longer than [`Target::BYTES_MAX`].
    #[error("a URL has at most {} bytes", Target::BYTES_MAX)]
    TooLong,
    /// Neither `https` nor, where allowed, `http`.
    #[error("a URL must begin with {}", if *.allow_http { "https:// or http://" } else { "https://" })]
    Scheme {
        /// Whether `http` would do.
        allow_http: bool,
    },
    /// A user name or password.
    #[error("a URL must not hold a user name or password")]
    UserInfo,
    /// A fragment, which no server ever sees.
    #[error("a URL must not have a part behind #")]
    Fragment,
    /// A port that is never a receiver's.
    #[error("port {port} cannot be used; use 443, 80, or one from 1024 that no database listens on")]
    Port {
        /// Which.
        port: u16,
    },
    /// An address of a private or special network.
    #[error("this address is not a public one")]
    Address,
}

/// A URL that may be called.
#[derive(Clone, PartialEq, Eq)]
pub struct Target {
    url: Url,
}

impl Target {
    /// Most bytes of a URL.
    pub const BYTES_MAX: usize = 2_048;

    /// Reads a URL. A name in it is not looked up: that happens when it is called, each time.
    ///
    /// # Errors
    /// [`TargetError`] when it must not be called.
    pub fn parse(text: &str, guard: &Guard) -> Result<Self, TargetError> {
        if Self::BYTES_MAX < text.len() {
            return Err(TargetError::TooLong);
        }
        // The URL standard drops some of these silently, and turns `\` into `/`.
        if text.chars().any(|letter| letter.is_whitespace() || letter.is_control() || letter == '\\') {
            return Err(TargetError::Malformed);
        }
        let url = Url::parse(text).map_err(|_| TargetError::Malformed)?;
        let is_scheme = url.scheme() == "https" || (guard.allow_http && url.scheme() == "http");
        if !is_scheme {
            return Err(TargetError::Scheme { allow_http: guard.allow_http });
        }
        // `https://@host` has empty ones, which the parser forgets.
        let authority = text.split('/').nth(2).unwrap_or_default();
        if authority.contains('@') || !url.username().is_empty() || url.password().is_some() {
            return Err(TargetError::UserInfo);
        }
        if url.fragment().is_some() {
            return Err(TargetError::Fragment);
        }
        check_port(url.port_or_known_default().unwrap_or_default())?;
        // A resolver never sees these: whoever connects would go straight there.
        let address = match url.host() {
            Some(Host::Ipv4(address)) => Some(IpAddr::V4(address)),
            Some(Host::Ipv6(address)) => Some(IpAddr::V6(address)),
            Some(Host::Domain(_)) => None,
            None => return Err(TargetError::Malformed),
        };
        if address.is_some_and(|address| !guard.permits(address)) {
            return Err(TargetError::Address);
        }
        Ok(Self { url })
    }

    pub(super) fn url(&self) -> &Url {
        &self.url
    }
}

fn check_port(port: u16) -> Result<(), TargetError> {
    let is_open = matches!(port, 80 | 443) || (FIRST_FREE_PORT <= port && !PORTS_REFUSED.contains(&port));
    if is_open { Ok(()) } else { Err(TargetError::Port { port }) }
}

/// Paths and queries of webhooks often hold a secret, so only the origin shows.
impl fmt::Debug for Target {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Target({})", self.url.origin().ascii_serialization())
    }
}

#[cfg(test)]
mod tests;
