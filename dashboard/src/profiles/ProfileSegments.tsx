import { Title } from '@mantine/core';
import { useText } from '../language/useText';
import { LiveRows } from '../live/LiveRows';
import { Failure } from '../page/Failure';
import { More } from '../page/More';
import { SegmentLink } from '../segments/SegmentLink';
import { usePages } from '../table/usePages';
import { TimeText } from '../values/TimeText';
import classes from './ProfilePage.module.css';
import { ProfileMembershipsQuery } from './queries';

interface ProfileSegmentsProps {
  id: string;
  /** Counts what happened to the profile: with more of it they may be in other segments. */
  happened: number;
}

const PAGE = 10;

/** The segments someone is in now. */
export function ProfileSegments({ id, happened }: ProfileSegmentsProps) {
  const say = useText();
  const memberships = usePages(
    ProfileMembershipsQuery,
    { id, first: PAGE },
    ({ profile }) => profile?.memberships,
  );
  const { error, reload } = memberships;
  return (
    <section data-testid="profile-segments">
      <div className={classes.sectionHead}>
        <Title order={2}>{say('segments.title')}</Title>
      </div>
      {error && <Failure error={error} what={say('profile.segmentsFailed')} onRetry={reload} />}
      <LiveRows happened={happened} onShow={reload}>
        {memberships.isLoaded && memberships.nodes.length === 0 && (
          <p className="muted">{say('profile.noSegments')}</p>
        )}
        {memberships.nodes.length > 0 && (
          <ul className={classes.list}>
            {memberships.nodes.map(({ segment, enteredAt }) => (
              <li key={segment.id} className={classes.line}>
                <SegmentLink segment={segment} />
                <span className="muted">
                  {say('profile.entered')} <TimeText at={enteredAt} />
                </span>
              </li>
            ))}
          </ul>
        )}
        <More pages={memberships} />
      </LiveRows>
    </section>
  );
}
