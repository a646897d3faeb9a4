import { useCallback, useEffect, useRef, useState } from 'react';
import { type CombinedError, useClient } from 'urql';
import type { ProfileHistoryQuery as Answer } from '../generated/graphql/graphql';
import { ProfileHistoryQuery } from './queries';

export type ProfileChange = NonNullable<Answer['profile']>['history']['nodes'][number];

const FIRST = 20;

interface State {
  changes: readonly ProfileChange[];
  endCursor: string | null;
  isDone: boolean;
  error: CombinedError | null;
}

const EMPTY: State = { changes: [], endCursor: null, isDone: false, error: null };

/** The history of one person, or of one of their attributes; read again from the newest when the version rises. */
export function useProfileHistory(id: string, version: string, attribute: string | undefined) {
  const client = useClient();
  const [state, setState] = useState(EMPTY);
  const reading = useRef(0);

  const read = useCallback(
    async (after: string | null) => {
      const turn = ++reading.current;
      const { data, error } = await client
        .query(
          ProfileHistoryQuery,
          { id, first: FIRST, after, key: attribute },
          { requestPolicy: 'network-only' },
        )
        .toPromise();
      if (turn !== reading.current) return;
      const page = data?.profile?.history;
      if (!page) return setState((before) => ({ ...before, error: error ?? null }));
      setState((before) => ({
        changes: after === null ? page.nodes : [...before.changes, ...page.nodes],
        endCursor: page.pageInfo.endCursor ?? null,
        isDone: !page.pageInfo.hasNextPage,
        error: null,
      }));
    },
    [client, id, attribute],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: a risen version means a newer change.
  useEffect(() => {
    read(null);
  }, [read, version]);

  return { ...state, more: () => read(state.endCursor) };
}
