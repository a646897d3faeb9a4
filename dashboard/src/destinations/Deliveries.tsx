import { NativeSelect, Table, Title } from '@mantine/core';
import { useState } from 'react';
import type { DeliveryStatus } from '../generated/graphql/graphql';
import { useText } from '../language/useText';
import { Empty } from '../page/Empty';
import { Failure } from '../page/Failure';
import { Loading } from '../page/Loading';
import { More } from '../page/More';
import { usePolling } from '../page/usePolling';
import { usePages } from '../table/usePages';
import { DeliveryRow } from './DeliveryRow';
import classes from './destinations.module.css';
import { DeliveriesQuery } from './queries';

interface DeliveriesProps {
  id: string;
  status: DeliveryStatus | undefined;
  /** Another one is read anew. */
  version: number;
  onStatus: (status: DeliveryStatus | undefined) => void;
  onResent: () => void;
}

const PAGE = 50;
const UNDER_WAY_POLL_MS = 2000;
const STATUSES = ['DUE', 'LEASED', 'DELIVERED', 'FAILED'] as const;

/** What a destination was and is owed, newest first. */
export function Deliveries({ id, status, version, onStatus, onResent }: DeliveriesProps) {
  const say = useText();
  const [opened, setOpened] = useState<string | null>(null);
  const list = usePages(
    DeliveriesQuery,
    { id, first: PAGE, status },
    ({ webhookEndpoint }) => webhookEndpoint?.deliveries,
    version,
  );
  usePolling(
    list.nodes.some(({ status }) => status === 'DUE' || status === 'LEASED'),
    UNDER_WAY_POLL_MS,
    list.reload,
  );
  return (
    <section className={classes.section}>
      <div className={classes.sectionHead}>
        <Title order={2}>{say('destination.deliveries')}</Title>
        <NativeSelect
          size="xs"
          data-shortcut="filter"
          aria-label={say('delivery.status')}
          data={[
            { value: '', label: say('delivery.all') },
            ...STATUSES.map((value) => ({ value, label: say(`deliveryStatus.${value}`) })),
          ]}
          value={status ?? ''}
          onChange={(event) => onStatus((event.currentTarget.value as DeliveryStatus | '') || undefined)}
        />
      </div>
      {list.error && (
        <Failure error={list.error} what={say('destination.deliveriesFailed')} onRetry={list.reload} />
      )}
      {!list.isLoaded && !list.error && <Loading />}
      {list.isLoaded && !list.isStale && list.nodes.length === 0 && (
        <Empty title={say('delivery.none')}>{say('delivery.noneAbout')}</Empty>
      )}
      {list.nodes.length > 0 && (
        <Table.ScrollContainer minWidth={720} className={list.isStale ? 'dim' : undefined}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{say('delivery.event')}</Table.Th>
                <Table.Th>{say('profiles.externalId')}</Table.Th>
                <Table.Th>{say('delivery.status')}</Table.Th>
                <Table.Th className="number">{say('delivery.attempts')}</Table.Th>
                <Table.Th>{say('delivery.created')}</Table.Th>
                <Table.Th>{say('delivery.next')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {list.nodes.map((delivery) => (
                <DeliveryRow
                  key={delivery.id}
                  delivery={delivery}
                  isOpen={opened === delivery.id}
                  onToggle={() => setOpened(opened === delivery.id ? null : delivery.id)}
                  onResent={onResent}
                />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <More pages={list} isOlder />
    </section>
  );
}
