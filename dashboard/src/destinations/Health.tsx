import type { ReactNode } from 'react';
import { useText } from '../language/useText';
import { SegmentLink } from '../segments/SegmentLink';
import { CountText } from '../values/CountText';
import { TimeText } from '../values/TimeText';
import type { DestinationDetail } from './DestinationPage';
import classes from './destinations.module.css';
import { useSegmentNames } from './useSegmentNames';

/** How well a destination works. */
export function Health({ health }: { health: DestinationDetail['health'] }) {
  const say = useText();
  const when = (at: string | null | undefined) => (at ? <TimeText at={at} /> : say('destination.never'));
  return (
    <dl className={classes.facts}>
      <Fact label={say('destinations.waiting')}>
        <CountText count={health.waitingCount} />
      </Fact>
      {health.oldestWaitingAt && (
        <Fact label={say('destination.oldestWaiting')}>{when(health.oldestWaitingAt)}</Fact>
      )}
      <Fact label={say('destinations.lastSuccess')}>{when(health.lastSuccessAt)}</Fact>
      <Fact label={say('destination.lastFailure')}>{when(health.lastFailureAt)}</Fact>
      {health.failuresInARow > 0 && (
        <Fact label={say('destination.failuresInARow')}>
          <CountText count={health.failuresInARow} />
        </Fact>
      )}
    </dl>
  );
}

/** What a destination is told. */
export function Told({ destination }: { destination: DestinationDetail }) {
  const say = useText();
  const { events, segments, attributes } = destination;
  const names = useSegmentNames(segments);
  return (
    <dl className={classes.facts}>
      <Fact label={say('destination.events')}>
        {events.map((event) => say(`webhookEvent.${event}`)).join(', ')}
      </Fact>
      <Fact label={say('segments.title')}>
        {segments.length === 0 && say('destination.allSegments')}
        {segments.map((id, index) => (
          <span key={id}>
            {index > 0 && ', '}
            <SegmentLink segment={{ id, name: names.get(id) ?? id }} />
          </span>
        ))}
      </Fact>
      <Fact label={say('destination.attributes')}>
        {attributes.length > 0 ? (
          <span className="mono">{attributes.join(', ')}</span>
        ) : (
          say('destination.idsAlone')
        )}
      </Fact>
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
