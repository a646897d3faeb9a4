import type { DeliveryStatus, WebhookEndpointState } from '../generated/graphql/graphql';
import { useText } from '../language/useText';
import classes from './destinations.module.css';

/** A dot and a word: readable without colour. */
export function StateText({ state }: { state: WebhookEndpointState }) {
  const say = useText();
  return (
    <span className={classes.state} data-state={state}>
      {say(`destinationState.${state}`)}
    </span>
  );
}

export function DeliveryStatusText({ status }: { status: DeliveryStatus }) {
  const say = useText();
  return (
    <span className={classes.state} data-state={status}>
      {say(`deliveryStatus.${status}`)}
    </span>
  );
}
