/** One page of a list, as the server's cursor leads to it. */
export interface LoadedPage<Row> {
  rows: readonly Row[];
  endCursor: string | null;
  hasNextPage: boolean;
  totalCount: number | null;
}

export const PAGE_ROWS = 100;
/** Pages kept in memory: 2,000 rows, whatever the list's length. */
export const PAGES_MAX = 20;

/**
 * A long list read by cursor. Page n starts after `cursors[n]`, which is known once page n - 1 was read, so
 * pages far from view are dropped and read again when the reader comes back to them.
 */
export interface PageWindow<Row> {
  pages: ReadonlyMap<number, readonly Row[]>;
  cursors: readonly (string | null)[];
  /** Rows known to exist so far, whether or not they are in memory. */
  length: number;
  hasMore: boolean;
  totalCount: number | null;
}

export function emptyWindow<Row>(): PageWindow<Row> {
  return { pages: new Map(), cursors: [null], length: 0, hasMore: true, totalCount: null };
}

/** The window once page `number` has arrived. */
export function withPage<Row>(
  window: PageWindow<Row>,
  number: number,
  page: LoadedPage<Row>,
): PageWindow<Row> {
  const pages = new Map(window.pages).set(number, page.rows);
  if (pages.size > PAGES_MAX) {
    const farthest = [...pages.keys()].reduce((a, b) =>
      Math.abs(b - number) > Math.abs(a - number) ? b : a,
    );
    pages.delete(farthest);
  }
  const isLast = number === window.cursors.length - 1;
  return {
    pages,
    cursors: isLast && page.hasNextPage ? [...window.cursors, page.endCursor] : window.cursors,
    length: isLast ? number * PAGE_ROWS + page.rows.length : window.length,
    hasMore: isLast ? page.hasNextPage : window.hasMore,
    totalCount: page.totalCount ?? window.totalCount,
  };
}

/** The row at a place of the list; `undefined` while its page is not in memory. */
export function rowAt<Row>(window: PageWindow<Row>, index: number): Row | undefined {
  return window.pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS];
}

/** Pages in view, and the one about to be, that must be read. */
export function missingPages<Row>(window: PageWindow<Row>, first: number, last: number): number[] {
  const missing: number[] = [];
  const ahead = Math.floor((last + PAGE_ROWS / 2) / PAGE_ROWS);
  for (let number = Math.floor(first / PAGE_ROWS); number <= ahead; number++) {
    if (!window.pages.has(number) && number < window.cursors.length) missing.push(number);
  }
  return missing;
}
