import { Table } from '@mantine/core';
import { useAttributes } from '../attributes/useAttributes';
import { useText } from '../language/useText';
import { Empty } from '../page/Empty';
import styles from '../page/Form.module.css';
import { ListPage, useQuietSearch } from '../page/ListPage';
import { ButtonLink, TextLink } from '../page/links';
import { useRight, useWorkspace } from '../session/viewer';
import { usePages } from '../table/usePages';
import { TimeText } from '../values/TimeText';
import { exampleTemplate } from './exampleTemplate';
import { TemplatesQuery } from './queries';

interface TemplatesPageProps {
  search: string;
  onSearch: (search: string) => void;
}

const PAGE = 50;

export function TemplatesPage({ search, onSearch }: TemplatesPageProps) {
  const say = useText();
  const { key: workspace } = useWorkspace();
  const mayEdit = useRight('EDIT_TEMPLATES');
  const asked = useQuietSearch(search);
  const list = usePages(
    TemplatesQuery,
    { first: PAGE, search: asked || undefined },
    ({ templates }) => templates,
  );
  return (
    <ListPage
      title={say('templates.title')}
      about={say('templates.about')}
      create={
        mayEdit && (
          <ButtonLink
            to="/w/$workspace/templates/new"
            params={{ workspace }}
            search={{}}
            variant="filled"
            data-shortcut="new"
          >
            {say('templates.new')}
          </ButtonLink>
        )
      }
      search={search}
      searchLabel={say('templates.search')}
      onSearch={onSearch}
      list={list}
      failed={say('templates.failed')}
      empty={<NoTemplates isFiltered={asked !== ''} mayEdit={mayEdit} />}
      minWidth={640}
      head={
        <>
          <Table.Th>{say('templates.name')}</Table.Th>
          <Table.Th>{say('templates.key')}</Table.Th>
          <Table.Th>{say('template.context')}</Table.Th>
          <Table.Th>{say('templates.updated')}</Table.Th>
        </>
      }
      row={({ id, key, name, description, context, updatedAt }) => (
        <Table.Tr key={id} data-linked>
          <Table.Td>
            <TextLink to="/w/$workspace/templates/$id" params={{ workspace, id }} data-row-link>
              {name}
            </TextLink>
            {description && <div className="muted">{description}</div>}
          </Table.Td>
          <Table.Td className="mono">{key}</Table.Td>
          <Table.Td>{say(`templateContext.${context}`)}</Table.Td>
          <Table.Td>
            <TimeText at={updatedAt} />
          </Table.Td>
        </Table.Tr>
      )}
    />
  );
}

function NoTemplates({ isFiltered, mayEdit }: { isFiltered: boolean; mayEdit: boolean }) {
  const say = useText();
  const example = exampleTemplate(useAttributes().list);
  const { key: workspace } = useWorkspace();
  if (isFiltered) return <Empty title={say('templates.noneFound')}>{say('templates.noneFoundAbout')}</Empty>;
  return (
    <Empty
      title={say('templates.empty')}
      action={
        mayEdit && (
          <ButtonLink to="/w/$workspace/templates/new" params={{ workspace }} search={{ body: example }}>
            {say('templates.tryExample')}
          </ButtonLink>
        )
      }
    >
      <p>{say('templates.emptyAbout')}</p>
      <pre className={styles.textBlock}>{example}</pre>
    </Empty>
  );
}
