//! Formats: narrower shapes of text. A format checks a text and answers its one stored spelling.

use std::fmt;

use serde::{Deserialize, Serialize};

use countries::COUNTRIES;
use currencies::CURRENCIES;
use language::canonical_language;

mod countries;
mod currencies;
mod language;

/// Most options an error repeats.
const OPTIONS_SHOWN_MAX: usize = 10;

/// A narrower shape of text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Format {
    /// An e-mail address (a dot-atom, `@`, a domain with a dot; no quoted local part).
    Email,
    /// A phone number in E.164: `+` and 8 to 15 digits.
    Phone,
    /// An absolute http or https URL.
    Url,
    /// A country, ISO 3166-1 alpha-2, upper case.
    Country,
    /// A language, BCP 47.
    Language,
    /// A currency, ISO 4217, upper case.
    Currency,
    /// A time zone, IANA.
    TimeZone,
    /// One of a list of options.
    Enum {
        /// The options, in the order people see them; distinct, not blank, 1 to 500.
        options: Vec<String>,
        /// Whether a text outside the options is accepted all the same. Inferred lists are open:
        /// what a file happened to hold must not refuse what the next one brings.
        is_open: bool,
    },
}

/// A format without its parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FormatKind {
    /// See [`Format::Email`].
    Email,
    /// See [`Format::Phone`].
    Phone,
    /// See [`Format::Url`].
    Url,
    /// See [`Format::Country`].
    Country,
    /// See [`Format::Language`].
    Language,
    /// See [`Format::Currency`].
    Currency,
    /// See [`Format::TimeZone`].
    TimeZone,
    /// See [`Format::Enum`].
    Enum,
}

impl FormatKind {
    /// Its name as stored and typed: `time_zone`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Url => "url",
            Self::Country => "country",
            Self::Language => "language",
            Self::Currency => "currency",
            Self::TimeZone => "time_zone",
            Self::Enum => "enum",
        }
    }
}

impl fmt::Display for FormatKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

/// Why a text does not have its format. Reads after the text: `"x" is not an e-mail address`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is not {expected}")]
pub struct FormatProblem {
    /// What it should be, with an example.
    pub expected: String,
}

impl Format {
    /// Most options of an enum.
    pub const OPTIONS_MAX: usize = 500;
    /// Most characters of one option.
    pub const OPTION_CHARS_MAX: usize = 200;

    /// The format without its parameters.
    pub const fn kind(&self) -> FormatKind {
        match self {
            Self::Email => FormatKind::Email,
            Self::Phone => FormatKind::Phone,
            Self::Url => FormatKind::Url,
            Self::Country => FormatKind::Country,
            Self::Language => FormatKind::Language,
            Self::Currency => FormatKind::Currency,
            Self::TimeZone => FormatKind::TimeZone,
            Self::Enum { .. } => FormatKind::Enum,
        }
    }

    /// Checks a text and answers its stored spelling: trimmed, except for options; phones as `+` and digits;
    /// countries, currencies, languages and time zones in the letter case of their standard.
    ///
    /// # Errors
    /// [`FormatProblem`] with what was expected.
    pub fn check(&self, text: &str) -> Result<String, FormatProblem> {
        let trimmed = text.trim();
        let (spelled, expected) = match self {
            Self::Email => {
                (is_email(trimmed).then(|| trimmed.to_owned()), "an e-mail address such as ayse@example.com")
            }
            Self::Phone => (normal_phone(trimmed), "a phone number in E.164 such as +905321234567"),
            Self::Url => (is_web_url(trimmed).then(|| trimmed.to_owned()), "a URL such as https://example.com/page"),
            Self::Country => (code_in(&COUNTRIES, trimmed), "a country of two letters (ISO 3166-1) such as TR"),
            Self::Language => (canonical_language(trimmed), "a language tag (BCP 47) such as tr or en-GB"),
            Self::Currency => (code_in(&CURRENCIES, trimmed), "a currency of three letters (ISO 4217) such as TRY"),
            Self::TimeZone => (canonical_time_zone(trimmed), "a time zone (IANA) such as Europe/Istanbul"),
            Self::Enum { options, is_open } => return check_option(options, *is_open, text),
        };
        spelled.ok_or_else(|| FormatProblem { expected: expected.to_owned() })
    }
}

fn check_option(options: &[String], is_open: bool, text: &str) -> Result<String, FormatProblem> {
    if is_open || options.iter().any(|option| option == text) {
        return Ok(text.to_owned());
    }
    let shown = options.iter().take(OPTIONS_SHOWN_MAX).map(String::as_str).collect::<Vec<_>>().join(", ");
    let rest = if OPTIONS_SHOWN_MAX < options.len() { ", …" } else { "" };
    Err(FormatProblem { expected: format!("one of {shown}{rest}") })
}

/// The code in upper case when a sorted table has it.
fn code_in(codes: &[&str], text: &str) -> Option<String> {
    let code = text.to_ascii_uppercase();
    codes.binary_search(&code.as_str()).is_ok().then_some(code)
}

fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let is_local = !local.is_empty()
        && local.len() <= 64
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local.chars().all(|letter| letter.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(letter));
    is_local && text.len() <= 254 && is_domain(domain)
}

/// Two labels or more, the last of them not a number: `user@10.0.0.1` reaches no mailbox.
fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|letter| letter.is_alphanumeric() || letter == '-')
    };
    let has_named_top = domain.rsplit_once('.').is_some_and(|(_, top)| !top.bytes().all(|byte| byte.is_ascii_digit()));
    has_named_top && domain.split('.').all(is_label)
}

fn normal_phone(text: &str) -> Option<String> {
    let digits = text.strip_prefix('+')?;
    let digits: String = digits.chars().filter(|letter| !" -().".contains(*letter)).collect();
    let is_valid = (8..=15).contains(&digits.len())
        && !digits.starts_with('0')
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_valid.then(|| format!("+{digits}"))
}

/// The URL standard forgives what a stored link should not hold: a missing `//`, and line breaks inside.
fn is_web_url(text: &str) -> bool {
    let has_slashes = text
        .split_once("://")
        .is_some_and(|(scheme, _)| scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https"));
    let is_one_word = !text.contains(|letter: char| letter.is_whitespace() || letter.is_control());
    has_slashes && is_one_word && url::Url::parse(text).is_ok_and(|url| url.has_host())
}

fn canonical_time_zone(text: &str) -> Option<String> {
    let zone = jiff::tz::TimeZone::get(text).ok()?;
    // `Etc/Unknown` reads as a zone without a name.
    zone.iana_name().filter(|_| !zone.is_unknown()).map(str::to_owned)
}

#[cfg(test)]
mod tests;
