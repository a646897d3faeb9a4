import type { DeliveryQuery } from '../generated/graphql/graphql';
import { useText } from '../language/useText';
import classes from './destinations.module.css';

type Delivery = NonNullable<DeliveryQuery['delivery']>;

/** What the last attempt sent. Its signature is the one thing nobody keeps. */
export function Request({
  delivery,
}: {
  delivery: Pick<Delivery, 'id' | 'payload' | 'endpoint' | 'attempts'>;
}) {
  const say = useText();
  const { id, payload, endpoint, attempts } = delivery;
  const last = attempts.at(-1);
  const headers = [
    'content-type: application/json',
    `webhook-id: ${id}`,
    last && `webhook-timestamp: ${Math.floor(Date.parse(last.startedAt) / 1000)}`,
    `webhook-signature: v1,… (${say('delivery.signature')})`,
  ];
  const head = [`POST ${endpoint.url}`, ...headers.filter(Boolean)].join('\n');
  return <pre className={classes.excerpt}>{`${head}\n\n${JSON.stringify(payload, null, 2)}`}</pre>;
}
