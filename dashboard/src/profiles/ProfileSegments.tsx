import { Title } from '@mantine/core';
import { useText } from '../language/useText';
import { SegmentLink } from '../segments/SegmentLink';
import { TimeText } from '../values/TimeText';
import classes from './ProfilePage.module.css';
import type { ProfileDetail } from './ProfileValues';

interface ProfileSegmentsProps {
  memberships: ProfileDetail['memberships'];
  transitions: ProfileDetail['transitions']['nodes'];
}

/** The segments someone is in now, and when they entered and left others. */
export function ProfileSegments({ memberships, transitions }: ProfileSegmentsProps) {
  const say = useText();
  return (
    <section data-testid="profile-segments">
      <div className={classes.sectionHead}>
        <Title order={2}>{say('segments.title')}</Title>
      </div>
      {memberships.length === 0 ? (
        <p className="muted">{say('profile.noSegments')}</p>
      ) : (
        <ul className={classes.list}>
          {memberships.map(({ segment, enteredAt }) => (
            <li key={segment.id} className={classes.line}>
              <SegmentLink segment={segment} />
              <span className="muted">
                {say('profile.entered')} <TimeText at={enteredAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {transitions.length > 0 && (
        <>
          <div className={classes.sectionHead} style={{ marginTop: 16 }}>
            <Title order={3}>{say('profile.transitions')}</Title>
          </div>
          <ul className={classes.list}>
            {transitions.map(({ kind, segment, at }) => (
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
        </>
      )}
    </section>
  );
}
