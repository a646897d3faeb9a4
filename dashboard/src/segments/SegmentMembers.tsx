import { useCallback, useEffect, useMemo } from 'react';
import { useClient } from 'urql';
import type { SegmentMembersQuery as Answer } from '../generated/graphql/graphql';
import { useText } from '../language/useText';
import { LiveRows } from '../live/LiveRows';
import { Empty } from '../page/Empty';
import { Failure } from '../page/Failure';
import { Loading } from '../page/Loading';
import { TextLink } from '../page/links';
import { useWorkspace } from '../session/viewer';
import { PAGE_ROWS } from '../table/pageWindow';
import { type LoadPage, usePageWindow } from '../table/usePageWindow';
import { type Column, VirtualTable } from '../table/VirtualTable';
import { TimeText } from '../values/TimeText';
import { SegmentMembersQuery } from './queries';
import classes from './segments.module.css';

type Member = NonNullable<Answer['segment']>['members']['nodes'][number];

const FOLLOW_MS = 1000;

interface SegmentMembersProps {
  id: string;
  /** What the rule selects now: members catch up with it within moments. */
  count: number | null | undefined;
  /** Counts who came and went. */
  moved: number;
}

/** Who is in the segment, and since when. */
export function SegmentMembers({ id, count, moved }: SegmentMembersProps) {
  const say = useText();
  const { key: workspace } = useWorkspace();
  const list = usePageWindow(useMemberPages(id));
  const { reload } = list;
  const total = list.window.totalCount;
  const isBehind = total !== null && count != null && total !== count;

  useEffect(() => {
    if (!isBehind) return;
    const timer = setTimeout(reload, FOLLOW_MS);
    return () => clearTimeout(timer);
  }, [isBehind, reload]);

  const columns = useMemo<Column<Member>[]>(
    () => [
      {
        id: 'person',
        header: say('profiles.externalId'),
        meta: { width: 220 },
        cell: ({ row: { original } }) => (
          <TextLink
            to="/w/$workspace/profiles/$id"
            params={{ workspace, id: original.profile.id }}
            className="mono"
            data-row-link
          >
            {original.profile.externalId ?? original.profile.id}
          </TextLink>
        ),
      },
      {
        id: 'entered',
        header: say('segment.enteredAt'),
        meta: { width: 160 },
        cell: ({ row: { original } }) => <TimeText at={original.enteredAt} />,
      },
      {
        id: 'updated',
        header: say('profiles.updated'),
        meta: { width: 160 },
        cell: ({ row: { original } }) => <TimeText at={original.profile.updatedAt} />,
      },
    ],
    [say, workspace],
  );

  if (list.error) return <Failure error={list.error} what={say('segment.membersFailed')} onRetry={reload} />;
  if (total === null) return <Loading />;
  return (
    <LiveRows happened={moved} onShow={reload}>
      {list.window.length === 0 ? (
        <Empty title={say('segment.noMembers')}>
          {say(isBehind ? 'segment.filling' : 'segment.noMembersAbout')}
        </Empty>
      ) : (
        <div className={classes.members}>
          <VirtualTable<Member>
            label={say('segment.members')}
            columns={columns}
            list={list}
            rowId={(member) => member.profile.id}
          />
        </div>
      )}
    </LiveRows>
  );
}

function useMemberPages(id: string): LoadPage<Member> {
  const client = useClient();
  return useCallback(
    async (after) => {
      const { data, error } = await client
        .query(SegmentMembersQuery, { id, first: PAGE_ROWS, after }, { requestPolicy: 'network-only' })
        .toPromise();
      const members = data?.segment?.members;
      if (!members) throw error;
      const { nodes, pageInfo, totalCount } = members;
      return {
        rows: nodes,
        endCursor: pageInfo.endCursor ?? null,
        hasNextPage: pageInfo.hasNextPage,
        totalCount,
      };
    },
    [client, id],
  );
}
