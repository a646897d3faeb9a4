//! What the grammar expects after some tokens. A walk that forgives: half a rule never parses, and
//! what was typed before the cursor may itself be wrong.

use crate::ast::{CalendarPart, DayOperator, Order, TextOperator, WindowOperator};
use crate::operator::Operator;
use crate::text::{Lexeme, Token};

/// What may stand next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Expected {
    /// A condition.
    Condition,
    /// The attribute behind `size of` and its like.
    Attribute,
    /// An operator of an attribute; what is typed of it starts at `start`.
    Operator { key: String, start: usize },
    /// A value of an attribute, or another attribute.
    Value { key: String, takes_other: bool },
    /// One of these words.
    Words(Vec<&'static str>),
    /// A unit of time.
    Unit,
    /// Something that cannot be guessed: a number, a text, a date.
    Nothing,
}

/// What follows an operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Follows {
    Nothing,
    Value,
    ValueOrOther,
    TwoValues,
    List,
    Free,
    Span,
    SpanAndDirection,
}

/// An operator as it is typed behind its attribute.
#[derive(Clone, Copy, Debug)]
pub(super) struct Phrase {
    pub(super) operator: Operator,
    pub(super) words: &'static str,
    pub(super) example: &'static str,
    follows: Follows,
}

/// Every operator that stands behind its attribute, negative forms included.
pub(super) fn phrases() -> impl Iterator<Item = Phrase> {
    use Follows::{Free, List, Nothing, Span, SpanAndDirection, TwoValues, Value, ValueOrOther};
    let text =
        |operator: TextOperator, example, follows| (Operator::Text(operator), operator.words(), example, follows);
    let order = |order: Order, example| (Operator::Order(order), order.sign(), example, ValueOrOther);
    let day = |day: DayOperator| (Operator::Day(day), day.name(), "2026-05-01", Free);
    let window = |window, words, example, follows| (Operator::Window(window), words, example, follows);
    [
        order(Order::Equal, "a value or another attribute"),
        (Operator::Order(Order::Equal), "!=", "includes those without a value", ValueOrOther),
        order(Order::Less, "less"),
        order(Order::LessOrEqual, "at most"),
        order(Order::Greater, "more"),
        order(Order::GreaterOrEqual, "at least"),
        (Operator::In, "in", r#"("a", "b")"#, List),
        (Operator::In, "not in", r#"("a", "b")"#, List),
        (Operator::Between, "between", "3 and 10", TwoValues),
        (Operator::Has, "has", "one value", Value),
        (Operator::HasAny, "has any", r#"("a", "b")"#, List),
        (Operator::HasAll, "has all", r#"("a", "b")"#, List),
        (Operator::HasAny, "has none", r#"("a", "b")"#, List),
        text(TextOperator::StartsWith, r#""A""#, Free),
        text(TextOperator::EndsWith, r#""z""#, Free),
        text(TextOperator::Contains, r#""part""#, ValueOrOther),
        (Operator::Text(TextOperator::Contains), "does not contain", r#""part""#, ValueOrOther),
        text(TextOperator::EqualsFolded, "equal, ignoring case", Value),
        text(TextOperator::StartsWithFolded, "ignoring case", Free),
        text(TextOperator::EndsWithFolded, "ignoring case", Free),
        text(TextOperator::ContainsFolded, "ignoring case", Free),
        text(TextOperator::Glob, r#""A*""#, Free),
        text(TextOperator::Matches, r#""^A", a regular expression"#, Free),
        day(DayOperator::Before),
        day(DayOperator::After),
        day(DayOperator::On),
        window(WindowOperator::InLast, "in last", "30 days", Span),
        window(WindowOperator::InNext, "in next", "2 weeks", Span),
        window(WindowOperator::MoreThanAgo, "more than", "3 months ago", SpanAndDirection),
        (Operator::AnniversaryInNext, "is today", "the anniversary", Nothing),
        (Operator::AnniversaryInNext, "anniversary in next", "7 days", Span),
        (Operator::Exists, "exists", "has a value", Nothing),
        (Operator::Missing, "missing", "has no value", Nothing),
    ]
    .into_iter()
    .map(|(operator, words, example, follows)| Phrase { operator, words, example, follows })
}

/// What the grammar expects at a byte of a text, behind these tokens.
pub(super) fn expected_at(end: usize, text: &str, lexemes: &[Lexeme]) -> Expected {
    let mut walk = Walk { text, lexemes, at: 0, end };
    walk.conditions()
}

struct Walk<'a> {
    text: &'a str,
    lexemes: &'a [Lexeme],
    at: usize,
    /// Where the word at the cursor starts.
    end: usize,
}

impl Walk<'_> {
    fn conditions(&mut self) -> Expected {
        loop {
            while self.eat_word("not") || self.eat_sign("(") || self.eat_group() {}
            if self.is_over() {
                return Expected::Condition;
            }
            let starts_of = self.word(1).is_some_and(|word| word.eq_ignore_ascii_case("of"));
            let expected = if starts_of { self.leading() } else { self.comparison() };
            if let Some(expected) = expected {
                return expected;
            }
            if let Some(expected) = self.end() {
                return expected;
            }
        }
    }

    /// `all of (`, `any of (`.
    fn eat_group(&mut self) -> bool {
        let is_open = self.lexemes.get(self.at + 2).is_some_and(|third| third.token == Token::Sign("("));
        let is_group = is_open && (self.are_words("all of") || self.are_words("any of"));
        self.at += if is_group { 3 } else { 0 };
        is_group
    }

    /// `size of tags …`, `weekday of seen …`; `None` when it is whole.
    fn leading(&mut self) -> Option<Expected> {
        let is_calendar = CalendarPart::ALL.iter().any(|part| self.are_words(part.name()));
        self.at += 2;
        if self.is_over() {
            return Some(Expected::Attribute);
        }
        self.at += 1;
        if is_calendar {
            self.eat_word("not");
            return if self.eat_word("in") { self.list("") } else { Some(Expected::Words(vec!["in", "not in"])) };
        }
        if self.is_over() {
            return Some(Expected::Words(vec!["=", "!=", "<", "<=", ">", ">=", "between"]));
        }
        if self.eat_word("between") { self.two_values("") } else { self.eat_then(1, Expected::Nothing) }
    }

    fn comparison(&mut self) -> Option<Expected> {
        let key = match &self.lexemes[self.at].token {
            Token::Key(key) => key.clone(),
            _ => self.text[self.lexemes[self.at].span.clone()].to_owned(),
        };
        self.at += 1;
        let start = self.lexemes.get(self.at).map_or(self.end, |lexeme| lexeme.span.start);
        // The longest phrase that is typed in full: `has any` before `has`.
        let whole = phrases().filter(|phrase| self.stands(phrase.words)).max_by_key(|phrase| token_count(phrase.words));
        let Some(phrase) = whole else {
            self.at = self.lexemes.len();
            return Some(Expected::Operator { key, start });
        };
        // `in` may go on as `in last`: offered until something else stands behind it.
        let length = token_count(phrase.words);
        let is_last = self.at + length == self.lexemes.len();
        if is_last && matches!(phrase.words, "in" | "has" | "not") {
            return Some(Expected::Operator { key, start });
        }
        self.at += length;
        match phrase.follows {
            Follows::Nothing => None,
            Follows::Value => self.eat_then(1, Expected::Value { key, takes_other: false }),
            Follows::ValueOrOther if self.is_sign("(") => self.list(&key),
            Follows::ValueOrOther => self.eat_then(1, Expected::Value { key, takes_other: true }),
            Follows::TwoValues => self.two_values(&key),
            Follows::List => self.list(&key),
            Follows::Free => self.eat_then(1, Expected::Nothing),
            Follows::Span => self.span(),
            Follows::SpanAndDirection => {
                self.span().or_else(|| self.eat_then(1, Expected::Words(vec!["ago", "ahead"])))
            }
        }
    }

    fn two_values(&mut self, key: &str) -> Option<Expected> {
        let value = || Expected::Value { key: key.to_owned(), takes_other: false };
        self.eat_then(1, value())
            .or_else(|| self.eat_then(1, Expected::Words(vec!["and"])))
            .or_else(|| self.eat_then(1, value()))
    }

    fn list(&mut self, key: &str) -> Option<Expected> {
        if self.is_over() {
            return Some(Expected::Words(vec!["("]));
        }
        while !self.is_over() && !self.eat_sign(")") {
            self.at += 1;
        }
        let is_closed = self.at.checked_sub(1).is_some_and(|last| self.lexemes[last].token == Token::Sign(")"));
        let wants_value =
            self.at.checked_sub(1).is_some_and(|last| matches!(self.lexemes[last].token, Token::Sign("(" | ",")));
        match (is_closed, wants_value) {
            (true, _) => None,
            (false, true) => Some(Expected::Value { key: key.to_owned(), takes_other: false }),
            (false, false) => Some(Expected::Words(vec![",", ")"])),
        }
    }

    fn span(&mut self) -> Option<Expected> {
        self.eat_then(1, Expected::Nothing).or_else(|| self.eat_then(1, Expected::Unit))
    }

    /// What follows a whole condition; `None` when another one begins.
    fn end(&mut self) -> Option<Expected> {
        loop {
            if self.is_over() {
                return Some(Expected::Words(vec!["and", "or", "in zone of profile", ")"]));
            }
            if self.eat_word("and") || self.eat_word("or") {
                return None;
            }
            // Closing brackets, zones and offsets: `+ 3 days` has a unit like any span.
            let is_offset = self.is_sign("+") || self.is_sign("-");
            self.at += 1;
            if is_offset && let Some(expected) = self.span() {
                return Some(expected);
            }
        }
    }

    /// Steps over so many tokens, or answers what is expected when there are none.
    fn eat_then(&mut self, count: usize, expected: Expected) -> Option<Expected> {
        if self.is_over() {
            return Some(expected);
        }
        self.at += count;
        None
    }

    fn is_over(&self) -> bool {
        self.lexemes.len() <= self.at
    }

    fn word(&self, ahead: usize) -> Option<&str> {
        let lexeme = self.lexemes.get(self.at + ahead)?;
        (lexeme.token == Token::Word).then(|| &self.text[lexeme.span.clone()])
    }

    fn are_words(&self, words: &str) -> bool {
        words
            .split(' ')
            .enumerate()
            .all(|(ahead, word)| self.word(ahead).is_some_and(|found| found.eq_ignore_ascii_case(word)))
    }

    /// Whether an operator stands next, its signs as signs and its words as words.
    fn stands(&self, operator: &str) -> bool {
        let mut ahead = 0;
        operator.split(' ').all(|word| {
            let (sign, word) =
                if word.starts_with('~') && word != "~=" { (Some("~"), &word[1..]) } else { (None, word) };
            let signed = sign.is_none_or(|sign| self.is_sign_at(ahead, sign));
            ahead += usize::from(sign.is_some());
            let is_next =
                self.is_sign_at(ahead, word) || self.word(ahead).is_some_and(|found| found.eq_ignore_ascii_case(word));
            ahead += 1;
            signed && is_next
        })
    }

    fn is_sign_at(&self, ahead: usize, sign: &str) -> bool {
        self.lexemes
            .get(self.at + ahead)
            .is_some_and(|lexeme| matches!(lexeme.token, Token::Sign(found) if found == sign))
    }

    fn is_sign(&self, sign: &str) -> bool {
        self.is_sign_at(0, sign)
    }

    fn eat_word(&mut self, word: &str) -> bool {
        let is_next = self.are_words(word);
        self.at += usize::from(is_next);
        is_next
    }

    fn eat_sign(&mut self, sign: &str) -> bool {
        let is_next = self.is_sign(sign);
        self.at += usize::from(is_next);
        is_next
    }
}

/// How many tokens an operator has.
fn token_count(operator: &str) -> usize {
    operator.split(' ').count() + usize::from(operator.starts_with('~') && operator != "~=")
}
