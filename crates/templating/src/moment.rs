//! When a template is rendered, and in whose calendar.

use attrium_schema::{TimeZone, Timestamp};

/// When a template is rendered, and in whose calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Now: what `"now"` means to the filter `date`.
    pub now: Timestamp,
    /// The zone in which days begin and times are shown.
    pub zone: TimeZone,
}
