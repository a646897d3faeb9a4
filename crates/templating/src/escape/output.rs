//! The text a rendering gives: bounded, and escaped for where it goes.

use super::{Context, escape_html, escape_url};
use crate::error::Fault;
use crate::fuel::{Meter, TextBuilder};
use crate::value::Value;

/// The text made so far.
#[derive(Debug)]
pub(crate) struct Output {
    text: String,
    context: Context,
    bytes_max: usize,
    /// Of a JSON document: where its end so far stands.
    json: JsonPlace,
}

/// Whether a place in a JSON document stands inside a text.
#[derive(Clone, Copy, Debug, Default)]
struct JsonPlace {
    is_in_text: bool,
    is_after_backslash: bool,
}

impl JsonPlace {
    fn pass(&mut self, text: &str) {
        for byte in text.bytes() {
            let is_escaped = self.is_after_backslash;
            self.is_after_backslash = self.is_in_text && byte == b'\\' && !is_escaped;
            if byte == b'"' && !is_escaped {
                self.is_in_text = !self.is_in_text;
            }
        }
    }
}

impl Output {
    pub(crate) fn new(context: Context, bytes_max: usize) -> Self {
        Self { text: String::new(), context, bytes_max, json: JsonPlace::default() }
    }

    pub(crate) const fn context(&self) -> Context {
        self.context
    }

    /// Puts in what stands as it is: the author's text, or markup.
    pub(crate) fn literal(&mut self, text: &str, meter: &mut Meter) -> Result<(), Fault> {
        if self.bytes_max - self.text.len() < text.len() {
            return Err(Fault::TooMuchOutput { limit_bytes: self.bytes_max });
        }
        meter.text(text.len())?;
        if self.context == Context::Json {
            self.json.pass(text);
        }
        self.text.push_str(text);
        Ok(())
    }

    /// Puts in a value.
    pub(crate) fn value(&mut self, value: &Value, meter: &mut Meter) -> Result<(), Fault> {
        if let Value::Markup(text) = value {
            return self.literal(text, meter);
        }
        let mut out = TextBuilder::new(meter);
        match self.context {
            Context::Json if !self.json.is_in_text => value.write_json(&mut out)?,
            Context::Json => {
                let text = value.to_text(out.meter())?;
                let quoted = serde_json::Value::from(&*text).to_string();
                out.push(&quoted[1..quoted.len() - 1])?;
            }
            Context::Text | Context::Header => value.write(&mut out)?,
            Context::Html => escape_html(&value.to_text(out.meter())?, &mut out)?,
            Context::Url => escape_url(&value.to_text(out.meter())?, "%20", &mut out)?,
        }
        let text = out.finish();
        self.literal(&text, meter)
    }

    /// The text, where it keeps what its context promises.
    pub(crate) fn finish(self) -> Result<String, Fault> {
        match self.context {
            Context::Header if self.text.contains(char::is_control) => Err(Fault::ControlCharacter),
            Context::Json => match serde_json::from_str::<serde::de::IgnoredAny>(&self.text) {
                Ok(_) => Ok(self.text),
                Err(error) => Err(Fault::NotJson { reason: json_reason(&error) }),
            },
            Context::Text | Context::Html | Context::Header | Context::Url => Ok(self.text),
        }
    }

    /// The text of a capture, as the value that later prints it.
    pub(crate) fn into_captured(self) -> Value {
        match self.context {
            Context::Html => Value::Markup(self.text.into()),
            Context::Text | Context::Json | Context::Header | Context::Url => Value::Text(self.text.into()),
        }
    }
}

/// Where and why a text is not JSON, without any of it.
fn json_reason(error: &serde_json::Error) -> String {
    let what = if error.is_eof() { "it ends too early" } else { "something stands where it must not" };
    format!("{what}, at line {}, column {} of the result", error.line(), error.column())
}
