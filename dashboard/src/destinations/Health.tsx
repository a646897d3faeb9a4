import type { ReactNode } from 'react';
import { useText } from '../language/useText';
import { CountText } from '../values/CountText';
import { TimeText } from '../values/TimeText';
import type { DestinationDetail } from './DestinationPage';
import classes from './destinations.module.css';

/** How well a destination works, and what it is told. */
export function Health({ destination }: { destination: DestinationDetail }) {
  const say = useText();
  const { health, events, attributes } = destination;
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
      <Fact label={say('destination.events')}>
        {events.map((event) => say(`webhookEvent.${event}`)).join(', ')}
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
