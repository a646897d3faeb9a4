import { Table } from '@mantine/core';
import { useAttributes } from '../attributes/useAttributes';
import { useText } from '../language/useText';
import { Empty } from '../page/Empty';
import { ListPage, useQuietSearch } from '../page/ListPage';
import { ButtonLink, TextLink } from '../page/links';
import { useRight, useWorkspace } from '../session/viewer';
import { CountText } from '../values/CountText';
import { TimeText } from '../values/TimeText';
import { exampleRule } from './exampleRule';
import classes from './segments.module.css';
import { useSegments } from './useSegments';

interface SegmentsPageProps {
  search: string;
  onSearch: (search: string) => void;
}

export function SegmentsPage({ search, onSearch }: SegmentsPageProps) {
  const say = useText();
  const { key: workspace } = useWorkspace();
  const mayEdit = useRight('EDIT_SEGMENTS');
  const asked = useQuietSearch(search);
  const list = useSegments(asked);
  return (
    <ListPage
      title={say('segments.title')}
      about={say('segments.about')}
      create={
        mayEdit && (
          <ButtonLink
            to="/w/$workspace/segments/new"
            params={{ workspace }}
            search={{}}
            variant="filled"
            data-shortcut="new"
          >
            {say('segments.new')}
          </ButtonLink>
        )
      }
      search={search}
      searchLabel={say('segments.search')}
      onSearch={onSearch}
      list={list}
      failed={say('segments.failed')}
      empty={<NoSegments isFiltered={asked !== ''} mayEdit={mayEdit} />}
      minWidth={640}
      head={
        <>
          <Table.Th>{say('segments.name')}</Table.Th>
          <Table.Th>{say('segments.rule')}</Table.Th>
          <Table.Th className="number">{say('segments.people')}</Table.Th>
          <Table.Th>{say('segments.updated')}</Table.Th>
        </>
      }
      row={({ id, name, ruleText, count, updatedAt }) => (
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
      )}
    />
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
