//! What the language has and this version does not answer: recognised, so that it is refused by
//! name and never misread.

/// A part of the language that is not answered yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unsupported {
    Places,
    Objects,
    Segments,
    Lists,
    AccountSegments,
    Samples,
    Changes,
    PastTimes,
    Events,
    Sequences,
}

impl Unsupported {
    /// The part that a node of JSON with this field belongs to, or `None`.
    pub(crate) fn of_field(field: &str) -> Option<Self> {
        Some(match field {
            "any" | "all" | "none" => Self::Objects,
            "segment" => Self::Segments,
            "list" => Self::Lists,
            "account_segment" => Self::AccountSegments,
            "sample" => Self::Samples,
            "changed" => Self::Changes,
            "at" => Self::PastTimes,
            "event" => Self::Events,
            "sequence" => Self::Sequences,
            _ => return None,
        })
    }

    /// The sentence that refuses it.
    pub(crate) fn message(self) -> String {
        let subject = match self {
            Self::Places => "Comparing places",
            Self::Objects => "Looking into objects, accounts, devices and lists of objects",
            Self::Segments => "Membership of another segment",
            Self::Lists => "Membership of a static list",
            Self::AccountSegments => "Membership of the account in a segment",
            Self::Samples => "Drawing a random sample",
            Self::Changes => "Asking whether a value changed",
            Self::PastTimes => "Asking about a past time",
            Self::Events => "Asking about events",
            Self::Sequences => "Asking for a sequence of events",
        };
        format!("{subject} is not supported yet")
    }
}
