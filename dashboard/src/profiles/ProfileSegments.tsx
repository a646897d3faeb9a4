import { Title } from '@mantine/core';
import { useCallback } from 'react';
import { useText } from '../language/useText';
import { LiveRows } from '../live/LiveRows';
import { Failure } from '../page/Failure';
import { More } from '../page/More';
import { SegmentLink } from '../segments/SegmentLink';
import { usePages } from '../table/usePages';
import { TimeText } from '../values/TimeText';
import classes from './ProfilePage.module.css';
import { ProfileMembershipsQuery, ProfileTransitionsQuery } from './queries';

interface ProfileSegmentsProps {
  id: string;
  /** Counts what happened to the profile: with more of it they may be in other segments. */
  happened: number;
}

const PAGE = 10;

/** The segments someone is in now, and when they entered and left others. */
export function ProfileSegments({ id, happened }: ProfileSegmentsProps) {
  const say = useText();
  const variables = { id, first: PAGE };
  const memberships = usePages(ProfileMembershipsQuery, variables, ({ profile }) => profile?.memberships);
  const transitions = usePages(ProfileTransitionsQuery, variables, ({ profile }) => profile?.transitions);
  const { reload: readMemberships } = memberships;
  const { reload: readTransitions } = transitions;

  const reread = useCallback(() => {
    readMemberships();
    readTransitions();
  }, [readMemberships, readTransitions]);

  const error = memberships.error ?? transitions.error;
  return (
    <section data-testid="profile-segments">
      <div className={classes.sectionHead}>
        <Title order={2}>{say('segments.title')}</Title>
      </div>
      {error && <Failure error={error} what={say('profile.segmentsFailed')} onRetry={reread} />}
      <LiveRows happened={happened} onShow={reread}>
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
        {transitions.nodes.length > 0 && (
          <>
            <div className={classes.sectionHead} style={{ marginTop: 16 }}>
              <Title order={3}>{say('profile.transitions')}</Title>
            </div>
            <ul className={classes.list}>
              {transitions.nodes.map(({ kind, segment, at }) => (
                <li key={`${segment.id}${at}${kind}`} className={classes.line}>
                  <span>
                    <span className={kind === 'ENTERED' ? classes.entered : classes.left}>
                      {say(`transition.${kind}`)}
                    </span>{' '}
                    <SegmentLink segment={segment} />
                  </span>
                  <TimeText at={at} />
                </li>
              ))}
            </ul>
            <More pages={transitions} isOlder />
          </>
        )}
      </LiveRows>
    </section>
  );
}
