import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { type Client, Provider } from 'urql';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { useRuleAnalysis } from './useRuleAnalysis';

interface Asked {
  text: string;
  answer: (analysis: object) => Promise<void>;
}

/** A client whose answers arrive when the test says so, in any order. */
function slowClient() {
  const asked: Asked[] = [];
  const query = (_document: unknown, { input }: { input: { text: string } }) => ({
    toPromise: () =>
      new Promise((resolve) => {
        const answer = (analysis: object) =>
          act(async () =>
            resolve({ data: { ruleAnalysis: { index: { isReady: true }, diagnostics: [], ...analysis } } }),
          );
        asked.push({ text: input.text, answer });
      }),
  });
  return { asked, client: { query } as unknown as Client };
}

describe('the analysis of a rule that is being typed', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function setUp() {
    const { asked, client } = slowClient();
    const wrapper = ({ children }: { children: ReactNode }) => <Provider value={client}>{children}</Provider>;
    const hook = renderHook(({ text }) => useRuleAnalysis(text), { wrapper, initialProps: { text: 'a' } });
    const type = (text: string) => hook.rerender({ text });
    const pause = () => act(() => vi.advanceTimersByTime(150));
    return { asked, hook, type, pause };
  }

  test('asks once typing pauses, not at every key', () => {
    const { asked, type, pause } = setUp();
    act(() => vi.advanceTimersByTime(100));
    type('ab');
    act(() => vi.advanceTimersByTime(100));
    expect(asked).toHaveLength(0);
    pause();
    expect(asked.map(({ text }) => text)).toEqual(['ab']);
  });

  test('the latest answer wins, however late an older one arrives', async () => {
    const { asked, hook, type, pause } = setUp();
    pause();
    type('ab');
    pause();
    await asked[1]?.answer({ isValid: true, count: 7 });
    await asked[0]?.answer({ isValid: true, count: 1000 });
    expect(hook.result.current.current?.count).toBe(7);
    expect(hook.result.current.counted?.analysis.count).toBe(7);
  });

  test('a broken rule keeps the last count', async () => {
    const { asked, hook, type, pause } = setUp();
    pause();
    await asked[0]?.answer({ isValid: true, count: 12 });
    type('a b');
    expect(hook.result.current.current).toBeNull();
    expect(hook.result.current.latest?.text).toBe('a');
    pause();
    await asked[1]?.answer({ isValid: false, count: null });
    expect(hook.result.current.current?.isValid).toBe(false);
    expect(hook.result.current.counted?.analysis.count).toBe(12);
  });
});
