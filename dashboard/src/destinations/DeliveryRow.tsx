import { Button, Table, Title, UnstyledButton } from '@mantine/core';
import { useEffect } from 'react';
import { useMutation, useQuery } from 'urql';
import type { DeliveriesQuery } from '../generated/graphql/graphql';
import { useText } from '../language/useText';
import { Failure } from '../page/Failure';
import { Loading } from '../page/Loading';
import { TextLink } from '../page/links';
import { useRight, useWorkspace } from '../session/viewer';
import { CountText } from '../values/CountText';
import { Missing } from '../values/Missing';
import { TimeText } from '../values/TimeText';
import { Attempts } from './Attempts';
import classes from './destinations.module.css';
import { DeliveryQuery, ResendMutation } from './queries';
import { Request } from './Request';
import { DeliveryStatusText } from './StateText';
import { useOutcome } from './useOutcome';

type DeliverySummary = NonNullable<DeliveriesQuery['webhookEndpoint']>['deliveries']['nodes'][number];

interface DeliveryRowProps {
  delivery: DeliverySummary;
  isOpen: boolean;
  onToggle: () => void;
  onResent: () => void;
}

/** One delivery; opened, each try at it and what is sent. */
export function DeliveryRow({ delivery, isOpen, onToggle, onResent }: DeliveryRowProps) {
  const { key: workspace } = useWorkspace();
  const { id, event, status, attemptCount, createdAt, nextAttemptAt, profile } = delivery;
  return (
    <>
      <Table.Tr data-linked>
        <Table.Td>
          <UnstyledButton
            className={`mono ${classes.toggle}`}
            aria-expanded={isOpen}
            data-row-link
            onClick={onToggle}
          >
            {event}
          </UnstyledButton>
        </Table.Td>
        <Table.Td>
          {profile ? (
            <TextLink to="/w/$workspace/profiles/$id" params={{ workspace, id: profile.id }} className="mono">
              {profile.externalId ?? profile.id}
            </TextLink>
          ) : (
            <Missing />
          )}
        </Table.Td>
        <Table.Td>
          <DeliveryStatusText status={status} />
        </Table.Td>
        <Table.Td className="number">
          <CountText count={attemptCount} />
        </Table.Td>
        <Table.Td>
          <TimeText at={createdAt} />
        </Table.Td>
        <Table.Td>{nextAttemptAt && <TimeText at={nextAttemptAt} />}</Table.Td>
      </Table.Tr>
      {isOpen && (
        <Table.Tr>
          <Table.Td colSpan={6}>
            <DeliveryDetail id={id} attemptCount={attemptCount} onResent={onResent} />
          </Table.Td>
        </Table.Tr>
      )}
    </>
  );
}

interface DeliveryDetailProps {
  id: string;
  /** With another one there is another attempt to see. */
  attemptCount: number;
  onResent: () => void;
}

function DeliveryDetail({ id, attemptCount, onResent }: DeliveryDetailProps) {
  const say = useText();
  const tell = useOutcome();
  const mayEdit = useRight('MANAGE_ENDPOINTS');
  const [{ data, error }, read] = useQuery({
    query: DeliveryQuery,
    variables: { id },
  });
  const [{ fetching }, resend] = useMutation(ResendMutation);
  const delivery = data?.delivery;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is read although nothing else changed.
  useEffect(() => read({ requestPolicy: 'network-only' }), [read, attemptCount]);

  async function again() {
    const { data, error } = await resend({ input: { id } });
    if (tell({ problems: data?.resendDelivery.problems, error }, say('delivery.resent'))) onResent();
  }

  if (error && !delivery) return <Failure error={error} what={say('delivery.failed')} onRetry={read} />;
  if (!data) return <Loading />;
  if (!delivery) return <p className="muted">{say('delivery.gone')}</p>;
  return (
    <div className={classes.section}>
      <div>
        <Title order={3}>{say('delivery.attempts')}</Title>
        <Attempts attempts={delivery.attempts} />
        {delivery.nextAttemptAt && (
          <p className="muted">
            {say('delivery.next')}: <TimeText at={delivery.nextAttemptAt} />
          </p>
        )}
      </div>
      <div>
        <Title order={3}>{say('delivery.request')}</Title>
        <Request delivery={delivery} />
      </div>
      {mayEdit && (
        <div>
          <Button loading={fetching} onClick={again}>
            {say('delivery.resend')}
          </Button>
        </div>
      )}
    </div>
  );
}
