import { Table, Text } from '@mantine/core';
import { useText } from '../language/useText';
import { Empty } from '../page/Empty';
import { Failure } from '../page/Failure';
import { Loading } from '../page/Loading';
import { ButtonLink, TextLink } from '../page/links';
import { More } from '../page/More';
import { Page } from '../page/Page';
import { useRight, useWorkspace } from '../session/viewer';
import { usePages } from '../table/usePages';
import { CountText } from '../values/CountText';
import { TimeText } from '../values/TimeText';
import { DestinationsQuery } from './queries';
import { StateText } from './StateText';

const PAGE = 50;

export function DestinationsPage() {
  const say = useText();
  const { key: workspace } = useWorkspace();
  const mayEdit = useRight('MANAGE_ENDPOINTS');
  const list = usePages(DestinationsQuery, { first: PAGE }, ({ webhookEndpoints }) => webhookEndpoints);
  const create = mayEdit && (
    <ButtonLink
      to="/w/$workspace/destinations/new"
      params={{ workspace }}
      variant="filled"
      data-shortcut="new"
    >
      {say('destinations.new')}
    </ButtonLink>
  );
  return (
    <Page
      title={say('destinations.title')}
      about={say('destinations.about')}
      status={
        list.totalCount !== null && (
          <Text c="dimmed" component="span" role="status">
            <CountText count={list.totalCount} />
          </Text>
        )
      }
      actions={create}
    >
      {list.error && <Failure error={list.error} what={say('destinations.failed')} onRetry={list.reload} />}
      {!list.isLoaded && !list.error && <Loading />}
      {list.isLoaded && list.nodes.length === 0 && (
        <Empty title={say('destinations.empty')}>{say('destinations.emptyAbout')}</Empty>
      )}
      {list.nodes.length > 0 && (
        <Table.ScrollContainer minWidth={640}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{say('destinations.name')}</Table.Th>
                <Table.Th>{say('destinations.url')}</Table.Th>
                <Table.Th>{say('destinations.state')}</Table.Th>
                <Table.Th className="number">{say('destinations.waiting')}</Table.Th>
                <Table.Th>{say('destinations.lastSuccess')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {list.nodes.map(({ id, name, url, state, health }) => (
                <Table.Tr key={id} data-linked>
                  <Table.Td>
                    <TextLink
                      to="/w/$workspace/destinations/$id"
                      params={{ workspace, id }}
                      search={{}}
                      data-row-link
                    >
                      {name}
                    </TextLink>
                  </Table.Td>
                  <Table.Td className="mono">{url}</Table.Td>
                  <Table.Td>
                    <StateText state={state} />
                  </Table.Td>
                  <Table.Td className="number">
                    <CountText count={health.waitingCount} />
                  </Table.Td>
                  <Table.Td>
                    {health.lastSuccessAt ? <TimeText at={health.lastSuccessAt} /> : say('destination.never')}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <More pages={list} />
    </Page>
  );
}
