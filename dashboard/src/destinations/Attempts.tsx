import type { DeliveryQuery } from '../generated/graphql/graphql';
import { useText } from '../language/useText';
import { TimeText } from '../values/TimeText';
import classes from './destinations.module.css';

type Attempt = NonNullable<DeliveryQuery['delivery']>['attempts'][number];

/** Each try at a delivery, and what was answered. */
export function Attempts({ attempts }: { attempts: readonly Attempt[] }) {
  const say = useText();
  if (attempts.length === 0) return <p className="muted">{say('delivery.noAttempts')}</p>;
  return (
    <ol className={classes.attempts}>
      {attempts.map(({ number, startedAt, durationMs, status, failure, excerpt }) => (
        <li key={number}>
          <span className={status ? undefined : classes.bad}>
            {status
              ? say('delivery.answered', { status: String(status) })
              : say('delivery.unanswered', { failure: failure ? say(`attemptFailure.${failure}`) : '' })}
          </span>{' '}
          <span className="muted">
            {say('delivery.took', { ms: durationMs })}, <TimeText at={startedAt} />
          </span>
          {excerpt && <pre className={classes.excerpt}>{excerpt}</pre>}
        </li>
      ))}
    </ol>
  );
}
