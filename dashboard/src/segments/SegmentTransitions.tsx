import { Button, Table } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useText } from '../language/useText';
import { Empty } from '../page/Empty';
import { Failure } from '../page/Failure';
import { Loading } from '../page/Loading';
import { TextLink } from '../page/links';
import { useWorkspace } from '../session/viewer';
import { TimeText } from '../values/TimeText';
import { SegmentTransitionsQuery } from './queries';
import classes from './segments.module.css';

const PAGE = 25;
const PAGE_MAX = 100;

/** Who entered and who left, newest first. */
export function SegmentTransitions({ id }: { id: string }) {
  const say = useText();
  const { key: workspace } = useWorkspace();
  const [first, setFirst] = useState(PAGE);
  const [{ data, error }, read] = useQuery({ query: SegmentTransitionsQuery, variables: { id, first } });
  const page = data?.segment?.transitions;
  if (error && !page) {
    return (
      <Failure
        error={error}
        what={say('segment.transitionsFailed')}
        onRetry={() => read({ requestPolicy: 'network-only' })}
      />
    );
  }
  if (!page) return <Loading />;
  if (page.nodes.length === 0) {
    return <Empty title={say('segment.noTransitions')}>{say('segment.noTransitionsAbout')}</Empty>;
  }
  return (
    <>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{say('segment.what')}</Table.Th>
            <Table.Th>{say('profiles.externalId')}</Table.Th>
            <Table.Th>{say('segment.when')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {page.nodes.map(({ kind, at, profile }) => (
            <Table.Tr key={`${profile.id}${at}${kind}`}>
              <Table.Td>
                <span className={kind === 'ENTERED' ? classes.entered : classes.left}>
                  {say(`transition.${kind}`)}
                </span>
              </Table.Td>
              <Table.Td>
                <TextLink
                  to="/w/$workspace/profiles/$id"
                  params={{ workspace, id: profile.id }}
                  className="mono"
                >
                  {profile.externalId ?? profile.id}
                </TextLink>
              </Table.Td>
              <Table.Td>
                <TimeText at={at} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {page.pageInfo.hasNextPage && first < PAGE_MAX && (
        <Button variant="subtle" mt="sm" onClick={() => setFirst(PAGE_MAX)}>
          {say('action.showOlder')}
        </Button>
      )}
    </>
  );
}
