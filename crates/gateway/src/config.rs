//! The configuration: embedded defaults, then `attrium.toml`, then `ATTRIUM_…` of the environment,
//! then flags. This is the only place that reads the environment.
//!
//! The defaults file is also the list of all settings: a key that is not in it is refused, with its
//! name and where it came from. Messages never print a value, because it may be a secret.

mod check;
mod layers;

#[cfg(test)]
mod tests;

use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use attrium_engine::SecretKeys;
use attrium_engine::webhooks::WebhooksConfig;
use ipnet::IpNet;
use secrecy::SecretString;

pub use layers::{Environment, Setting, Sources};

/// The commented defaults, as shipped.
pub const DEFAULTS: &str = include_str!("config/attrium.default.toml");

/// What the server is run for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// Real customers: no introspection, cookies only over HTTPS.
    Production,
    /// Trying things out on one machine.
    Development,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// Pretty on a terminal, JSON elsewhere.
    Auto,
    /// Lines for people.
    Pretty,
    /// One JSON object a line.
    Json,
}

/// Where log lines go through.
#[derive(Clone, Debug)]
pub struct LogConfig {
    /// How they look.
    pub format: LogFormat,
    /// Which are written, as `tracing_subscriber::EnvFilter` reads it.
    pub filter: String,
}

/// Bounds of the HTTP server, and whom it believes.
#[derive(Clone, Debug)]
pub struct HttpConfig {
    /// Requests worked on at once.
    pub in_flight_max: usize,
    /// Connections open at once.
    pub connections_max: usize,
    /// Connections open at once from one address; trusted proxies may have all.
    pub connections_per_address_max: usize,
    /// How long a request may take.
    pub timeout: Duration,
    /// How long a connection may take for its first byte, then for a request head, and to go on reading an answer.
    pub header_timeout: Duration,
    /// Wait between "not ready" and the last accepted connection.
    pub drain: Duration,
    /// How long requests in flight have after that.
    pub shutdown: Duration,
    /// Networks of proxies that say truly where a request comes from.
    pub trusted_proxies: Vec<IpNet>,
}

/// Numbers for Prometheus.
#[derive(Clone, Debug)]
pub struct MetricsConfig {
    /// An address of their own, or `None` for the server's, which gives them to this machine alone.
    pub listen: Option<SocketAddr>,
}

/// Where hot profiles are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CacheMode {
    /// In Redis where there is one, else in memory.
    Auto,
    /// Nowhere.
    Off,
}

/// How hot profiles are kept.
#[derive(Clone, Copy, Debug)]
pub struct CacheSettings {
    /// Where.
    pub profiles: CacheMode,
    /// Most megabytes of them in the memory of this process.
    pub memory_mb: usize,
}

/// How jobs are worked on.
#[derive(Clone, Debug)]
pub struct JobsConfig {
    /// How long a claimed job belongs to its worker.
    pub lease: Duration,
}

/// All settings, checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// What the server is run for.
    pub profile: Profile,
    /// Where it listens.
    pub listen: SocketAddr,
    /// Its database; holds a password.
    pub database_url: SecretString,
    /// The Redis that nodes share, or `None`; may hold a password.
    pub redis_url: Option<SecretString>,
    /// Whether the server brings the tables up to date when it starts.
    pub migrates_at_start: bool,
    /// The origin people's browsers see, or `None` for what the `Host` header says.
    pub public_url: Option<String>,
    /// What secrets are sealed by; there may be none.
    pub secret_keys: SecretKeys,
    /// Log lines.
    pub log: LogConfig,
    /// The HTTP server.
    pub http: HttpConfig,
    /// Hot profiles.
    pub cache: CacheSettings,
    /// Background work.
    pub jobs: JobsConfig,
    /// Numbers for Prometheus.
    pub metrics: MetricsConfig,
    /// How webhooks go out.
    pub webhooks: WebhooksConfig,
}

impl Config {
    /// The folder of the SQLite file, or `None` for a database elsewhere.
    pub fn data_folder(&self) -> Option<PathBuf> {
        use secrecy::ExposeSecret as _;
        let path = self.database_url.expose_secret().strip_prefix("sqlite:")?;
        let path = path.strip_prefix("//").unwrap_or(path);
        let file = path.split('?').next().unwrap_or(path);
        Some(match Path::new(file).parent() {
            Some(folder) if folder.as_os_str().is_empty() => PathBuf::from("."),
            Some(folder) => folder.to_owned(),
            None => PathBuf::from("."),
        })
    }
}

/// One thing that is wrong with the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The setting, as `section.key`.
    pub key: String,
    /// Where it was set: a file, a variable, a flag.
    pub origin: String,
    /// What is wrong, in a sentence fragment that never holds the value.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} (from {}): {}", self.key, self.origin, self.message)
    }
}

/// Why there is no configuration to run with: every fault that was found.
#[derive(Debug)]
pub struct ConfigError {
    /// At least one.
    pub faults: Vec<Fault>,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the configuration is not usable")?;
        self.faults.iter().try_for_each(|fault| write!(out, "\n  {fault}"))
    }
}

impl std::error::Error for ConfigError {}

/// Puts the layers together and checks the result.
///
/// # Errors
/// [`ConfigError`] with every fault: unknown keys, wrong types, values out of range.
pub fn load(sources: &Sources) -> Result<Config, ConfigError> {
    let (raw, settings) = layers::merge(sources)?;
    check::check(&raw, &settings)
}

/// Every setting in force with where it came from, secrets redacted, sorted by section and key.
///
/// # Errors
/// As [`load`].
pub fn effective(sources: &Sources) -> Result<Vec<Setting>, ConfigError> {
    let (raw, settings) = layers::merge(sources)?;
    check::check(&raw, &settings)?;
    Ok(settings)
}
