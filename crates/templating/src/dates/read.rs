//! Reads dates as people and programs write them: `2016-03-14T09:30:00Z`, `March 14, 2016`,
//! `14 Mar 2016 9:30 pm`, `Mon, 14 Mar 2016 09:30:00 +0300`. A text with any word that is no part of a
//! date is no date. Orders that differ between countries, as in `03/04/2016`, are not guessed.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;

/// A civil time, and the offset that stood beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ReadDate {
    pub(super) civil: DateTime,
    pub(super) offset: Option<Offset>,
}

/// The parts of a date that were met so far, each at most once.
#[derive(Default)]
struct Parts {
    date: Option<Date>,
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    time: Option<Time>,
    is_afternoon: Option<bool>,
    offset: Option<Offset>,
}

/// The date a text stands for, or `None`.
pub(super) fn read(text: &str) -> Option<ReadDate> {
    let mut parts = Parts::default();
    for word in text.split(|letter: char| letter.is_whitespace() || letter == ',').filter(|word| !word.is_empty()) {
        parts.take(word)?;
    }
    parts.finish()
}

impl Parts {
    /// Takes one word in; `None` when it is no part of a date, or one that is there already.
    fn take(&mut self, word: &str) -> Option<()> {
        if let Some((date, time)) = split_at_t(word) {
            put(&mut self.date, iso_date(date)?)?;
            return self.take_time(time);
        }
        if let Some(date) = iso_date(word) {
            return put(&mut self.date, date);
        }
        if word.contains(':') && word.starts_with(|letter: char| letter.is_ascii_digit()) {
            return self.take_time(word);
        }
        if let Some(offset) = offset(word) {
            return put(&mut self.offset, offset);
        }
        if word.starts_with(|letter: char| letter.is_ascii_digit()) {
            return self.take_number(word);
        }
        let lower = word.trim_end_matches('.').to_ascii_lowercase();
        match lower.as_str() {
            "am" => put(&mut self.is_afternoon, false),
            "pm" => put(&mut self.is_afternoon, true),
            name if is_name(name, &WEEKDAYS).is_some() => Some(()),
            name => put(&mut self.month, i8::try_from(is_name(name, &MONTHS)? + 1).ok()?),
        }
    }

    /// A year of four digits, or a day with or without its ending.
    fn take_number(&mut self, word: &str) -> Option<()> {
        let is_digits = word.bytes().all(|byte| byte.is_ascii_digit());
        if is_digits && word.len() == 4 {
            return put(&mut self.year, word.parse().ok()?);
        }
        let digits = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
        let is_day = digits.len() <= 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
        if is_day { put(&mut self.day, digits.parse().ok()?) } else { None }
    }

    /// `09:30`, `09:30:00.250`, either with an offset or a half of the day right behind.
    fn take_time(&mut self, word: &str) -> Option<()> {
        let is_part = |letter: char| letter.is_ascii_digit() || letter == ':' || letter == '.';
        let end = word.find(|letter| !is_part(letter)).unwrap_or(word.len());
        let (clock, rest) = word.split_at(end);
        put(&mut self.time, clock_time(clock)?)?;
        match rest.to_ascii_lowercase().as_str() {
            "" => Some(()),
            "am" => put(&mut self.is_afternoon, false),
            "pm" => put(&mut self.is_afternoon, true),
            _ => put(&mut self.offset, offset(rest)?),
        }
    }

    fn finish(self) -> Option<ReadDate> {
        let date = match (self.date, self.year, self.month, self.day) {
            (Some(date), None, None, None) => date,
            // A month alone is its first day.
            (None, Some(year), Some(month), day) => Date::new(year, month, day.unwrap_or(1)).ok()?,
            _ => return None,
        };
        let time = match (self.time, self.is_afternoon) {
            (None, None) => Time::midnight(),
            (Some(time), None) => time,
            (Some(time), Some(is_afternoon)) => twelve_hours(time, is_afternoon)?,
            (None, Some(_)) => return None,
        };
        Some(ReadDate { civil: date.to_datetime(time), offset: self.offset })
    }
}

/// Fills a part that is not there yet.
fn put<T>(place: &mut Option<T>, part: T) -> Option<()> {
    if place.is_some() {
        return None;
    }
    *place = Some(part);
    Some(())
}

/// The two sides of the `T` of ISO 8601.
fn split_at_t(word: &str) -> Option<(&str, &str)> {
    let (date, time) = word.split_once(['T', 't'])?;
    (date.ends_with(|letter: char| letter.is_ascii_digit()) && time.contains(':')).then_some((date, time))
}

/// `2016-03-14` or `2016/03/14`: the year first, so that nothing is guessed.
fn iso_date(word: &str) -> Option<Date> {
    let mark = if word.contains('/') { '/' } else { '-' };
    let mut parts = word.split(mark);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let is_shaped = year.len() == 4 && is_digits(year) && is_digits(month) && is_digits(day) && parts.next().is_none();
    if !is_shaped {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

fn clock_time(clock: &str) -> Option<Time> {
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let mut parts = clock.split(':');
    let (hour, minute, second) = (parts.next()?, parts.next()?, parts.next().unwrap_or("0"));
    if parts.next().is_some() || 9 < fraction.len() || fraction.contains('.') {
        return None;
    }
    let nanoseconds = format!("{fraction:0<9}").parse().ok()?;
    Time::new(hour.parse().ok()?, minute.parse().ok()?, second.parse().ok()?, nanoseconds).ok()
}

fn twelve_hours(time: Time, is_afternoon: bool) -> Option<Time> {
    let hour = match (time.hour(), is_afternoon) {
        (12, false) => 0,
        (hour @ 1..=11, true) => hour + 12,
        (hour @ 1..=12, _) => hour,
        _ => return None,
    };
    Time::new(hour, time.minute(), time.second(), time.subsec_nanosecond()).ok()
}

/// `Z`, `UTC`, `GMT`, `+03:00`, `+0300` or `+03`.
fn offset(word: &str) -> Option<Offset> {
    if ["z", "utc", "gmt"].iter().any(|name| word.eq_ignore_ascii_case(name)) {
        return Some(Offset::UTC);
    }
    let sign = match word.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits = word[1..].replacen(':', "", 1);
    if !matches!(digits.len(), 2 | 4) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let hours: i32 = digits[..2].parse().ok()?;
    let minutes: i32 = digits.get(2..4).map_or(Some(0), |minutes| minutes.parse().ok())?;
    Offset::from_seconds(sign * (hours * 3_600 + minutes * 60)).ok()
}

pub(super) const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Which of some names a word in lower case is: all of it, its first three letters, or more of them.
fn is_name(word: &str, names: &[&str]) -> Option<usize> {
    names.iter().position(|name| 3 <= word.len() && name.to_ascii_lowercase().starts_with(word))
}
