import { Button } from '@mantine/core';
import { useCallback, useState } from 'react';
import { useMutation, useQuery } from 'urql';
import { useText } from '../language/useText';
import { usePolling } from '../page/usePolling';
import { Attempts } from './Attempts';
import classes from './destinations.module.css';
import { DeliveryQuery, SendTestEventMutation } from './queries';
import { useOutcome } from './useOutcome';

const ATTEMPT_POLL_MS = 500;

interface TestEventProps {
  id: string;
  onSent?: () => void;
}

/** Sends an event that tells nothing, and shows what the receiver answered. */
export function TestEvent({ id, onSent }: TestEventProps) {
  const say = useText();
  const tell = useOutcome();
  const [{ fetching }, send] = useMutation(SendTestEventMutation);
  const [deliveryId, setDeliveryId] = useState<string | null>(null);
  const [{ data }, read] = useQuery({
    query: DeliveryQuery,
    variables: { id: deliveryId ?? '' },
    pause: deliveryId === null,
  });
  const attempts = data?.delivery?.attempts ?? [];
  const isWaiting = deliveryId !== null && attempts.length === 0;
  const again = useCallback(() => read({ requestPolicy: 'network-only' }), [read]);
  usePolling(isWaiting, ATTEMPT_POLL_MS, again);

  async function sendOne() {
    const { data, error } = await send({ input: { id } });
    if (!tell({ problems: data?.sendTestEvent.problems, error })) return;
    setDeliveryId(data?.sendTestEvent.delivery?.id ?? null);
    onSent?.();
  }

  return (
    <div className={classes.test}>
      <Button loading={fetching} onClick={sendOne} data-testid="send-test">
        {say('destination.sendTest')}
      </Button>
      {deliveryId !== null && (
        <div role="status" data-testid="test-answer">
          {isWaiting ? (
            <p className="muted">{say('destination.testUnderWay')}</p>
          ) : (
            <Attempts attempts={attempts} />
          )}
        </div>
      )}
    </div>
  );
}
