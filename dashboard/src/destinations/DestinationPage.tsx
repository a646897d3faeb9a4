import { Group } from '@mantine/core';
import { useCallback, useState } from 'react';
import { useQuery } from 'urql';
import type { DeliveryStatus, DestinationQuery as DestinationData } from '../generated/graphql/graphql';
import { useText } from '../language/useText';
import { Empty } from '../page/Empty';
import { Failure } from '../page/Failure';
import { Loading } from '../page/Loading';
import { ButtonLink, TextLink } from '../page/links';
import { Page } from '../page/Page';
import { usePolling } from '../page/usePolling';
import { useRight, useWorkspace } from '../session/viewer';
import { DayChart } from './DayChart';
import { Deliveries } from './Deliveries';
import { DestinationMenu } from './DestinationMenu';
import { Health, Told } from './Health';
import { PauseButton } from './PauseButton';
import { DestinationQuery } from './queries';
import { Replay } from './Replay';
import { SecretOnce } from './SecretOnce';
import { StateText } from './StateText';
import { TestEvent } from './TestEvent';

export type DestinationDetail = NonNullable<DestinationData['webhookEndpoint']>;

interface DestinationPageProps {
  id: string;
  status: DeliveryStatus | undefined;
  onStatus: (status: DeliveryStatus | undefined) => void;
  onDeleted: () => void;
}

const HEALTH_POLL_MS = 5000;

export function DestinationPage({ id, status, onStatus, onDeleted }: DestinationPageProps) {
  const say = useText();
  const { key: workspace } = useWorkspace();
  const mayEdit = useRight('MANAGE_ENDPOINTS');
  const [{ data, error }, read] = useQuery({ query: DestinationQuery, variables: { id } });
  const [secret, setSecret] = useState<string | null>(null);
  const [changes, setChanges] = useState(0);
  const destination = data?.webhookEndpoint;
  const reread = useCallback(() => read({ requestPolicy: 'network-only' }), [read]);
  usePolling(Boolean(destination), HEALTH_POLL_MS, reread);

  /** Something was sent: the deliveries and the health are others now. */
  const onSent = useCallback(() => {
    setChanges((before) => before + 1);
    reread();
  }, [reread]);

  return (
    <Page
      title={destination?.name ?? say('destination.title')}
      trail={
        <TextLink to="/w/$workspace/destinations" params={{ workspace }}>
          {say('destinations.title')}
        </TextLink>
      }
      status={destination && <StateText state={destination.state} />}
      about={destination && <span className="mono">{destination.url}</span>}
      actions={
        destination &&
        mayEdit && (
          <Group gap="xs">
            <PauseButton destination={destination} />
            <ButtonLink
              to="/w/$workspace/destinations/$id/edit"
              params={{ workspace, id }}
              data-shortcut="edit"
            >
              {say('action.edit')}
            </ButtonLink>
            <DestinationMenu destination={destination} onSecret={setSecret} onDeleted={onDeleted} />
          </Group>
        )
      }
    >
      {error && !destination && <Failure error={error} what={say('destination.failed')} onRetry={reread} />}
      {!data && !error && <Loading />}
      {data && !destination && <Empty title={say('destination.gone')}>{say('destination.goneAbout')}</Empty>}
      {destination && (
        <>
          {secret && <SecretOnce secret={secret} />}
          <Told destination={destination} />
          <Health health={destination.health} />
          <DayChart hours={destination.health.hours} />
          {mayEdit && (
            <Group align="flex-start">
              <TestEvent id={id} onSent={onSent} />
              <Replay id={id} onReplayed={onSent} />
            </Group>
          )}
          <Deliveries id={id} status={status} version={changes} onStatus={onStatus} onResent={onSent} />
        </>
      )}
    </Page>
  );
}
