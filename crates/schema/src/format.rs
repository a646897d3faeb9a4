//! Formats: narrower shapes of text. A format checks a text and answers its one stored spelling.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A narrower shape of text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Format {
    /// An e-mail address (RFC 5321 dot-atom or quoted local part, a domain with a dot).
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
        /// The options, in the order people see them; distinct, 1 to 500.
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

    /// Checks a text and answers its stored spelling (trimmed; countries and currencies in upper case).
    ///
    /// # Errors
    /// [`FormatProblem`] with what was expected.
    pub fn check(&self, text: &str) -> Result<String, FormatProblem> {
        let refuse = |expected: &str| Err(FormatProblem { expected: expected.to_owned() });
        let trimmed = text.trim();
        match self {
            Self::Email if is_email(trimmed) => Ok(trimmed.to_owned()),
            Self::Email => refuse("an e-mail address such as ayse@example.com"),
            Self::Phone => normal_phone(trimmed)
                .ok_or(())
                .or_else(|()| refuse("a phone number in E.164 such as +905321234567")),
            Self::Url if is_web_url(trimmed) => Ok(trimmed.to_owned()),
            Self::Url => refuse("a URL such as https://example.com/page"),
            Self::Country if is_letters(trimmed, 2) => Ok(trimmed.to_ascii_uppercase()),
            Self::Country => refuse("a country of two letters (ISO 3166-1) such as TR"),
            Self::Language if is_language(trimmed) => Ok(trimmed.to_owned()),
            Self::Language => refuse("a language tag (BCP 47) such as tr or en-GB"),
            Self::Currency if is_letters(trimmed, 3) => Ok(trimmed.to_ascii_uppercase()),
            Self::Currency => refuse("a currency of three letters (ISO 4217) such as TRY"),
            Self::TimeZone if is_time_zone(trimmed) => Ok(trimmed.to_owned()),
            Self::TimeZone => refuse("a time zone (IANA) such as Europe/Istanbul"),
            Self::Enum { options, is_open } if *is_open || options.iter().any(|option| option == text) => {
                Ok(text.to_owned())
            }
            Self::Enum { options, .. } => refuse(&format!("one of {}", options.join(", "))),
        }
    }
}

fn is_letters(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|byte| byte.is_ascii_alphabetic())
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
        && local.chars().all(|letter| {
            letter.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(letter)
        });
    let labels: Vec<&str> = domain.split('.').collect();
    let is_label = |label: &&str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|letter| letter.is_alphanumeric() || letter == '-')
    };
    is_local && text.len() <= 254 && 2 <= labels.len() && labels.iter().all(is_label)
}

fn normal_phone(text: &str) -> Option<String> {
    let digits = text.strip_prefix('+')?;
    let digits: String = digits.chars().filter(|letter| !" -().".contains(*letter)).collect();
    let is_valid = (8..=15).contains(&digits.len())
        && !digits.starts_with('0')
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_valid.then(|| format!("+{digits}"))
}

fn is_web_url(text: &str) -> bool {
    url::Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

fn is_language(text: &str) -> bool {
    let mut subtags = text.split('-');
    let is_primary = subtags
        .next()
        .is_some_and(|tag| (2..=3).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_alphabetic()));
    is_primary && subtags.all(|tag| (1..=8).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

fn is_time_zone(text: &str) -> bool {
    jiff::tz::TimeZone::get(text).is_ok()
}
