import { useCallback, useEffect, useRef, useState } from 'react';
import { type AnyVariables, type CombinedError, type TypedDocumentNode, useClient } from 'urql';

/** A page of a list, as every connection of the API answers it. */
export interface Connection<Node> {
  nodes: readonly Node[];
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
  totalCount?: number;
}

interface State<Node> {
  nodes: readonly Node[];
  /** How many pages were read. */
  pages: number;
  endCursor: string | null;
  hasMore: boolean;
  totalCount: number | null;
  /** Which list the nodes are of; null until there are any. */
  list: string | null;
  error: CombinedError | null;
}

export interface Pages<Node> extends Omit<State<Node>, 'list' | 'endCursor' | 'pages'> {
  /** Whether anything was read yet, be it an empty list. */
  isLoaded: boolean;
  /** The nodes belong to the variables before. */
  isStale: boolean;
  /** The next page is under way. */
  isReading: boolean;
  /** Reads the next page. */
  more: () => void;
  /** Reads again what is shown. */
  reload: () => void;
}

/**
 * A list read page by page, as its reader asks for more. Other variables are another list; another version
 * of the same list is read again as far as it is shown.
 */
export function usePages<Answer, Variables extends AnyVariables, Node>(
  query: TypedDocumentNode<Answer, Variables>,
  variables: Variables,
  connectionOf: (answer: Answer) => Connection<Node> | null | undefined,
  version?: string | number,
): Pages<Node> {
  const client = useClient();
  const list = JSON.stringify(variables);
  const [state, setState] = useState<State<Node>>(EMPTY);
  const [isReading, setReading] = useState(false);
  const latest = useRef({ variables, connectionOf, state, isReading });
  latest.current = { variables, connectionOf, state, isReading };
  const turn = useRef(0);

  /** Reads so many pages, after those that are kept. Whoever asked last is answered. */
  const read = useCallback(
    async (kept: State<Node>, pages: number) => {
      const mine = ++turn.current;
      let state = kept;
      do {
        const variables = { ...latest.current.variables, after: state.endCursor };
        const { data, error } = await client
          .query(query, variables, { requestPolicy: 'network-only' })
          .toPromise();
        if (mine !== turn.current) return;
        if (!data) return setState((before) => ({ ...before, error: error ?? null }));
        state = withPage(state, latest.current.connectionOf(data));
      } while (state.hasMore && state.pages < kept.pages + pages);
      setState({ ...state, list });
    },
    [client, query, list],
  );

  const reload = useCallback(() => {
    const { state, isReading } = latest.current;
    if (!isReading) read(EMPTY, state.list === list ? state.pages : 1);
  }, [read, list]);

  const more = useCallback(async () => {
    if (latest.current.state.list !== list) return;
    setReading(true);
    await read(latest.current.state, 1);
    setReading(false);
  }, [read, list]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another version is read although nothing else changed.
  useEffect(() => {
    reload();
    return () => {
      turn.current++;
    };
  }, [reload, version]);

  const { nodes, hasMore, totalCount, error } = state;
  const isLoaded = state.list !== null;
  return {
    nodes,
    hasMore,
    totalCount,
    error,
    isLoaded,
    isStale: isLoaded && state.list !== list,
    isReading,
    more,
    reload,
  };
}

const EMPTY = {
  nodes: [],
  pages: 0,
  endCursor: null,
  hasMore: false,
  totalCount: null,
  list: null,
  error: null,
};

/** What is known once one more page has come. What the list hangs on may be gone: then it is empty. */
function withPage<Node>(before: State<Node>, page: Connection<Node> | null | undefined): State<Node> {
  return {
    ...before,
    nodes: [...before.nodes, ...(page?.nodes ?? [])],
    pages: before.pages + 1,
    endCursor: page?.pageInfo.endCursor ?? null,
    hasMore: page?.pageInfo.hasNextPage ?? false,
    totalCount: page?.totalCount ?? before.totalCount,
    error: null,
  };
}
