import { describe, expect, test } from 'vitest';
import { emptyWindow, missingPages, PAGE_ROWS, PAGES_MAX, rowAt, withPage } from './pageWindow';

function page(number: number, rows = PAGE_ROWS) {
  return {
    rows: Array.from({ length: rows }, (_, at) => number * PAGE_ROWS + at),
    endCursor: `after ${number}`,
    hasNextPage: rows === PAGE_ROWS,
    totalCount: 5000,
  };
}

function readThrough(last: number) {
  let window = emptyWindow<number>();
  for (let number = 0; number <= last; number++) window = withPage(window, number, page(number));
  return window;
}

describe('a window on a long list', () => {
  test('knows the cursor of the page after the last one read', () => {
    const window = readThrough(1);
    expect(window.cursors).toEqual([null, 'after 0', 'after 1']);
    expect(window.length).toBe(2 * PAGE_ROWS);
    expect(rowAt(window, PAGE_ROWS + 3)).toBe(PAGE_ROWS + 3);
  });

  test('keeps a bounded number of pages and drops the one farthest from view', () => {
    const window = readThrough(PAGES_MAX);
    expect(window.pages.size).toBe(PAGES_MAX);
    expect(rowAt(window, 0)).toBeUndefined();
    expect(window.length).toBe((PAGES_MAX + 1) * PAGE_ROWS);
  });

  test('reads a dropped page again when it comes into view', () => {
    const window = readThrough(PAGES_MAX);
    expect(missingPages(window, 0, 30)).toEqual([0]);
    const again = withPage(window, 0, page(0));
    expect(rowAt(again, 5)).toBe(5);
    expect(again.length).toBe(window.length);
  });

  test('reads ahead when the reader nears the end, and stops at the end', () => {
    expect(missingPages(readThrough(0), 40, 70)).toEqual([1]);
    const ended = withPage(readThrough(0), 1, page(1, 20));
    expect(ended.hasMore).toBe(false);
    expect(missingPages(ended, 100, 119)).toEqual([]);
  });
});
