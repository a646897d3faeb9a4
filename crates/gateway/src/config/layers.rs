//! Merging the layers, and knowing for each setting which layer it came from.

use std::path::PathBuf;

use figment::providers::{Format as _, Toml};
use figment::value::{Dict, Map, Value};
use figment::{Figment, Metadata, Profile, Provider};
use serde::Deserialize;

use super::{ConfigError, DEFAULTS, Fault};

/// Variables of the environment, name and value.
#[derive(Clone, Debug, Default)]
pub struct Environment(pub Vec<(String, String)>);

const PREFIX: &str = "ATTRIUM_";
/// Read by tests and by `--config`, and no settings.
const NOT_SETTINGS: [&str; 2] = ["ATTRIUM_TEST_", "ATTRIUM_CONFIG"];
/// The file that is read when none is named.
const FILE: &str = "attrium.toml";

impl Environment {
    /// The variables of this process that are meant for Attrium.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    pub fn of_process() -> Self {
        Self(std::env::vars().filter(|(name, _)| name.starts_with(PREFIX)).collect())
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Everything a configuration is made from.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// What a command would rather have than the defaults: the setting and its value.
    pub presets: Vec<(&'static str, String)>,
    /// The file named by `--config`; it must exist.
    pub file: Option<PathBuf>,
    /// The environment.
    pub environment: Environment,
    /// Flags of the command line: the flag, the setting it means, its value.
    pub flags: Vec<(&'static str, &'static str, String)>,
}

/// One setting in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its name, as `section.key`.
    pub key: String,
    /// Its value as TOML, without secrets.
    pub value: String,
    /// Where it was set.
    pub origin: String,
}

/// The settings as they are written; the names are those of the defaults file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Raw {
    pub(super) profile: String,
    pub(super) listen: String,
    pub(super) database_url: String,
    pub(super) redis_url: String,
    pub(super) migrates_at_start: bool,
    pub(super) public_url: String,
    pub(super) secret_key: String,
    pub(super) log: RawLog,
    pub(super) http: RawHttp,
    pub(super) cache: RawCache,
    pub(super) jobs: RawJobs,
    pub(super) metrics: RawMetrics,
    pub(super) webhooks: RawWebhooks,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLog {
    pub(super) format: String,
    pub(super) filter: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawHttp {
    pub(super) in_flight_max: i64,
    pub(super) connections_max: i64,
    pub(super) connections_per_address_max: i64,
    pub(super) timeout_s: i64,
    pub(super) header_timeout_s: i64,
    pub(super) drain_s: i64,
    pub(super) shutdown_s: i64,
    pub(super) trusted_proxies: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCache {
    pub(super) profiles: String,
    pub(super) memory_mb: i64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawJobs {
    pub(super) lease_s: i64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawMetrics {
    pub(super) listen: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawWebhooks {
    pub(super) retry_schedule_s: Vec<u64>,
    pub(super) allow_http: bool,
    pub(super) allow_cidrs: Vec<String>,
    pub(super) dns: String,
}

/// Variables or flags as a layer: dotted keys and their texts, typed as the defaults are.
struct Texts {
    metadata: Metadata,
    settings: Vec<(String, String)>,
    defaults: Value,
}

impl Provider for Texts {
    fn metadata(&self) -> Metadata {
        self.metadata.clone()
    }

    fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
        let mut dict = Dict::new();
        for (key, text) in &self.settings {
            let parts: Vec<&str> = key.split('.').collect();
            insert(&mut dict, &parts, self.typed(key, text));
        }
        Ok(Profile::Default.collect(dict))
    }
}

impl Texts {
    /// A text stays a text unless the setting is none: an all-digit password is no number.
    fn typed(&self, key: &str, text: &str) -> Value {
        match self.defaults.find_ref(key) {
            Some(Value::Array(_, defaults)) => {
                let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
                Value::from(items.map(|item| as_default(defaults.first(), item)).collect::<Vec<_>>())
            }
            default => as_default(default, text),
        }
    }
}

/// A text as a value of its default's type.
fn as_default(default: Option<&Value>, text: &str) -> Value {
    match default {
        Some(Value::Num(..)) => text.parse::<i64>().map_or_else(|_| Value::from(text), Value::from),
        Some(Value::Bool(..)) => text.parse::<bool>().map_or_else(|_| Value::from(text), Value::from),
        _ => Value::from(text),
    }
}

fn insert(dict: &mut Dict, parts: &[&str], value: Value) {
    match parts {
        [] => {}
        [key] => {
            dict.insert((*key).to_owned(), value);
        }
        [section, rest @ ..] => {
            let inner = dict.entry((*section).to_owned()).or_insert_with(|| Value::from(Dict::new()));
            if let Value::Dict(_, inner) = inner {
                insert(inner, rest, value);
            }
        }
    }
}

pub(super) fn merge(sources: &Sources) -> Result<(Raw, Vec<Setting>), ConfigError> {
    let figment = Figment::from(Toml::string(DEFAULTS));
    let defaults = Value::from(dict_of(&figment)?);
    let presets = sources.presets.iter().map(|(key, text)| ((*key).to_owned(), text.clone())).collect();
    let presets = Texts { metadata: Metadata::named("the command"), settings: presets, defaults: defaults.clone() };
    let figment = merge_file(figment.merge(presets), sources)?.merge(variables(&sources.environment, &defaults));
    let figment = sources.flags.iter().fold(figment, |figment, (flag, key, text)| {
        figment.merge(Texts {
            metadata: Metadata::named(*flag),
            settings: vec![((*key).to_owned(), text.clone())],
            defaults: defaults.clone(),
        })
    });

    let merged = dict_of(&figment)?;
    let mut walk = Walk { figment: &figment, settings: Vec::new(), faults: Vec::new() };
    if let Value::Dict(_, defaults) = &defaults {
        walk.section("", &merged, defaults);
    }
    let Walk { settings, faults, .. } = walk;
    if !faults.is_empty() {
        return Err(ConfigError { faults });
    }
    let raw = figment.extract().map_err(|error| fault_of(&error))?;
    Ok((raw, settings))
}

fn merge_file(figment: Figment, sources: &Sources) -> Result<Figment, ConfigError> {
    let named = sources.file.clone().or_else(|| sources.environment.get("ATTRIUM_CONFIG").map(PathBuf::from));
    let is_named = named.is_some();
    let path = named.unwrap_or_else(|| PathBuf::from(FILE));
    if !path.is_file() {
        if !is_named {
            return Ok(figment);
        }
        let message = "there is no such file".to_owned();
        return Err(ConfigError {
            faults: vec![Fault { key: "config".to_owned(), origin: path.display().to_string(), message }],
        });
    }
    Ok(figment.merge(Toml::file_exact(path)))
}

fn variables(environment: &Environment, defaults: &Value) -> Texts {
    let settings = environment
        .0
        .iter()
        .filter(|(name, _)| !NOT_SETTINGS.iter().any(|prefix| name.starts_with(prefix)))
        .filter_map(|(name, value)| {
            let key = name.strip_prefix(PREFIX)?.to_lowercase().replace("__", ".");
            Some((key, value.clone()))
        })
        .collect();
    let metadata = Metadata::named("environment variable")
        .interpolater(|_, keys| format!("{PREFIX}{}", keys.join("__").to_uppercase()));
    Texts { metadata, settings, defaults: defaults.clone() }
}

fn dict_of(figment: &Figment) -> Result<Dict, ConfigError> {
    figment.extract().map_err(|error| fault_of(&error))
}

/// What the library says of a file it cannot read; a parser's excerpt is cut, as it may show a secret.
fn fault_of(error: &figment::Error) -> ConfigError {
    let origin = error.metadata.as_ref().map_or_else(|| "the configuration".to_owned(), origin_of_file);
    let text = error.kind.to_string();
    let place = text.lines().next().unwrap_or_default().trim_end_matches(':').to_owned();
    ConfigError { faults: vec![Fault { key: error.path.join("."), origin, message: place }] }
}

fn origin_of_file(metadata: &Metadata) -> String {
    match &metadata.source {
        Some(figment::Source::File(path)) => path.display().to_string(),
        Some(_) | None => metadata.name.to_string(),
    }
}

/// Compares what was merged with the defaults: every key must be there, with the same type.
struct Walk<'a> {
    figment: &'a Figment,
    settings: Vec<Setting>,
    faults: Vec<Fault>,
}

impl Walk<'_> {
    fn section(&mut self, path: &str, merged: &Dict, defaults: &Dict) {
        for (name, value) in merged {
            let key = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            match (value, defaults.get(name)) {
                (Value::Dict(_, inner), Some(Value::Dict(_, known))) => self.section(&key, inner, known),
                (_, None) => self.unknown(key, value),
                (Value::Num(..), Some(Value::Num(..)))
                | (Value::Bool(..), Some(Value::Bool(..)))
                | (Value::String(..), Some(Value::String(..)))
                | (Value::Array(..), Some(Value::Array(..))) => {
                    let setting = Setting { value: redacted(&key, value), origin: self.origin(&key), key };
                    self.settings.push(setting);
                }
                (_, Some(expected)) => self.fault(key, format!("must be {}", kind_of(expected))),
            }
        }
    }

    /// A section nobody knows is reported by each key in it, so that the message names what was typed.
    fn unknown(&mut self, key: String, value: &Value) {
        match value {
            Value::Dict(_, inner) if !inner.is_empty() => {
                for (name, value) in inner {
                    self.unknown(format!("{key}.{name}"), value);
                }
            }
            _ => self.fault(key, "is not a setting; `attrium config` lists those there are".to_owned()),
        }
    }

    fn fault(&mut self, key: String, message: String) {
        self.faults.push(Fault { origin: self.origin(&key), key, message });
    }

    fn origin(&self, key: &str) -> String {
        let Some(metadata) = self.figment.find_metadata(key) else { return "the defaults".to_owned() };
        match (&metadata.source, metadata.name.as_ref()) {
            (Some(figment::Source::File(path)), _) => path.display().to_string(),
            (_, "environment variable") => {
                let parts: Vec<&str> = key.split('.').collect();
                metadata.interpolate(&Profile::Default, &parts)
            }
            (_, "TOML source string") => "the defaults".to_owned(),
            (_, name) => name.to_owned(),
        }
    }
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Num(..) => "a whole number",
        Value::Bool(..) => "true or false",
        Value::Dict(..) => "a section with settings of its own",
        Value::Array(..) => "a list",
        _ => "a text",
    }
}

fn redacted(key: &str, value: &Value) -> String {
    match value {
        Value::String(_, text) if key == "secret_key" && !text.is_empty() => format!("{:?}", "***"),
        Value::String(_, text) if !text.is_empty() && (key == "database_url" || key == "redis_url") => {
            format!("{:?}", without_password(text))
        }
        Value::String(_, text) => format!("{text:?}"),
        Value::Bool(_, is_true) => is_true.to_string(),
        Value::Num(_, number) => number.to_i128().map(|number| number.to_string()).unwrap_or_default(),
        Value::Array(_, items) => {
            let items: Vec<String> = items.iter().map(|item| redacted(key, item)).collect();
            format!("[{}]", items.join(", "))
        }
        _ => String::new(),
    }
}

/// `postgres://ann:***@host/name?…`: everything that could hold a secret is starred.
fn without_password(url: &str) -> String {
    let (url, query) = url.split_once('?').map_or((url, ""), |(url, _)| (url, "?***"));
    let Some((scheme, rest)) = url.split_once("://") else { return "***".to_owned() };
    match rest.rsplit_once('@') {
        Some((user, host)) => {
            let name = user.split(':').next().unwrap_or_default();
            format!("{scheme}://{name}:***@{host}{query}")
        }
        None => format!("{scheme}://{rest}{query}"),
    }
}
