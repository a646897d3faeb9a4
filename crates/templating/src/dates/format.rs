//! Writes dates by a format of `strftime`, as Ruby knows it: `%d %B %Y`, `%-d`, `%^b`, `%3N`. What is no
//! directive stays as it is written.

use jiff::ZonedDateTime;

use super::read::{MONTHS, WEEKDAYS};
use crate::error::{Fault, FilterProblem};
use crate::fuel::{Meter, TextBuilder};

/// Widest a directive can be padded to.
const WIDTH_MAX: usize = 20;

/// What stands between `%` and the letter of a directive.
#[derive(Clone, Copy, Default)]
struct Flags {
    /// `-`, `_` or `0`: no padding, spaces, zeros.
    padding: Option<char>,
    is_upper: bool,
    is_swapped: bool,
    colons: usize,
    width: Option<usize>,
}

/// What a directive gives, and how it is padded when nothing else is said.
struct Written {
    text: String,
    pad: char,
    width: usize,
}

/// The date, written by a format.
pub(crate) fn format(date: &ZonedDateTime, format: &str, meter: &mut Meter) -> Result<String, Fault> {
    let mut out = TextBuilder::new(meter);
    let mut rest = format;
    while let Some(at) = rest.find('%') {
        out.push(&rest[..at])?;
        out.meter().steps(1)?;
        let directive = &rest[at + 1..];
        let Some((flags, letter, length)) = read_directive(directive) else {
            out.push("%")?;
            rest = directive;
            continue;
        };
        if flags.width.is_some_and(|width| WIDTH_MAX < width) {
            return Err(Fault::Filter { filter: "date", problem: FilterProblem::TooWide });
        }
        match write(date, letter, flags) {
            Some(written) => out.push(&padded(written, flags))?,
            None => out.push(&rest[at..=at + length])?,
        }
        rest = &directive[length..];
    }
    out.push(rest)?;
    Ok(out.finish())
}

/// The flags, the letter and the length of the directive that a text begins with.
fn read_directive(text: &str) -> Option<(Flags, char, usize)> {
    let mut flags = Flags::default();
    for (at, letter) in text.char_indices() {
        match letter {
            '-' | '_' => flags.padding = Some(letter),
            '0' if flags.width.is_none() => flags.padding = Some(letter),
            '^' => flags.is_upper = true,
            '#' => flags.is_swapped = true,
            ':' => flags.colons += 1,
            '0'..='9' => {
                let digit = letter.to_digit(10).map_or(0, |digit| digit as usize);
                flags.width = Some(flags.width.unwrap_or(0).saturating_mul(10).saturating_add(digit));
            }
            _ => return Some((flags, letter, at + letter.len_utf8())),
        }
    }
    None
}

fn padded(written: Written, flags: Flags) -> String {
    let mut text = written.text;
    if flags.is_upper {
        text = text.to_uppercase();
    } else if flags.is_swapped {
        let is_upper = text.chars().all(|letter| !letter.is_lowercase());
        text = if is_upper { text.to_lowercase() } else { text.to_uppercase() };
    }
    let width = match flags.padding {
        Some('-') => 0,
        _ => flags.width.unwrap_or(written.width),
    };
    let pad = match flags.padding {
        Some('_') => ' ',
        Some('0') => '0',
        _ => written.pad,
    };
    let missing = width.saturating_sub(text.chars().count());
    // Zeros go behind a sign.
    let signs = usize::from(pad == '0' && text.starts_with(['+', '-']));
    text.insert_str(signs, &pad.to_string().repeat(missing));
    text
}

fn write(date: &ZonedDateTime, letter: char, flags: Flags) -> Option<Written> {
    let zeros = |number: i64, width: usize| Some(Written { text: number.to_string(), pad: '0', width });
    let spaces = |number: i64, width: usize| Some(Written { text: number.to_string(), pad: ' ', width });
    let words = |text: String| Some(Written { text, pad: ' ', width: 0 });
    let year = i64::from(date.year());
    let month = usize::try_from(date.month() - 1).ok()?;
    // From 0 for Monday, and from 0 for Sunday.
    let weekday = i64::from(date.weekday().to_monday_zero_offset());
    let day_of_week = (weekday + 1) % 7;
    let day_name = WEEKDAYS[usize::try_from(weekday).ok()?];
    let hour = i64::from(date.hour());
    let hour_of_twelve = if hour % 12 == 0 { 12 } else { hour % 12 };
    let half = if hour < 12 { "AM" } else { "PM" };
    match letter {
        'Y' => zeros(year, if year < 0 { 5 } else { 4 }),
        'C' => zeros(year.div_euclid(100), 2),
        'y' => zeros(year.rem_euclid(100), 2),
        'm' => zeros(i64::from(date.month()), 2),
        'B' => words(MONTHS[month].to_owned()),
        'b' | 'h' => words(MONTHS[month][..3].to_owned()),
        'd' => zeros(i64::from(date.day()), 2),
        'e' => spaces(i64::from(date.day()), 2),
        'j' => zeros(i64::from(date.day_of_year()), 3),
        'H' => zeros(hour, 2),
        'k' => spaces(hour, 2),
        'I' => zeros(hour_of_twelve, 2),
        'l' => spaces(hour_of_twelve, 2),
        'M' => zeros(i64::from(date.minute()), 2),
        'S' => zeros(i64::from(date.second()), 2),
        'L' => words(fraction(date, flags.width.unwrap_or(3))),
        'N' => words(fraction(date, flags.width.unwrap_or(9))),
        'p' => words(half.to_owned()),
        'P' => words(half.to_lowercase()),
        'A' => words(day_name.to_owned()),
        'a' => words(day_name[..3].to_owned()),
        'u' => zeros(weekday + 1, 1),
        'w' => zeros(day_of_week, 1),
        'G' => zeros(i64::from(date.iso_week_date().year()), 4),
        'g' => zeros(i64::from(date.iso_week_date().year()).rem_euclid(100), 2),
        'V' => zeros(i64::from(date.iso_week_date().week()), 2),
        'U' => zeros(week(date, day_of_week), 2),
        'W' => zeros(week(date, weekday), 2),
        's' => zeros(date.timestamp().as_second(), 1),
        'z' => words(offset(date.offset().seconds(), flags.colons)),
        'Z' => words(date.time_zone().to_offset_info(date.timestamp()).abbreviation().to_owned()),
        'n' => words("\n".to_owned()),
        't' => words("\t".to_owned()),
        '%' => words("%".to_owned()),
        _ => compound(date, letter),
    }
}

/// Directives that stand for several.
fn compound(date: &ZonedDateTime, letter: char) -> Option<Written> {
    let parts = match letter {
        'c' => "%a %b %e %H:%M:%S %Y",
        'D' | 'x' => "%m/%d/%y",
        'F' => "%Y-%m-%d",
        'v' => "%e-%^b-%Y",
        'r' => "%I:%M:%S %p",
        'R' => "%H:%M",
        'T' | 'X' => "%H:%M:%S",
        '+' => "%a %b %e %H:%M:%S %Z %Y",
        _ => return None,
    };
    let mut text = String::new();
    let mut rest = parts;
    while let Some(at) = rest.find('%') {
        text.push_str(&rest[..at]);
        let (flags, letter, length) = read_directive(&rest[at + 1..])?;
        text.push_str(&padded(write(date, letter, flags)?, flags));
        rest = &rest[at + 1 + length..];
    }
    text.push_str(rest);
    Some(Written { text, pad: ' ', width: 0 })
}

/// The week of the year whose weeks begin on the day that `weekday` counts from.
fn week(date: &ZonedDateTime, weekday: i64) -> i64 {
    (i64::from(date.day_of_year()) - 1 + 7 - weekday) / 7
}

/// So many digits of the second's fraction.
fn fraction(date: &ZonedDateTime, digits: usize) -> String {
    let nanoseconds = format!("{:09}", date.subsec_nanosecond());
    let kept = &nanoseconds[..digits.min(9)];
    format!("{kept:0<digits$}")
}

fn offset(seconds: i32, colons: usize) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let seconds = seconds.unsigned_abs();
    let (hours, minutes) = (seconds / 3_600, seconds / 60 % 60);
    match colons {
        0 => format!("{sign}{hours:02}{minutes:02}"),
        1 => format!("{sign}{hours:02}:{minutes:02}"),
        _ => format!("{sign}{hours:02}:{minutes:02}:{:02}", seconds % 60),
    }
}
