import { Table } from '@mantine/core';
import { useText } from '../language/useText';
import { Empty } from '../page/Empty';
import { ListPage, useQuietSearch } from '../page/ListPage';
import { ButtonLink } from '../page/links';
import { usePolling } from '../page/usePolling';
import { useRight, useWorkspace } from '../session/viewer';
import { usePages } from '../table/usePages';
import { AttributeRow } from './AttributeRow';
import { AttributesQueryDocument } from './useAttributes';
import { useProfileTotal } from './useProfileTotal';

interface AttributesPageProps {
  search: string;
  onSearch: (search: string) => void;
}

const PAGE = 100;
const COUNT_POLL_MS = 1500;

export function AttributesPage({ search, onSearch }: AttributesPageProps) {
  const say = useText();
  const { key: workspace } = useWorkspace();
  const mayEdit = useRight('EDIT_ATTRIBUTES');
  const asked = useQuietSearch(search);
  const list = useListed(asked);
  const total = useProfileTotal();
  const create = mayEdit && (
    <ButtonLink
      to="/w/$workspace/attributes/new-attribute"
      params={{ workspace }}
      variant="filled"
      data-shortcut="new"
    >
      {say('attributes.new')}
    </ButtonLink>
  );
  return (
    <ListPage
      title={say('attributes.title')}
      about={say('attributes.about')}
      create={create}
      search={search}
      searchLabel={say('attributes.search')}
      onSearch={onSearch}
      list={list}
      failed={say('attributes.failed')}
      empty={
        <Empty title={say(asked ? 'attributes.noneFound' : 'attributes.empty')} action={!asked && create}>
          {say(asked ? 'attributes.noneFoundAbout' : 'attributes.emptyAbout')}
        </Empty>
      }
      minWidth={760}
      head={
        <>
          <Table.Th>{say('attributes.attribute')}</Table.Th>
          <Table.Th>{say('attributes.type')}</Table.Th>
          <Table.Th>{say('attributes.format')}</Table.Th>
          <Table.Th>{say('attributes.privacy')}</Table.Th>
          <Table.Th colSpan={2}>{say('attributes.filled')}</Table.Th>
        </>
      }
      row={(attribute) => <AttributeRow key={attribute.id} attribute={attribute} total={total} />}
    />
  );
}

/** Attributes by key, page after page; read again while counts are still unknown. */
function useListed(search: string) {
  const list = usePages(
    AttributesQueryDocument,
    { first: PAGE, search: search || undefined },
    ({ attributes }) => attributes,
  );
  usePolling(
    list.nodes.some(({ filledCount }) => filledCount === null),
    COUNT_POLL_MS,
    list.reload,
  );
  return list;
}
