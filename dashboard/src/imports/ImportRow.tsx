import { Table } from '@mantine/core';
import { useState } from 'react';
import type { ImportsQuery as Answer } from '../generated/graphql/graphql';
import { ImportProgressSubscription } from '../live/queries';
import { useLive } from '../live/useLive';
import { TextLink } from '../page/links';
import { useWorkspace } from '../session/viewer';
import { TimeText } from '../values/TimeText';
import { ImportProgress } from './ImportProgress';
import { ImportState } from './ImportState';

type Listed = Answer['imports']['nodes'][number];

/** An import in the list, which moves on by itself until it is over. */
export function ImportRow({ listed }: { listed: Listed }) {
  const { key: workspace } = useWorkspace();
  const [told, setTold] = useState<Partial<Listed>>({});
  const row = { ...listed, ...told };
  useLive({
    query: ImportProgressSubscription,
    variables: { id: row.id },
    isOver: row.state === 'DONE' || row.state === 'FAILED',
    onEvent: ({ importProgress }) => setTold(importProgress),
  });
  return (
    <Table.Tr data-linked>
      <Table.Td>
        <TextLink to="/w/$workspace/imports/$id" params={{ workspace, id: row.id }} data-row-link>
          {row.name}
        </TextLink>
      </Table.Td>
      <Table.Td>
        <ImportState state={row.state} />
      </Table.Td>
      <Table.Td>
        <ImportProgress done={row.rowsDone} total={row.rowsTotal ?? null} />
      </Table.Td>
      <Table.Td className="number">
        <TextLink to="/w/$workspace/imports/$id" params={{ workspace, id: row.id }}>
          {row.rowsRejected}
        </TextLink>
      </Table.Td>
      <Table.Td>
        <TimeText at={row.createdAt} />
      </Table.Td>
    </Table.Tr>
  );
}
