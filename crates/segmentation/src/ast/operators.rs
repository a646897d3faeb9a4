//! The closed sets of operators, with their names in JSON and their words in text.

/// How two values stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// `eq`, `=`.
    Equal,
    /// `lt`, `<`.
    Less,
    /// `lte`, `<=`.
    LessOrEqual,
    /// `gt`, `>`.
    Greater,
    /// `gte`, `>=`.
    GreaterOrEqual,
}

impl Order {
    /// Every order, as people list them.
    pub const ALL: [Self; 5] = [Self::Equal, Self::Less, Self::LessOrEqual, Self::Greater, Self::GreaterOrEqual];

    /// Its name in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Equal => "eq",
            Self::Less => "lt",
            Self::LessOrEqual => "lte",
            Self::Greater => "gt",
            Self::GreaterOrEqual => "gte",
        }
    }

    /// Its sign in text.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }

    /// Whether a left side that compares so with the right side satisfies it.
    pub const fn accepts(self, ordering: std::cmp::Ordering) -> bool {
        match self {
            Self::Equal => ordering.is_eq(),
            Self::Less => ordering.is_lt(),
            Self::LessOrEqual => ordering.is_le(),
            Self::Greater => ordering.is_gt(),
            Self::GreaterOrEqual => ordering.is_ge(),
        }
    }
}

/// How many: the comparison behind `size`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// Against one number.
    Compare(Order, i64),
    /// Between two, both included.
    Between(i64, i64),
}

impl Count {
    /// Whether this many is right.
    pub fn accepts(self, count: usize) -> bool {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        match self {
            Self::Compare(order, number) => order.accepts(count.cmp(&number)),
            Self::Between(low, high) => (low..=high).contains(&count),
        }
    }
}

/// Operators that read text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextOperator {
    /// `starts_with`.
    StartsWith,
    /// `ends_with`.
    EndsWith,
    /// `contains`.
    Contains,
    /// `ieq`: equal, ignoring case.
    EqualsFolded,
    /// `istarts_with`.
    StartsWithFolded,
    /// `iends_with`.
    EndsWithFolded,
    /// `icontains`.
    ContainsFolded,
    /// `glob`: `*`, `?` and `[a-z]` over the whole text.
    Glob,
    /// `matches`: a regular expression found anywhere in the text.
    Matches,
}

impl TextOperator {
    /// Every text operator.
    pub const ALL: [Self; 9] = [
        Self::StartsWith,
        Self::EndsWith,
        Self::Contains,
        Self::EqualsFolded,
        Self::StartsWithFolded,
        Self::EndsWithFolded,
        Self::ContainsFolded,
        Self::Glob,
        Self::Matches,
    ];

    /// Its name in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::StartsWith => "starts_with",
            Self::EndsWith => "ends_with",
            Self::Contains => "contains",
            Self::EqualsFolded => "ieq",
            Self::StartsWithFolded => "istarts_with",
            Self::EndsWithFolded => "iends_with",
            Self::ContainsFolded => "icontains",
            Self::Glob => "glob",
            Self::Matches => "matches",
        }
    }

    /// Its words in text.
    pub const fn words(self) -> &'static str {
        match self {
            Self::StartsWith => "starts with",
            Self::EndsWith => "ends with",
            Self::Contains => "contains",
            Self::EqualsFolded => "~=",
            Self::StartsWithFolded => "~starts with",
            Self::EndsWithFolded => "~ends with",
            Self::ContainsFolded => "~contains",
            Self::Glob => "like",
            Self::Matches => "matches",
        }
    }
}

/// Operators against a point in the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayOperator {
    /// `before`: ends as the day starts.
    Before,
    /// `after`: starts as the day ends.
    After,
    /// `on`: within the day.
    On,
}

impl DayOperator {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Before, Self::After, Self::On];

    /// Its name in JSON and in text.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::After => "after",
            Self::On => "on",
        }
    }
}

/// Operators that move with the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowOperator {
    /// `in_last`.
    InLast,
    /// `in_next`.
    InNext,
    /// `more_than_ago`.
    MoreThanAgo,
    /// `more_than_ahead`.
    MoreThanAhead,
}

impl WindowOperator {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::InLast, Self::InNext, Self::MoreThanAgo, Self::MoreThanAhead];

    /// Its name in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::InLast => "in_last",
            Self::InNext => "in_next",
            Self::MoreThanAgo => "more_than_ago",
            Self::MoreThanAhead => "more_than_ahead",
        }
    }
}

/// What part of a date or an instant is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarPart {
    /// 1 Monday to 7 Sunday.
    Weekday,
    /// 1 January to 12 December.
    Month,
    /// 0 to 23, of an instant.
    Hour,
}

impl CalendarPart {
    /// Every part.
    pub const ALL: [Self; 3] = [Self::Weekday, Self::Month, Self::Hour];

    /// Its name in JSON and in text.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Weekday => "weekday",
            Self::Month => "month",
            Self::Hour => "hour",
        }
    }

    /// The numbers it may have.
    pub const fn numbers(self) -> std::ops::RangeInclusive<u8> {
        match self {
            Self::Weekday => 1..=7,
            Self::Month => 1..=12,
            Self::Hour => 0..=23,
        }
    }
}
