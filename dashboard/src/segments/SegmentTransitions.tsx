import { Table } from '@mantine/core';
import { useText } from '../language/useText';
import { LiveRows } from '../live/LiveRows';
import { Empty } from '../page/Empty';
import { Failure } from '../page/Failure';
import { Loading } from '../page/Loading';
import { TextLink } from '../page/links';
import { More } from '../page/More';
import { useWorkspace } from '../session/viewer';
import { usePages } from '../table/usePages';
import { TimeText } from '../values/TimeText';
import { SegmentTransitionsQuery } from './queries';
import classes from './segments.module.css';

const PAGE = 50;

/** Who entered and who left, newest first; `moved` counts them while the page is shown. */
export function SegmentTransitions({ id, moved }: { id: string; moved: number }) {
  const say = useText();
  const { key: workspace } = useWorkspace();
  const list = usePages(SegmentTransitionsQuery, { id, first: PAGE }, ({ segment }) => segment?.transitions);
  if (list.error && !list.isLoaded) {
    return <Failure error={list.error} what={say('segment.transitionsFailed')} onRetry={list.reload} />;
  }
  if (!list.isLoaded) return <Loading />;
  return (
    <LiveRows happened={moved} onShow={list.reload}>
      {list.nodes.length === 0 && (
        <Empty title={say('segment.noTransitions')}>{say('segment.noTransitionsAbout')}</Empty>
      )}
      {list.nodes.length > 0 && (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{say('segment.what')}</Table.Th>
              <Table.Th>{say('profiles.externalId')}</Table.Th>
              <Table.Th>{say('segment.when')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {list.nodes.map(({ kind, at, profile }) => (
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
      )}
      {list.error && (
        <Failure error={list.error} what={say('segment.transitionsFailed')} onRetry={list.more} />
      )}
      <More pages={list} isOlder />
    </LiveRows>
  );
}
