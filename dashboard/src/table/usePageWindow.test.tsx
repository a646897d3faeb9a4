import { act, renderHook, waitFor } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import type { LoadPage } from './usePageWindow';
import { usePageWindow } from './usePageWindow';

function answer(rows: string[]) {
  return { rows, endCursor: null, hasNextPage: false, totalCount: rows.length };
}

describe('a list that is read by cursor', () => {
  test('throws away the answer of a filter that has been replaced', async () => {
    let answerSlow: (rows: string[]) => void = () => undefined;
    const slow: LoadPage<string> = () =>
      new Promise((resolve) => {
        answerSlow = (rows) => resolve(answer(rows));
      });
    const quick: LoadPage<string> = async () => answer(['new']);
    const { result, rerender } = renderHook(({ load }) => usePageWindow(load), {
      initialProps: { load: slow },
    });
    rerender({ load: quick });
    await waitFor(() => expect(result.current.window.totalCount).toBe(1));
    await act(async () => answerSlow(['old', 'older']));
    expect(result.current.window.pages.get(0)).toEqual(['new']);
    expect(result.current.isStale).toBe(false);
  });

  test('keeps the old rows, marked stale, until the new ones arrive', async () => {
    const first: LoadPage<string> = async () => answer(['first']);
    const never: LoadPage<string> = () => new Promise(() => undefined);
    const { result, rerender } = renderHook(({ load }) => usePageWindow(load), {
      initialProps: { load: first },
    });
    await waitFor(() => expect(result.current.window.length).toBe(1));
    rerender({ load: never });
    expect(result.current.isStale).toBe(true);
    expect(result.current.window.pages.get(0)).toEqual(['first']);
  });

  test('waits while it is not known what to read', () => {
    const { result } = renderHook(() => usePageWindow<string>(null));
    expect(result.current.window.totalCount).toBeNull();
  });
});
