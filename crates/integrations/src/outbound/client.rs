//! The client behind every outbound call: no redirect, no proxy, no decoding, one limit of time around
//! everything, one limit on what is read.

use std::error::Error as _;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Response;
use reqwest::header::{ACCEPT_ENCODING, HeaderMap, HeaderValue};
use reqwest::redirect::Policy;
use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};
use tokio::time::{Instant, sleep_until};

use super::guard::Guard;
use super::resolver::GuardedResolver;
use super::target::Target;
use super::threads::Threads;

/// Most bytes of an answer that are read; then the connection is closed.
pub const ANSWER_BYTES_MAX: usize = 16 * 1024;
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// Below the 5 seconds after which many servers close a connection that rests.
const IDLE_TIMEOUT: Duration = Duration::from_secs(4);
const IDLE_PER_HOST_MAX: usize = 2;
const ANSWER_HEADERS_MAX: usize = 64;
/// How long it takes at least to say that a target cannot be reached. A refused address, a closed port
/// and a name nobody knows are told alike, so that nobody maps our network by our haste.
const UNREACHABLE_AFTER: Duration = Duration::from_millis(250);

/// How calls go out.
#[derive(Clone, Debug)]
pub struct OutboundConfig {
    /// What may be reached.
    pub guard: Guard,
    /// The name server to ask; `None` asks those of the system.
    pub dns: Option<SocketAddr>,
    /// The longest a call may take, from looking the name up to the last byte of the answer.
    pub timeout: Duration,
}

/// The client could not be made.
#[derive(Debug, thiserror::Error)]
pub enum OutboundError {
    /// The system's name servers cannot be read, or TLS cannot be set up.
    #[error("the system's settings for {what} cannot be used")]
    System {
        /// What they are for.
        what: &'static str,
        /// Why.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// What is posted.
#[derive(Clone, Debug, Default)]
pub struct Parcel {
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// The header `retry-after`, when there is one of text.
    pub retry_after: Option<String>,
    /// The first [`ANSWER_BYTES_MAX`] bytes of the body.
    pub body: Vec<u8>,
}

/// Why nothing came back. Nothing here says more than whoever gave the target may know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Failure {
    /// No connection: refused by us or by the other side, or a name without an address.
    Unreachable,
    /// There is a server, but no TLS with it that can be trusted.
    Tls,
    /// Not answered in time.
    Timeout,
    /// The connection broke, or what came over it was not HTTP.
    BrokenAnswer,
}

/// The client behind every outbound call. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Outbound {
    caller: Arc<Caller>,
    threads: Arc<Threads>,
    timeout: Duration,
    trusts_anyone: bool,
}

#[derive(Debug)]
struct Caller {
    http: reqwest::Client,
    guard: Guard,
}

impl Outbound {
    /// A client.
    ///
    /// # Errors
    /// [`OutboundError`] when the system's name servers cannot be read, or TLS cannot be set up.
    pub fn new(config: OutboundConfig) -> Result<Self, OutboundError> {
        let system =
            |what| move |source: Box<dyn std::error::Error + Send + Sync>| OutboundError::System { what, source };
        let resolver = GuardedResolver::new(config.guard.clone(), config.dns)
            .map_err(|error| system("name servers")(Box::new(error)))?;
        let authorities = authorities();
        let trusts_anyone = !authorities.is_empty();
        let tls = tls_config(authorities).map_err(|error| system("TLS")(Box::new(error)))?;
        let http = reqwest::Client::builder()
            .user_agent(concat!("Attrium/", env!("CARGO_PKG_VERSION")))
            .dns_resolver(Arc::new(resolver))
            .tls_backend_preconfigured(tls)
            .https_only(!config.guard.allow_http)
            .redirect(Policy::none())
            .referer(false)
            .no_proxy()
            .http1_only()
            .http1_max_headers(ANSWER_HEADERS_MAX)
            .connect_timeout(CONNECT_TIMEOUT)
            .pool_idle_timeout(IDLE_TIMEOUT)
            .pool_max_idle_per_host(IDLE_PER_HOST_MAX)
            .build()
            .map_err(|error| system("HTTP")(Box::new(error)))?;
        let threads = Threads::start().map_err(|error| system("threads")(Box::new(error)))?;
        let caller = Arc::new(Caller { http, guard: config.guard });
        Ok(Self { caller, threads: Arc::new(threads), timeout: config.timeout, trusts_anyone })
    }

    /// What may be reached: how a [`Target`] for this client is read.
    pub fn guard(&self) -> &Guard {
        &self.caller.guard
    }

    /// Whether the system names a certificate authority; without one no https target can be reached.
    pub fn trusts_anyone(&self) -> bool {
        self.trusts_anyone
    }

    /// Posts once: nothing is followed, nothing is tried again.
    ///
    /// # Errors
    /// [`Failure`] when there was no answer.
    pub async fn post(&self, target: &Target, parcel: Parcel) -> Result<Answer, Failure> {
        let began = Instant::now();
        let call = Arc::clone(&self.caller).post(target.clone(), parcel);
        let outcome = self.threads.run(call, self.timeout).await.unwrap_or(Err(Failure::Timeout));
        if outcome == Err(Failure::Unreachable) {
            sleep_until(began + UNREACHABLE_AFTER).await;
        }
        outcome
    }
}

impl Caller {
    async fn post(self: Arc<Self>, target: Target, mut parcel: Parcel) -> Result<Answer, Failure> {
        parcel.headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        let request = self.http.post(target.url().clone()).headers(parcel.headers).body(parcel.body);
        let mut response = request.send().await.map_err(|error| failure_of(&error))?;
        // The resolver has seen to this already: a second lock on the same door.
        let is_permitted = response.remote_addr().is_some_and(|peer| self.guard.permits(peer.ip()));
        if !is_permitted {
            return Err(Failure::Unreachable);
        }
        let status = response.status().as_u16();
        let retry_after =
            response.headers().get("retry-after").and_then(|value| value.to_str().ok()).map(str::to_owned);
        let body = body_of(&mut response).await?;
        Ok(Answer { status, retry_after, body })
    }
}

/// The beginning of the body. One that breaks off is a broken answer, whatever its status was.
async fn body_of(response: &mut Response) -> Result<Vec<u8>, Failure> {
    let mut body = Vec::new();
    while body.len() < ANSWER_BYTES_MAX {
        match response.chunk().await.map_err(|error| failure_of(&error))? {
            Some(chunk) => body.extend_from_slice(&chunk),
            None => break,
        }
    }
    body.truncate(ANSWER_BYTES_MAX);
    Ok(body)
}

fn failure_of(error: &reqwest::Error) -> Failure {
    if error.source().is_some_and(is_tls) {
        Failure::Tls
    } else if error.is_connect() {
        Failure::Unreachable
    } else if error.is_timeout() {
        Failure::Timeout
    } else {
        Failure::BrokenAnswer
    }
}

/// TLS errors travel inside I/O errors, whose `source` passes over what they hold.
fn is_tls(error: &(dyn std::error::Error + 'static)) -> bool {
    let held = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
    error.is::<rustls::Error>() || held.is_some_and(|held| is_tls(held)) || error.source().is_some_and(is_tls)
}

/// The certificate authorities that the system trusts, as far as they can be read.
fn authorities() -> RootCertStore {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    roots
}

/// TLS by the one provider of this house, whatever the process has set.
fn tls_config(roots: RootCertStore) -> Result<ClientConfig, rustls::Error> {
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(config)
}

#[cfg(test)]
mod tests;
