import { useEffect, useState } from 'react';
import { type CombinedError, useClient } from 'urql';
import { graphql } from '../generated/graphql';
import type { AttributesQuery } from '../generated/graphql/graphql';

export const AttributesQueryDocument = graphql(`
  query Attributes($first: Int!, $after: String, $search: String) {
    attributes(first: $first, after: $after, search: $search) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        id
        key
        label
        type
        isList
        privacyClass
        filledCount
        format { kind options isOpen }
      }
    }
  }
`);

export type AttributeSummary = AttributesQuery['attributes']['nodes'][number];

const PAGE = 100;
const COUNT_POLL_MS = 1500;
/** Enough for the largest attribute schema people keep; past it, the page of attributes finds the rest. */
const PAGES_MAX = 10;

export interface AllAttributes {
  list: readonly AttributeSummary[];
  totalCount: number | null;
  error: CombinedError | null;
  reload: () => void;
}

const NONE: readonly AttributeSummary[] = [];

/** Every attribute of the workspace, page after page. */
export function useAttributes(): AllAttributes {
  const client = useClient();
  const [state, setState] = useState<Omit<AllAttributes, 'reload'>>({
    list: NONE,
    totalCount: null,
    error: null,
  });
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt reads the same again.
  useEffect(() => {
    let isCurrent = true;
    let timer: ReturnType<typeof setTimeout>;
    async function read() {
      const list: AttributeSummary[] = [];
      let after: string | null | undefined;
      for (let page = 0; page < PAGES_MAX; page++) {
        const variables = { first: PAGE, after };
        const { data, error } = await client
          .query(AttributesQueryDocument, variables, { requestPolicy: 'network-only' })
          .toPromise();
        if (!isCurrent) return;
        if (!data) return setState((before) => ({ ...before, error: error ?? null }));
        list.push(...data.attributes.nodes);
        const isDone = !data.attributes.pageInfo.hasNextPage;
        if (isDone || page === PAGES_MAX - 1) {
          setState({ list, totalCount: data.attributes.totalCount, error: null });
          const isCounting = list.some(({ filledCount }) => filledCount === null);
          if (isCounting) timer = setTimeout(() => setAttempt((before) => before + 1), COUNT_POLL_MS);
          return;
        }
        after = data.attributes.pageInfo.endCursor;
      }
    }
    read();
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [client, attempt]);

  return { ...state, reload: () => setAttempt((before) => before + 1) };
}
