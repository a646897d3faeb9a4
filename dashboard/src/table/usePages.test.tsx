import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { type Client, Provider, type TypedDocumentNode } from 'urql';
import { describe, expect, test } from 'vitest';
import { type Connection, usePages } from './usePages';

type Variables = { search: string; after?: string | null };
const QUERY = {} as TypedDocumentNode<Connection<string>, Variables>;
const ROWS = ['a', 'b', 'c', 'd', 'e'];

/** Answers two rows at a time; each cursor is the last row before it. `asked` holds every cursor sent. */
function setUp() {
  const asked: (string | null)[] = [];
  const query = (_document: unknown, { search, after = null }: Variables) => ({
    toPromise: async () => {
      asked.push(after);
      const found = ROWS.filter((row) => row.includes(search) && (after === null || row > after));
      const nodes = found.slice(0, 2);
      const pageInfo = { hasNextPage: found.length > 2, endCursor: nodes.at(-1) ?? null };
      return { data: { nodes, pageInfo, totalCount: ROWS.length } };
    },
  });
  const client = { query } as unknown as Client;
  const wrapper = ({ children }: { children: ReactNode }) => <Provider value={client}>{children}</Provider>;
  const hook = renderHook(({ search }) => usePages(QUERY, { search }, (answer) => answer), {
    wrapper,
    initialProps: { search: '' },
  });
  return { asked, hook };
}

describe('a list that is read page by page', () => {
  test('goes on where the page before ended, to the last', async () => {
    const { asked, hook } = setUp();
    await waitFor(() => expect(hook.result.current.isLoaded).toBe(true));
    await act(async () => hook.result.current.more());
    expect(hook.result.current.nodes).toEqual(['a', 'b', 'c', 'd']);
    await act(async () => hook.result.current.more());
    expect(hook.result.current.nodes).toEqual(ROWS);
    expect(hook.result.current.hasMore).toBe(false);
    expect(asked).toEqual([null, 'b', 'd']);
  });

  test('reads again as many pages as are shown', async () => {
    const { asked, hook } = setUp();
    await waitFor(() => expect(hook.result.current.isLoaded).toBe(true));
    await act(async () => hook.result.current.more());
    await act(async () => hook.result.current.reload());
    expect(hook.result.current.nodes).toEqual(['a', 'b', 'c', 'd']);
    expect(asked).toEqual([null, 'b', null, 'b']);
  });

  test('begins anew for other variables', async () => {
    const { hook } = setUp();
    await waitFor(() => expect(hook.result.current.isLoaded).toBe(true));
    hook.rerender({ search: 'e' });
    expect(hook.result.current.isStale).toBe(true);
    await waitFor(() => expect(hook.result.current.nodes).toEqual(['e']));
    expect(hook.result.current.isStale).toBe(false);
  });
});
