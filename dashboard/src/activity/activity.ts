import type { ProfileHistoryQuery, SegmentTransitionsQuery } from '../generated/graphql/graphql';

export type Change = NonNullable<ProfileHistoryQuery['profile']>['history']['nodes'][number];
type Cause = NonNullable<
  NonNullable<SegmentTransitionsQuery['segment']>['transitions']['nodes'][number]['change']
>;

/** Someone entered or left a segment. Where the page is about one of the two, only the other is named. */
export interface Transition {
  kind: 'ENTERED' | 'LEFT';
  at: string;
  profile?: { id: string; externalId?: string | null };
  segment?: { id: string; name: string };
  /** What brought it; null when an edit of the rule did, or time alone. */
  change?: Cause | null;
}

/** One thing that happened to a profile. */
export interface Activity {
  key: string;
  /** When it was recorded: activities are in this order. */
  at: string;
  /** Whom it happened to, where the page is not about them alone. */
  profile?: { id: string; externalId?: string | null };
  change?: Change;
  transition?: Transition;
}

/** One list of activities, newest first, as far as it was read. */
export interface Stream {
  activities: readonly Activity[];
  hasMore: boolean;
}

const when = ({ at }: Activity) => Date.parse(at);

/** Up to when every stream was read: what is older may yet lack its neighbours. */
export function horizon(streams: readonly Stream[]): number {
  const ends = streams.map(({ activities, hasMore }) => {
    const last = activities.at(-1);
    return hasMore && last ? when(last) : Number.NEGATIVE_INFINITY;
  });
  return Math.max(...ends);
}

/** Several streams as one, newest first, as far back as all of them were read. Of two at once, the one of an earlier stream came later. */
export function merged(streams: readonly Stream[]): Activity[] {
  const end = horizon(streams);
  return streams
    .flatMap(({ activities }) => activities)
    .filter((activity) => when(activity) >= end)
    .sort((one, other) => when(other) - when(one));
}

export function ofChange(change: Change): Activity {
  return { key: `change ${change.sequence}`, at: change.recordedAt, change };
}

export function ofTransition(transition: Transition): Activity {
  const { profile, segment, at, kind } = transition;
  return { key: `${kind} ${profile?.id ?? segment?.id} ${at}`, at, profile, transition };
}
