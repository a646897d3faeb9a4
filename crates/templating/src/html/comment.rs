//! Comments. The conditional ones of Outlook, `<!--[if mso]>…<![endif]-->`, hold HTML.

use super::{Fork, Look, Place};

/// A place inside a comment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Comment {
    end: End,
    condition: Condition,
}

/// How much of the end of a comment stands before a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    /// `<!--`, where a `>` ends it at once.
    #[default]
    Start,
    StartDash,
    None,
    OneDash,
    TwoDashes,
    Bang,
    /// Anything: the value of the output at this byte of the source.
    Value(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Condition {
    /// So many bytes of `[if`.
    Begun(usize),
    /// Before the `>` behind it.
    Head,
    /// Where Outlook reads HTML.
    Inside,
    /// None: an ordinary comment.
    None,
}

impl Default for Condition {
    fn default() -> Self {
        Self::Begun(0)
    }
}

impl Comment {
    const IF: &'static [u8] = b"[if";

    pub(super) fn behind(self, byte: u8) -> Fork {
        let end = match (self.end, byte) {
            (End::Start | End::StartDash | End::TwoDashes | End::Bang, b'>') => return (Place::Text, None),
            (End::Start, b'-') => End::StartDash,
            (End::StartDash | End::OneDash | End::TwoDashes, b'-') => End::TwoDashes,
            (End::None | End::Bang | End::Value(_), b'-') => End::OneDash,
            (End::TwoDashes, b'!') => End::Bang,
            (
                End::Start | End::StartDash | End::None | End::OneDash | End::TwoDashes | End::Bang | End::Value(_),
                _,
            ) => End::None,
        };
        let condition = match (self.condition, byte) {
            (Condition::Begun(length), _) if Self::IF[length] != byte.to_ascii_lowercase() => Condition::None,
            (Condition::Begun(length), _) if length + 1 == Self::IF.len() => Condition::Head,
            (Condition::Begun(length), _) => Condition::Begun(length + 1),
            (Condition::Head, b'>') => Condition::Inside,
            (condition @ (Condition::Head | Condition::Inside | Condition::None), _) => condition,
        };
        let begins_inside = condition == Condition::Inside && self.condition != Condition::Inside;
        (Place::Comment(Self { end, condition }), begins_inside.then_some(Place::Text))
    }

    pub(super) fn behind_value(self, look: Look, output: usize) -> Self {
        let end = if self.is_inside() && !matches!(look, Look::Number | Look::Markup) {
            End::Value(output)
        } else {
            End::None
        };
        let condition = match self.condition {
            Condition::Begun(_) => Condition::None,
            condition @ (Condition::Head | Condition::Inside | Condition::None) => condition,
        };
        Self { end, condition }
    }

    /// Whether a value can stand here, where it can end no comment without what follows it.
    pub(super) fn is_inside(self) -> bool {
        self.condition == Condition::Inside
    }

    /// The output whose value could end the comment together with a byte: `--` and `>`.
    pub(super) const fn ended_with(self, byte: u8) -> Option<usize> {
        match self.end {
            End::Value(output) if matches!(byte, b'>' | b'-' | b'!') => Some(output),
            End::Value(_) | End::Start | End::StartDash | End::None | End::OneDash | End::TwoDashes | End::Bang => None,
        }
    }
}
