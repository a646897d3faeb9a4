//! Filters that encode text for where it goes, or decode it.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::{GeneralPurpose, STANDARD, URL_SAFE};

use super::text::{like_input, utf8};
use crate::error::{Fault, FilterProblem};
use crate::escape::{Context, escape_html, escape_url};
use crate::filters::Call;
use crate::value::Value;

/// Escapes for HTML; in an HTML body the result is not escaped again.
pub(super) fn escape(call: &mut Call<'_>) -> Result<Value, Fault> {
    let text = call.text()?;
    let escaped = call.built(|out| escape_html(&text, out))?;
    Ok(done_for(Context::Html, call, escaped))
}

/// Escapes for HTML what is not an entity already; in an HTML body the result is not escaped again.
pub(super) fn escape_once(call: &mut Call<'_>) -> Result<Value, Fault> {
    let text = call.text()?;
    let escaped = call.built(|out| {
        let mut rest = &*text;
        while let Some(at) = rest.find('&') {
            escape_html(&rest[..at], out)?;
            let length = entity_length(&rest[at..]);
            match length {
                Some(length) => out.push(&rest[at..at + length])?,
                None => out.push("&amp;")?,
            }
            rest = &rest[at + length.unwrap_or(1)..];
        }
        escape_html(rest, out)
    })?;
    Ok(done_for(Context::Html, call, escaped))
}

/// The length of the entity that a text begins with: `&lt;`, `&#39;`, `&#x27;`.
fn entity_length(text: &str) -> Option<usize> {
    const NAME_BYTES_MAX: usize = 32;
    let end = text.bytes().take(NAME_BYTES_MAX).position(|byte| byte == b';')?;
    let name = &text[1..end];
    let is_entity = match name.strip_prefix('#') {
        Some(number) => {
            let digits = number.strip_prefix(['x', 'X']);
            digits.map_or_else(
                || !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()),
                |digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit()),
            )
        }
        None => !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric()),
    };
    is_entity.then_some(end + 1)
}

/// Text that is printed as it is where it was written for; in any other channel it is text like any other.
fn done_for(context: Context, call: &Call<'_>, value: Value) -> Value {
    match value {
        Value::Text(text) if call.context == context => Value::Markup(text),
        other => other,
    }
}

/// Printed as it is, whatever the channel.
pub(super) fn raw(call: &mut Call<'_>) -> Result<Value, Fault> {
    Ok(Value::Markup(call.text()?))
}

/// The value as JSON. In a JSON body it is printed as it is; elsewhere it is text like any other.
pub(super) fn json(call: &mut Call<'_>) -> Result<Value, Fault> {
    let input = call.input.clone();
    let written = call.built(|out| input.write_json(out))?;
    Ok(done_for(Context::Json, call, written))
}

/// `<br />` before every line break. In HTML the rest is escaped first, and the whole not again.
pub(super) fn newline_to_br(call: &mut Call<'_>) -> Result<Value, Fault> {
    let text = call.text()?;
    let escapes = call.context == Context::Html && !matches!(call.input, Value::Markup(_));
    let made = call.built(|out| {
        for line in text.split_inclusive('\n') {
            let (words, end) = match line.strip_suffix('\n') {
                Some(words) => (words.strip_suffix('\r').unwrap_or(words), "<br />\n"),
                None => (line, ""),
            };
            if escapes {
                escape_html(words, out)?;
            } else {
                out.push(words)?;
            }
            out.push(end)?;
        }
        Ok(())
    })?;
    Ok(if escapes { done_for(Context::Html, call, made) } else { like_input(call, made) })
}

/// Without tags, comments, scripts and styles.
pub(super) fn strip_html(call: &mut Call<'_>) -> Result<Value, Fault> {
    const BLOCKS: [(&str, &str); 3] = [("<script", "</script>"), ("<!--", "-->"), ("<style", "</style>")];
    let text = call.text()?;
    let mut kept = Cow::Borrowed(&*text);
    for (start, end) in BLOCKS.into_iter().chain([("<", ">")]) {
        call.meter.reading(kept.len())?;
        kept = Cow::Owned(without(&kept, start, end));
    }
    call.made(kept.into_owned())
}

/// A text without what stands between a start and the next end, both included.
fn without(text: &str, start: &str, end: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some(from) = rest.find(start) {
        let Some(length) = rest[from..].find(end) else { break };
        kept.push_str(&rest[..from]);
        rest = &rest[from + length + end.len()..];
    }
    kept + rest
}

/// For the query of a URL: spaces become `+`.
pub(super) fn url_encode(call: &mut Call<'_>) -> Result<Value, Fault> {
    let text = call.text()?;
    call.built(|out| escape_url(&text, "+", out))
}

/// What `url_encode` encoded.
pub(super) fn url_decode(call: &mut Call<'_>) -> Result<Value, Fault> {
    let text = call.text()?;
    let hex = |at: usize| {
        let digits = text.get(at..at + 2).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        u8::from_str_radix(digits, 16).ok()
    };
    let mut bytes = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(byte) = text.as_bytes().get(at) {
        match (byte, hex(at + 1)) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                at += 2;
            }
            (b'+', _) => bytes.push(b' '),
            (byte, _) => bytes.push(*byte),
        }
        at += 1;
    }
    utf8(call, bytes)
}

pub(super) fn base64_encode(call: &mut Call<'_>) -> Result<Value, Fault> {
    encode(call, &STANDARD)
}

pub(super) fn base64_decode(call: &mut Call<'_>) -> Result<Value, Fault> {
    decode(call, &STANDARD)
}

pub(super) fn base64_url_safe_encode(call: &mut Call<'_>) -> Result<Value, Fault> {
    encode(call, &URL_SAFE)
}

pub(super) fn base64_url_safe_decode(call: &mut Call<'_>) -> Result<Value, Fault> {
    decode(call, &URL_SAFE)
}

fn encode(call: &mut Call<'_>, engine: &GeneralPurpose) -> Result<Value, Fault> {
    let text = call.text()?;
    call.made(engine.encode(&*text))
}

fn decode(call: &mut Call<'_>, engine: &GeneralPurpose) -> Result<Value, Fault> {
    let text = call.text()?;
    match engine.decode(&*text) {
        Ok(bytes) => utf8(call, bytes),
        Err(_) => Err(call.fails(FilterProblem::NotBase64)),
    }
}
