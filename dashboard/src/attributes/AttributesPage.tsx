import { CloseButton, Table, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useText } from '../language/useText';
import { Empty } from '../page/Empty';
import { Failure } from '../page/Failure';
import { Loading } from '../page/Loading';
import { ButtonLink } from '../page/links';
import { Page } from '../page/Page';
import { useRight, useWorkspace } from '../session/viewer';
import { IconSearch } from '../theme/icons';
import { CountText } from '../values/CountText';
import { AttributeRow } from './AttributeRow';
import { useAttributes } from './useAttributes';
import { useProfileTotal } from './useProfileTotal';

interface AttributesPageProps {
  search: string;
  onSearch: (search: string) => void;
}

const QUIET_MS = 150;

export function AttributesPage({ search, onSearch }: AttributesPageProps) {
  const say = useText();
  const { key: workspace } = useWorkspace();
  const mayEdit = useRight('EDIT_ATTRIBUTES');
  const [asked] = useDebouncedValue(search, QUIET_MS);
  const { list, totalCount, error, reload } = useAttributes(asked);
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
    <Page
      title={say('attributes.title')}
      about={say('attributes.about')}
      status={
        totalCount !== null && (
          <Text c="dimmed" component="span">
            <CountText count={totalCount} />
          </Text>
        )
      }
      actions={create}
    >
      <TextInput
        size="xs"
        maw={320}
        data-shortcut="filter"
        leftSection={<IconSearch size={14} aria-hidden />}
        aria-label={say('attributes.search')}
        placeholder={say('attributes.search')}
        value={search}
        onChange={(event) => onSearch(event.currentTarget.value)}
        rightSection={
          search && (
            <CloseButton size="xs" aria-label={say('action.clearFilter')} onClick={() => onSearch('')} />
          )
        }
      />
      {error && <Failure error={error} what={say('attributes.failed')} onRetry={reload} />}
      {totalCount === null && !error && <Loading />}
      {totalCount === 0 && (
        <Empty title={say(asked ? 'attributes.noneFound' : 'attributes.empty')} action={!asked && create}>
          {say(asked ? 'attributes.noneFoundAbout' : 'attributes.emptyAbout')}
        </Empty>
      )}
      {list.length > 0 && (
        <Table.ScrollContainer minWidth={760} className={asked === search ? undefined : 'dim'}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{say('attributes.attribute')}</Table.Th>
                <Table.Th>{say('attributes.type')}</Table.Th>
                <Table.Th>{say('attributes.format')}</Table.Th>
                <Table.Th>{say('attributes.privacy')}</Table.Th>
                <Table.Th colSpan={2}>{say('attributes.filled')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {list.map((attribute) => (
                <AttributeRow key={attribute.id} attribute={attribute} total={total} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Page>
  );
}
