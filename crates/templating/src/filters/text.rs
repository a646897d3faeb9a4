//! Filters that change text. Letters are Unicode characters; white space at the ends is ASCII's, as in
//! Liquid.

use std::sync::Arc;

use crate::error::{Fault, FilterProblem};
use crate::filters::Call;
use crate::fuel::TextBuilder;
use crate::value::Value;

/// What `strip` takes away.
const WHITE: [char; 7] = [' ', '\t', '\n', '\r', '\u{b}', '\u{c}', '\0'];
const ELLIPSIS: &str = "...";

pub(super) fn append(call: &mut Call<'_>) -> Result<Value, Fault> {
    let (text, end) = (call.text()?, call.text_argument(0)?);
    call.built(|out| [text, end].iter().try_for_each(|part| out.push(part)))
}

pub(super) fn prepend(call: &mut Call<'_>) -> Result<Value, Fault> {
    let (text, start) = (call.text()?, call.text_argument(0)?);
    call.built(|out| [start, text].iter().try_for_each(|part| out.push(part)))
}

pub(super) fn capitalize(call: &mut Call<'_>) -> Result<Value, Fault> {
    let text = call.text()?;
    let mut letters = text.chars();
    let capital = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    call.made(capital + &letters.as_str().to_lowercase())
}

pub(super) fn downcase(call: &mut Call<'_>) -> Result<Value, Fault> {
    let text = call.text()?;
    call.made(text.to_lowercase())
}

pub(super) fn upcase(call: &mut Call<'_>) -> Result<Value, Fault> {
    let text = call.text()?;
    call.made(text.to_uppercase())
}

pub(super) fn strip(call: &mut Call<'_>) -> Result<Value, Fault> {
    cut(call, |text| text.trim_matches(WHITE))
}

pub(super) fn lstrip(call: &mut Call<'_>) -> Result<Value, Fault> {
    cut(call, |text| text.trim_start_matches(WHITE))
}

pub(super) fn rstrip(call: &mut Call<'_>) -> Result<Value, Fault> {
    cut(call, |text| text.trim_end_matches(WHITE))
}

/// A part of the text. What was ready to be printed stays so: there is only less of it.
fn cut(call: &mut Call<'_>, part: fn(&str) -> &str) -> Result<Value, Fault> {
    let text = call.text()?;
    let made = call.made(part(&text).to_owned())?;
    Ok(like_input(call, made))
}

/// The text as markup when the input is markup.
pub(super) fn like_input(call: &Call<'_>, made: Value) -> Value {
    match (&call.input, made) {
        (Value::Markup(_), Value::Text(text)) => Value::Markup(text),
        (_, made) => made,
    }
}

pub(super) fn strip_newlines(call: &mut Call<'_>) -> Result<Value, Fault> {
    let text = call.text()?;
    let made = call.made(text.replace("\r\n", "").replace('\n', ""))?;
    Ok(like_input(call, made))
}

pub(super) fn replace(call: &mut Call<'_>) -> Result<Value, Fault> {
    let with = call.text_argument(1)?;
    replaced(call, &with, Which::Every)
}

pub(super) fn replace_first(call: &mut Call<'_>) -> Result<Value, Fault> {
    let with = call.text_argument(1)?;
    replaced(call, &with, Which::First)
}

pub(super) fn replace_last(call: &mut Call<'_>) -> Result<Value, Fault> {
    let with = call.text_argument(1)?;
    replaced(call, &with, Which::Last)
}

pub(super) fn remove(call: &mut Call<'_>) -> Result<Value, Fault> {
    replaced(call, "", Which::Every)
}

pub(super) fn remove_first(call: &mut Call<'_>) -> Result<Value, Fault> {
    replaced(call, "", Which::First)
}

pub(super) fn remove_last(call: &mut Call<'_>) -> Result<Value, Fault> {
    replaced(call, "", Which::Last)
}

/// Which places of a text are meant.
#[derive(Clone, Copy)]
enum Which {
    Every,
    First,
    Last,
}

/// The text with something else where the first argument stands.
fn replaced(call: &mut Call<'_>, with: &str, which: Which) -> Result<Value, Fault> {
    let (text, part) = (call.text()?, call.text_argument(0)?);
    let places: Box<dyn Iterator<Item = usize>> = match which {
        Which::Every => Box::new(text.match_indices(&*part).map(|(at, _)| at)),
        Which::First => Box::new(text.find(&*part).into_iter()),
        Which::Last => Box::new(text.rfind(&*part).into_iter()),
    };
    call.built(|out| {
        let mut rest = 0;
        for place in places {
            out.push(&text[rest..place])?;
            out.push(with)?;
            out.meter().steps(1)?;
            rest = place + part.len();
        }
        out.push(&text[rest..])
    })
}

/// A number of characters of a text, or of items of a list, from a place; from the end when negative.
pub(super) fn slice(call: &mut Call<'_>) -> Result<Value, Fault> {
    let start = call.whole_argument(0)?;
    let count = if call.argument(1).is_nil() { 1 } else { call.whole_argument(1)? };
    let count = usize::try_from(count).unwrap_or(0);
    if let Value::List(items) = &call.input {
        let kept = from_place(items.len(), start).map(|start| items.iter().skip(start).take(count).cloned().collect());
        return call.list(kept.unwrap_or_default());
    }
    let text = call.text()?;
    let kept = from_place(text.chars().count(), start).map(|start| text.chars().skip(start).take(count).collect());
    call.made(kept.unwrap_or_default())
}

/// Where a slice starts among so many; `None` when that is outside.
fn from_place(length: usize, start: i64) -> Option<usize> {
    let start = if start < 0 { i64::try_from(length).ok()?.checked_add(start)? } else { start };
    usize::try_from(start).ok().filter(|start| *start <= length)
}

/// The pieces between the places where the argument stands; a single space splits at any white space, and
/// empty pieces at the end are dropped.
pub(super) fn split(call: &mut Call<'_>) -> Result<Value, Fault> {
    let (text, mark) = (call.text()?, call.text_argument(0)?);
    let pieces: Box<dyn Iterator<Item = &str>> = match &*mark {
        " " => Box::new(text.split(WHITE).filter(|piece| !piece.is_empty())),
        "" => Box::new(text.split("").filter(|letter| !letter.is_empty())),
        mark => Box::new(text.split(mark)),
    };
    let mut items = Vec::new();
    for piece in pieces {
        call.meter.items(1)?;
        call.meter.text(piece.len())?;
        items.push(Value::text(piece));
    }
    while items.pop_if(|last| last.is_empty()).is_some() {}
    Ok(Value::list(items))
}

/// At most so many characters, those of the ending included.
pub(super) fn truncate(call: &mut Call<'_>) -> Result<Value, Fault> {
    if call.input.is_nil() {
        return Ok(Value::Nil);
    }
    let text = call.text()?;
    let length = length_argument(call, 50)?;
    let ending = ending_argument(call)?;
    if text.chars().count() <= length {
        return call.made(String::from(&*text));
    }
    let kept = length.saturating_sub(ending.chars().count());
    let end = text.char_indices().nth(kept).map_or(text.len(), |(at, _)| at);
    call.built(|out| [&text[..end], &ending].iter().try_for_each(|part| out.push(part)))
}

/// At most so many words, at least one, with one space between them.
pub(super) fn truncatewords(call: &mut Call<'_>) -> Result<Value, Fault> {
    if call.input.is_nil() {
        return Ok(Value::Nil);
    }
    let text = call.text()?;
    let length = length_argument(call, 15)?.max(1);
    let ending = ending_argument(call)?;
    let mut words = text.split(WHITE).filter(|word| !word.is_empty());
    if words.clone().nth(length).is_none() {
        return call.made(String::from(&*text));
    }
    call.built(|out: &mut TextBuilder<'_>| {
        for (place, word) in words.by_ref().take(length).enumerate() {
            out.push(if place == 0 { "" } else { " " })?;
            out.push(word)?;
        }
        out.push(&ending)
    })
}

/// How much a truncation keeps; a negative number is none.
fn length_argument(call: &Call<'_>, otherwise: usize) -> Result<usize, Fault> {
    if call.arguments.is_empty() {
        return Ok(otherwise);
    }
    Ok(usize::try_from(call.whole_argument(0)?).unwrap_or(0))
}

fn ending_argument(call: &mut Call<'_>) -> Result<Arc<str>, Fault> {
    if call.arguments.len() < 2 { Ok(Arc::from(ELLIPSIS)) } else { call.text_argument(1) }
}

/// The argument in place of what is missing, `false` or empty; `false` stays with `allow_false`.
pub(super) fn default(call: &Call<'_>) -> Value {
    let is_absent = if call.allow_false { call.input.is_nil() } else { !call.input.is_truthy() };
    if !is_absent && !call.input.is_empty() {
        return call.input.clone();
    }
    call.arguments.first().cloned().unwrap_or_else(|| Value::text(""))
}

/// Bytes that must be text.
pub(super) fn utf8(call: &mut Call<'_>, bytes: Vec<u8>) -> Result<Value, Fault> {
    match String::from_utf8(bytes) {
        Ok(text) => call.made(text),
        Err(_) => Err(call.fails(FilterProblem::NotUtf8)),
    }
}
