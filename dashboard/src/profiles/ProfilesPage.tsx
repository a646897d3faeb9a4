import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { useClient } from 'urql';
import { failureCode } from '../api/failure';
import { useAttributes } from '../attributes/useAttributes';
import { useText } from '../language/useText';
import { Empty } from '../page/Empty';
import { Failure } from '../page/Failure';
import { Loading } from '../page/Loading';
import { ButtonLink } from '../page/links';
import { Page } from '../page/Page';
import { useRight, useWorkspace } from '../session/viewer';
import { PAGE_ROWS } from '../table/pageWindow';
import { type LoadPage, usePageWindow } from '../table/usePageWindow';
import { VirtualTable } from '../table/VirtualTable';
import { CountText } from '../values/CountText';
import { ColumnPicker } from './ColumnPicker';
import { profileColumns } from './columns';
import { ProfileFilter } from './ProfileFilter';
import classes from './ProfilesPage.module.css';
import { ProfilePageQuery } from './queries';
import type { ProfileRow } from './row';
import { useColumns } from './useColumns';

export interface ProfilesView {
  /** Only people this rule selects. */
  rule?: string | undefined;
  /** Only people whose external id starts so. */
  search?: string | undefined;
  /** Keys of the attributes shown, in order, joined by commas. */
  columns?: string | undefined;
}

interface ProfilesPageProps {
  view: ProfilesView;
  /** A keystroke replaces the address; anything else is a step Back can undo. */
  onView: (view: ProfilesView, options?: { isKeystroke: boolean }) => void;
}

export function ProfilesPage({ view, onView }: ProfilesPageProps) {
  const say = useText();
  const workspace = useWorkspace();
  const attributes = useAttributes();
  const keys = useColumns(workspace.key, view.columns, attributes);
  const list = usePageWindow(useProfilePages(view, keys.shown));
  const columns = useMemo(
    () => profileColumns(keys.shown, attributes.list, say, workspace.key),
    [keys.shown, attributes.list, say, workspace.key],
  );
  const isFiltered = Boolean(view.rule || view.search);
  // The rule's own problems say it better, beside the words that are wrong.
  const isRuleBroken = Boolean(view.rule) && list.error !== null && failureCode(list.error) === 'INVALID';
  const isFirstRead = list.window.totalCount === null;

  return (
    <Page
      isFull
      title={say('profiles.title')}
      status={
        !isFirstRead && (
          <Text c="dimmed" component="span" role="status" data-testid="profiles-total">
            <CountText count={list.window.totalCount} />
          </Text>
        )
      }
      actions={
        <>
          <ColumnPicker
            attributes={attributes.list}
            shown={keys.shown}
            onChange={(shown) => onView({ ...view, columns: keys.change(shown) })}
          />
          <SaveAsSegment rule={view.rule} />
        </>
      }
    >
      <ProfileFilter view={view} onView={onView} />
      {list.error && !isRuleBroken && (
        <Failure error={list.error} what={say('profiles.failed')} onRetry={list.reload} />
      )}
      {isFirstRead && !list.error && <Loading lines={12} />}
      {list.window.totalCount === 0 && !list.isStale && (
        <NoProfiles isFiltered={isFiltered} onClear={() => onView({ columns: view.columns })} />
      )}
      {list.window.length > 0 && (
        <VirtualTable<ProfileRow>
          label={say('profiles.title')}
          columns={columns}
          list={list}
          rowId={(row) => row.id}
        />
      )}
    </Page>
  );
}

/** How to read this view's pages, once its columns are known. A new identity means another list. */
function useProfilePages(
  { rule, search }: ProfilesView,
  keys: readonly string[] | null,
): LoadPage<ProfileRow> | null {
  const client = useClient();
  return useMemo(() => {
    if (!keys) return null;
    return async (after) => {
      const variables = {
        first: PAGE_ROWS,
        after,
        rule: rule ? { text: rule } : undefined,
        search: search || undefined,
        keys: [...keys],
      };
      const { data, error } = await client
        .query(ProfilePageQuery, variables, { requestPolicy: 'network-only' })
        .toPromise();
      if (!data) throw error;
      const { nodes, pageInfo, totalCount } = data.profiles;
      return {
        rows: nodes,
        endCursor: pageInfo.endCursor ?? null,
        hasNextPage: pageInfo.hasNextPage,
        totalCount,
      };
    };
  }, [client, rule, search, keys]);
}

function SaveAsSegment({ rule }: { rule: string | undefined }) {
  const say = useText();
  const { key } = useWorkspace();
  if (!useRight('EDIT_SEGMENTS')) return null;
  return (
    <ButtonLink
      to="/w/$workspace/segments/new"
      params={{ workspace: key }}
      search={rule ? { rule } : {}}
      variant="filled"
      data-shortcut="new"
    >
      {say(rule ? 'profiles.saveAsSegment' : 'segments.new')}
    </ButtonLink>
  );
}

function NoProfiles({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  const say = useText();
  const { key } = useWorkspace();
  const mayImport = useRight('IMPORT');
  if (isFiltered) {
    return (
      <Empty
        title={say('profiles.noneFound')}
        action={
          <button type="button" className={classes.clear} onClick={onClear}>
            {say('action.clearFilter')}
          </button>
        }
      >
        {say('profiles.noneFoundAbout')}
      </Empty>
    );
  }
  return (
    <Empty
      title={say('profiles.empty')}
      action={
        mayImport && (
          <ButtonLink to="/w/$workspace/imports" params={{ workspace: key }} variant="filled">
            {say('imports.start')}
          </ButtonLink>
        )
      }
    >
      <p>{say('profiles.emptyAbout')}</p>
      <pre className={classes.example}>{EXAMPLE}</pre>
    </Empty>
  );
}

const EXAMPLE = `mutation {
  setProfileAttributes(input: {
    externalId: "ada"
    attributes: [{ key: "country", value: "TR" }]
  }) { profile { id } problems { message } }
}`;
