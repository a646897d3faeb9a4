import { CloseButton, Table, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useText } from '../language/useText';
import type { Pages } from '../table/usePages';
import { IconSearch } from '../theme/icons';
import { CountText } from '../values/CountText';
import { Failure } from './Failure';
import { Loading } from './Loading';
import { More } from './More';
import { Page } from './Page';

interface ListPageProps<Node> {
  title: string;
  about: string;
  /** What makes a new one; absent for those who may not. */
  create: ReactNode;
  search: string;
  /** What the search looks at. */
  searchLabel: string;
  onSearch: (search: string) => void;
  list: Pages<Node>;
  /** What to say when the list cannot be read. */
  failed: string;
  /** In place of the table when nothing is listed. */
  empty: ReactNode;
  /** Below it the table scrolls sideways. */
  minWidth: number;
  head: ReactNode;
  row: (node: Node) => ReactNode;
}

const QUIET_MS = 150;

/** What is searched for: what was typed, once typing pauses. */
export function useQuietSearch(search: string): string {
  const [asked] = useDebouncedValue(search, QUIET_MS);
  return asked;
}

/** A page that is one list: how many there are, a search, a table, and more of it. */
export function ListPage<Node>({ list, search, onSearch, ...props }: ListPageProps<Node>) {
  const say = useText();
  const isEmpty = list.isLoaded && !list.isStale && list.nodes.length === 0;
  return (
    <Page
      title={props.title}
      about={props.about}
      status={
        list.totalCount !== null && (
          <Text c="dimmed" component="span" role="status">
            <CountText count={list.totalCount} />
          </Text>
        )
      }
      actions={props.create}
    >
      {(search || !isEmpty) && (
        <TextInput
          size="xs"
          maw={320}
          data-shortcut="filter"
          leftSection={<IconSearch size={14} aria-hidden />}
          aria-label={props.searchLabel}
          placeholder={props.searchLabel}
          value={search}
          onChange={(event) => onSearch(event.currentTarget.value)}
          rightSection={
            search && (
              <CloseButton size="xs" aria-label={say('action.clearFilter')} onClick={() => onSearch('')} />
            )
          }
        />
      )}
      {list.error && <Failure error={list.error} what={props.failed} onRetry={list.reload} />}
      {!list.isLoaded && !list.error && <Loading />}
      {isEmpty && props.empty}
      {list.nodes.length > 0 && (
        <Table.ScrollContainer minWidth={props.minWidth} className={list.isStale ? 'dim' : undefined}>
          <Table>
            <Table.Thead>
              <Table.Tr>{props.head}</Table.Tr>
            </Table.Thead>
            <Table.Tbody>{list.nodes.map(props.row)}</Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <More pages={list} />
    </Page>
  );
}
