//! One request to render, and its answer, as JSON: the shape of `attrium template render`.

use std::collections::BTreeMap;

use attrium_schema::{TimeZone, Timestamp};
use serde::Deserialize;
use serde_json::{Value as Json, json};

use crate::escape::Context;
use crate::limits::Limits;
use crate::moment::Moment;
use crate::template::{Rendering, Template, WhenMissing};
use crate::value::Value;

/// `{"template", "data", "templates"}`; other fields are ignored.
#[derive(Deserialize)]
struct Request {
    template: String,
    #[serde(default)]
    data: Value,
    /// Kept for the tags that render other templates, which are not there yet.
    #[serde(default)]
    #[expect(dead_code, reason = "part of the request's shape, checked when it is read")]
    templates: BTreeMap<String, String>,
}

/// Renders the template of a request as plain text, in UTC, with its data as the names, and nothing where
/// something is missing. Data keeps the order in which it is written. Answers `{"result"}`, or `{"error",
/// "stage"}` where the stage is `parse` or `render`.
pub fn answer(request: &str, now: Timestamp) -> Json {
    let fails = |stage: &str, error: String| json!({ "error": error, "stage": stage });
    let Request { template, data, .. } = match serde_json::from_str(request) {
        Ok(request) => request,
        Err(error) => return fails("parse", format!("not a request: {error}")),
    };
    let limits = Limits::default();
    let template = match Template::parse(&template, &limits) {
        Ok(template) => template,
        Err(found) => {
            let messages: Vec<String> = found.iter().map(ToString::to_string).collect();
            return fails("parse", messages.join("; "));
        }
    };
    let rendered = template.render(&Rendering {
        data: &data,
        context: Context::Text,
        moment: &Moment { now, zone: TimeZone::UTC },
        when_missing: WhenMissing::PrintNothing,
        limits: &limits,
    });
    match rendered {
        Ok(rendered) => json!({ "result": rendered.text }),
        Err(error) => fails("render", error.to_string()),
    }
}

#[cfg(test)]
mod tests;
