//! The meaning of each setting: what was written becomes a type, or a fault.

use std::net::{IpAddr, SocketAddr};
use std::ops::RangeInclusive;
use std::time::Duration;

use attrium_engine::SecretKeys;
use attrium_engine::webhooks::{Guard, Schedule, WebhooksConfig};
use ipnet::IpNet;
use secrecy::SecretString;

use super::layers::{Raw, RawWebhooks, Setting};
use super::{
    CacheMode, CacheSettings, Config, ConfigError, Fault, HttpConfig, JobsConfig, LogConfig, LogFormat, MetricsConfig,
    Profile,
};

/// Gathers faults while values are read, so that all are reported together.
struct Checker<'a> {
    settings: &'a [Setting],
    faults: Vec<Fault>,
}

pub(super) fn check(raw: &Raw, settings: &[Setting]) -> Result<Config, ConfigError> {
    let mut checker = Checker { settings, faults: Vec::new() };
    let config = Config {
        profile: checker.profile(&raw.profile),
        listen: checker.address("listen", &raw.listen),
        database_url: checker.database_url(&raw.database_url),
        redis_url: checker.redis_url(&raw.redis_url),
        migrates_at_start: raw.migrates_at_start,
        public_url: checker.public_url(&raw.public_url),
        log: LogConfig { format: checker.log_format(&raw.log.format), filter: checker.log_filter(&raw.log.filter) },
        http: HttpConfig {
            in_flight_max: checker.count("http.in_flight_max", raw.http.in_flight_max, 1..=100_000),
            connections_max: checker.count("http.connections_max", raw.http.connections_max, 1..=1_000_000),
            connections_per_address_max: checker.count(
                "http.connections_per_address_max",
                raw.http.connections_per_address_max,
                1..=1_000_000,
            ),
            timeout: checker.seconds("http.timeout_s", raw.http.timeout_s, 1..=600),
            header_timeout: checker.seconds("http.header_timeout_s", raw.http.header_timeout_s, 1..=60),
            drain: checker.seconds("http.drain_s", raw.http.drain_s, 0..=60),
            shutdown: checker.seconds("http.shutdown_s", raw.http.shutdown_s, 1..=600),
            trusted_proxies: checker.networks("http.trusted_proxies", &raw.http.trusted_proxies),
        },
        metrics: MetricsConfig { listen: checker.metrics_listen(&raw.metrics.listen) },
        cache: CacheSettings {
            profiles: checker.cache_mode(&raw.cache.profiles),
            memory_mb: checker.count("cache.memory_mb", raw.cache.memory_mb, 1..=1_000_000),
        },
        jobs: JobsConfig { lease: checker.seconds("jobs.lease_s", raw.jobs.lease_s, 1..=3_600) },
        secret_keys: checker.secret_keys(&raw.secret_key),
        webhooks: checker.webhooks(&raw.webhooks),
    };
    if checker.faults.is_empty() { Ok(config) } else { Err(ConfigError { faults: checker.faults }) }
}

impl Checker<'_> {
    fn fault(&mut self, key: &str, message: impl Into<String>) {
        let origin = self
            .settings
            .iter()
            .find(|setting| setting.key == key)
            .map_or_else(|| "the defaults".to_owned(), |setting| setting.origin.clone());
        self.faults.push(Fault { key: key.to_owned(), origin, message: message.into() });
    }

    fn profile(&mut self, text: &str) -> Profile {
        match text {
            "production" => Profile::Production,
            "development" => Profile::Development,
            _ => {
                self.fault("profile", "must be production or development");
                Profile::Production
            }
        }
    }

    fn address(&mut self, key: &str, text: &str) -> SocketAddr {
        text.parse().unwrap_or_else(|_| {
            self.fault(key, "must be an address and a port, such as 127.0.0.1:8080");
            SocketAddr::from(([127, 0, 0, 1], 0))
        })
    }

    fn metrics_listen(&mut self, text: &str) -> Option<SocketAddr> {
        (!text.is_empty()).then(|| self.address("metrics.listen", text))
    }

    /// Each an address, or a network as `10.0.0.0/8`.
    fn networks(&mut self, key: &str, texts: &[String]) -> Vec<IpNet> {
        let network = |text: &String| text.parse().or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
        let read: Result<Vec<IpNet>, _> = texts.iter().map(network).collect();
        read.unwrap_or_else(|_| {
            self.fault(key, "must list addresses or networks, such as 10.0.0.0/8");
            Vec::new()
        })
    }

    /// The current key, and perhaps former ones behind commas.
    fn secret_keys(&mut self, text: &str) -> SecretKeys {
        let texts = text.split(',').map(str::trim).filter(|key| !key.is_empty());
        SecretKeys::parse(&texts.map(SecretString::from).collect::<Vec<_>>()).unwrap_or_else(|error| {
            self.fault("secret_key", error.to_string());
            SecretKeys::default()
        })
    }

    fn webhooks(&mut self, raw: &RawWebhooks) -> WebhooksConfig {
        let schedule = Schedule::new(&raw.retry_schedule_s).unwrap_or_else(|error| {
            self.fault("webhooks.retry_schedule_s", error.to_string());
            Schedule::default()
        });
        let allow_cidrs = self.networks("webhooks.allow_cidrs", &raw.allow_cidrs);
        let dns = (!raw.dns.is_empty()).then(|| self.address("webhooks.dns", &raw.dns));
        let guard = Guard { allow_http: raw.allow_http, allow_cidrs };
        WebhooksConfig { schedule, guard, dns, ..WebhooksConfig::default() }
    }

    fn database_url(&mut self, text: &str) -> SecretString {
        let is_known = ["sqlite:", "postgres://", "postgresql://"].iter().any(|scheme| text.starts_with(scheme));
        if !is_known {
            self.fault("database_url", "must begin with sqlite:// or postgres://");
        }
        SecretString::from(text.to_owned())
    }

    fn redis_url(&mut self, text: &str) -> Option<SecretString> {
        if text.is_empty() {
            return None;
        }
        if !["redis://", "rediss://"].iter().any(|scheme| text.starts_with(scheme)) {
            self.fault("redis_url", "must begin with redis:// or rediss://");
        }
        Some(SecretString::from(text.to_owned()))
    }

    fn cache_mode(&mut self, text: &str) -> CacheMode {
        match text {
            "auto" => CacheMode::Auto,
            "off" => CacheMode::Off,
            _ => {
                self.fault("cache.profiles", "must be auto or off");
                CacheMode::Auto
            }
        }
    }

    fn public_url(&mut self, text: &str) -> Option<String> {
        if text.is_empty() {
            return None;
        }
        let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        if host.is_none_or(|host| host.is_empty() || host.contains('/')) {
            self.fault("public_url", "must be https:// or http:// and a host, without a path");
        }
        Some(text.to_owned())
    }

    fn log_format(&mut self, text: &str) -> LogFormat {
        match text {
            "auto" => LogFormat::Auto,
            "pretty" => LogFormat::Pretty,
            "json" => LogFormat::Json,
            _ => {
                self.fault("log.format", "must be auto, pretty or json");
                LogFormat::Auto
            }
        }
    }

    fn log_filter(&mut self, text: &str) -> String {
        if text.parse::<tracing_subscriber::EnvFilter>().is_err() {
            self.fault("log.filter", "must be a level such as info, or levels per module");
        }
        text.to_owned()
    }

    fn count(&mut self, key: &str, number: i64, bounds: RangeInclusive<i64>) -> usize {
        if !bounds.contains(&number) {
            self.fault(key, format!("must be {} to {}", bounds.start(), bounds.end()));
        }
        usize::try_from(number).unwrap_or_default()
    }

    fn seconds(&mut self, key: &str, number: i64, bounds: RangeInclusive<i64>) -> Duration {
        if !bounds.contains(&number) {
            self.fault(key, format!("must be {} to {} seconds", bounds.start(), bounds.end()));
        }
        Duration::from_secs(u64::try_from(number).unwrap_or_default())
    }
}
