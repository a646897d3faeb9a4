import { Button, CloseButton, Table, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useAttributes } from '../attributes/useAttributes';
import { useText } from '../language/useText';
import { Empty } from '../page/Empty';
import { Failure } from '../page/Failure';
import { Loading } from '../page/Loading';
import { ButtonLink, TextLink } from '../page/links';
import { Page } from '../page/Page';
import { useRight, useWorkspace } from '../session/viewer';
import { IconSearch } from '../theme/icons';
import { CountText } from '../values/CountText';
import { TimeText } from '../values/TimeText';
import { exampleRule } from './exampleRule';
import classes from './segments.module.css';
import { useSegments } from './useSegments';

interface SegmentsPageProps {
  search: string;
  onSearch: (search: string) => void;
}

const QUIET_MS = 150;

export function SegmentsPage({ search, onSearch }: SegmentsPageProps) {
  const say = useText();
  const { key: workspace } = useWorkspace();
  const mayEdit = useRight('EDIT_SEGMENTS');
  const [asked] = useDebouncedValue(search, QUIET_MS);
  const { list, totalCount, hasMore, error, more, reload } = useSegments(asked);
  const create = mayEdit && (
    <ButtonLink
      to="/w/$workspace/segments/new"
      params={{ workspace }}
      search={{}}
      variant="filled"
      data-shortcut="new"
    >
      {say('segments.new')}
    </ButtonLink>
  );
  return (
    <Page
      title={say('segments.title')}
      about={say('segments.about')}
      status={
        totalCount !== null && (
          <Text c="dimmed" component="span">
            <CountText count={totalCount} />
          </Text>
        )
      }
      actions={create}
    >
      {(search || totalCount !== 0) && (
        <TextInput
          size="xs"
          maw={320}
          data-shortcut="filter"
          leftSection={<IconSearch size={14} aria-hidden />}
          aria-label={say('segments.search')}
          placeholder={say('segments.search')}
          value={search}
          onChange={(event) => onSearch(event.currentTarget.value)}
          rightSection={
            search && (
              <CloseButton size="xs" aria-label={say('action.clearFilter')} onClick={() => onSearch('')} />
            )
          }
        />
      )}
      {error && <Failure error={error} what={say('segments.failed')} onRetry={reload} />}
      {totalCount === null && !error && <Loading />}
      {totalCount === 0 && <NoSegments isFiltered={asked !== ''} mayEdit={mayEdit} />}
      {list.length > 0 && (
        <Table.ScrollContainer minWidth={640} className={asked === search ? undefined : 'dim'}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{say('segments.name')}</Table.Th>
                <Table.Th>{say('segments.rule')}</Table.Th>
                <Table.Th className="number">{say('segments.people')}</Table.Th>
                <Table.Th>{say('segments.updated')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {list.map(({ id, name, ruleText, count, updatedAt }) => (
                <Table.Tr key={id} data-linked>
                  <Table.Td>
                    <TextLink to="/w/$workspace/segments/$id" params={{ workspace, id }} data-row-link>
                      {name}
                    </TextLink>
                  </Table.Td>
                  <Table.Td className={classes.ruleCell}>
                    <code className={`${classes.rule} clip`} title={ruleText}>
                      {ruleText}
                    </code>
                  </Table.Td>
                  <Table.Td className="number">
                    <TextLink to="/w/$workspace/segments/$id" params={{ workspace, id }}>
                      <CountText count={count} />
                    </TextLink>
                  </Table.Td>
                  <Table.Td style={{ whiteSpace: 'nowrap' }}>
                    <TimeText at={updatedAt} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {hasMore && (
        <Button variant="subtle" onClick={more}>
          {say('action.showMore')}
        </Button>
      )}
    </Page>
  );
}

function NoSegments({ isFiltered, mayEdit }: { isFiltered: boolean; mayEdit: boolean }) {
  const say = useText();
  const example = exampleRule(useAttributes().list);
  const { key: workspace } = useWorkspace();
  if (isFiltered) return <Empty title={say('segments.noneFound')}>{say('segments.noneFoundAbout')}</Empty>;
  return (
    <Empty
      title={say('segments.empty')}
      action={
        mayEdit && (
          <ButtonLink to="/w/$workspace/segments/new" params={{ workspace }} search={{ rule: example }}>
            {say('segments.tryExample')}
          </ButtonLink>
        )
      }
    >
      <p>{say('segments.emptyAbout')}</p>
      <code className={classes.rule}>{example}</code>
    </Empty>
  );
}
