import { Table, Title } from '@mantine/core';
import { useText } from '../language/useText';
import { Failure } from '../page/Failure';
import { More } from '../page/More';
import { usePages } from '../table/usePages';
import { ImportRejectsQuery } from './queries';

const PAGE = 100;

/** The rows that were refused, each with its reason; `count` rises while the file is read. */
export function ImportRejects({ id, count }: { id: string; count: string }) {
  const say = useText();
  const list = usePages(ImportRejectsQuery, { id, first: PAGE }, (answer) => answer.import?.rejects, count);
  return (
    <section>
      <Title order={2}>{say('imports.rejects')}</Title>
      {count === '0' && <p className="muted">{say('imports.noRejects')}</p>}
      {list.nodes.length > 0 && (
        <Table.ScrollContainer minWidth={480}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th className="number">{say('imports.line')}</Table.Th>
                <Table.Th>{say('imports.column')}</Table.Th>
                <Table.Th>{say('imports.reason')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {list.nodes.map(({ line, column, reason }) => (
                <Table.Tr key={`${line}${column}${reason}`}>
                  <Table.Td className="number">{line}</Table.Td>
                  <Table.Td className="mono">{column}</Table.Td>
                  <Table.Td lang="en">{reason}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {list.error && <Failure error={list.error} what={say('imports.rejectsFailed')} onRetry={list.reload} />}
      <More pages={list} />
      {list.isLoaded && !list.hasMore && String(list.nodes.length) !== count && (
        <p className="muted">{say('imports.rejectsKept', { kept: list.nodes.length, count })}</p>
      )}
    </section>
  );
}
