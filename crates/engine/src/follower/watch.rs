//! The segments of one workspace, compiled, with who is in each: what turns changes into moves.

use std::collections::BTreeMap;

use attrium_schema::{Change, ChangeKind, ProfileId, SegmentId, Timestamp};
use attrium_segmentation::{AudienceIndex, Compiled, Moment, Selection};

use crate::TransitionKind;

/// The segments being watched.
#[derive(Debug, Default)]
pub(super) struct Watch {
    pub(super) segments: BTreeMap<SegmentId, Watched>,
}

/// One segment being watched.
#[derive(Debug)]
pub(super) struct Watched {
    pub(super) revision: u32,
    /// The revision whose members are written.
    pub(super) evaluated: u32,
    pub(super) rule: Compiled,
    /// Who is in it, as the database has it.
    pub(super) members: Selection,
}

/// One profile that came to, or went from, one segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Move {
    pub(super) segment: SegmentId,
    pub(super) profile: ProfileId,
    pub(super) kind: TransitionKind,
    pub(super) at: Timestamp,
    /// The change that caused it; `None` for the clock and for an edited rule.
    pub(super) change: Option<i64>,
}

/// Moves of one commit, and where they leave each profile they touch.
#[derive(Debug)]
pub(super) struct Moves {
    moment: Moment,
    /// How many a recount may add up to.
    list_max: usize,
    pub(super) list: Vec<Move>,
    standing: BTreeMap<(SegmentId, ProfileId), Option<Timestamp>>,
}

/// What moves mean for the table of memberships.
#[derive(Debug, Default)]
pub(super) struct Stays {
    pub(super) ended: Vec<(SegmentId, ProfileId)>,
    pub(super) begun: Vec<(SegmentId, ProfileId, Timestamp)>,
}

impl Moves {
    /// No moves yet; rules are asked at this moment.
    pub(super) fn at(moment: Moment, list_max: usize) -> Self {
        Self { moment, list_max, list: Vec::new(), standing: BTreeMap::new() }
    }

    fn push(&mut self, moved: Move) {
        let entered_at = match moved.kind {
            TransitionKind::Entered => Some(moved.at),
            TransitionKind::Left => None,
        };
        self.standing.insert((moved.segment, moved.profile), entered_at);
        self.list.push(moved);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

impl Watch {
    /// Whom a change that the index has just applied moves.
    pub(super) fn follow(&self, index: &AudienceIndex, change: &Change, moves: &mut Moves) {
        for (segment, watched) in &self.segments {
            if !watched.is_touched(change) {
                continue;
            }
            let was_in = match moves.standing.get(&(*segment, change.profile)) {
                Some(standing) => standing.is_some(),
                None => index.contains(&watched.members, change.profile),
            };
            let is_in = index.matches(change.profile, &watched.rule, &moves.moment);
            if was_in != is_in {
                moves.push(Move {
                    segment: *segment,
                    profile: change.profile,
                    kind: if is_in { TransitionKind::Entered } else { TransitionKind::Left },
                    at: change.recorded_at,
                    change: Some(change.sequence),
                });
            }
        }
    }

    /// Whom a rule selects that is no member yet, and the other way round: for the clock and edited rules.
    /// False when the commit is full before all of them are in it.
    pub(super) fn recount(&self, index: &AudienceIndex, segment: SegmentId, moves: &mut Moves) -> bool {
        let Some(watched) = self.segments.get(&segment) else {
            return true;
        };
        let selected = index.select(&watched.rule, &moves.moment);
        let at = moves.moment.now;
        let left = watched.members.difference(&selected);
        let entered = selected.difference(&watched.members);
        for (moved, kind) in [(left, TransitionKind::Left), (entered, TransitionKind::Entered)] {
            let room = moves.list_max.saturating_sub(moves.list.len());
            for profile in index.ids(&moved.first(room)) {
                moves.push(Move { segment, profile, kind, at, change: None });
            }
            if (room as u64) < moved.len() {
                return false;
            }
        }
        true
    }

    /// The segments whose rule moves with the clock.
    pub(super) fn clock_moved(&self) -> impl Iterator<Item = SegmentId> {
        self.segments.iter().filter(|(_, watched)| watched.rule.moves_with_clock()).map(|(segment, _)| *segment)
    }

    /// The segments whose rule was made or edited since its members were written.
    pub(super) fn edited(&self) -> impl Iterator<Item = SegmentId> {
        self.segments.iter().filter(|(_, watched)| watched.evaluated != watched.revision).map(|(segment, _)| *segment)
    }

    /// The revision of a segment's rule as it is watched; 0 for one that is not.
    pub(super) fn revision(&self, segment: SegmentId) -> u32 {
        self.segments.get(&segment).map_or(0, |watched| watched.revision)
    }

    /// Which stays end and begin by moves. Who left and came back within them ends one and begins another.
    pub(super) fn stays(&self, index: &AudienceIndex, moves: &Moves) -> Stays {
        let mut stays = Stays::default();
        for ((segment, profile), entered_at) in &moves.standing {
            let was_in = self.segments.get(segment).is_some_and(|watched| index.contains(&watched.members, *profile));
            if was_in {
                stays.ended.push((*segment, *profile));
            }
            if let Some(entered_at) = entered_at {
                stays.begun.push((*segment, *profile, *entered_at));
            }
        }
        stays
    }

    /// Takes over who is in after moves, and what was evaluated: it is committed.
    pub(super) fn settle(&mut self, index: &AudienceIndex, moves: &Moves, evaluated: &[SegmentId]) {
        let mut came: BTreeMap<SegmentId, Vec<ProfileId>> = BTreeMap::new();
        let mut went: BTreeMap<SegmentId, Vec<ProfileId>> = BTreeMap::new();
        for ((segment, profile), entered_at) in &moves.standing {
            let side = if entered_at.is_some() { &mut came } else { &mut went };
            side.entry(*segment).or_default().push(*profile);
        }
        for (segment, watched) in &mut self.segments {
            if let Some(profiles) = came.get(segment) {
                watched.members = watched.members.union(&index.selection_of(profiles));
            }
            if let Some(profiles) = went.get(segment) {
                watched.members = watched.members.difference(&index.selection_of(profiles));
            }
            if evaluated.contains(segment) {
                watched.evaluated = watched.revision;
            }
        }
    }
}

impl Watched {
    /// A new profile may be meant by any rule, even one that reads nothing it has.
    fn is_touched(&self, change: &Change) -> bool {
        let reads = |key| self.rule.reads().contains(key);
        change.kind == ChangeKind::Created
            || change.attributes.iter().any(|attribute| attribute.is_applied && reads(&attribute.key))
    }
}
