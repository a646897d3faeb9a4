import { act, renderHook } from '@testing-library/react';
import { expect, test } from 'vitest';
import { useSaving } from './useSaving';

/** A form whose answers are given by hand. */
function setUp() {
  const sent: string[] = [];
  const answers: ((isTaken: boolean) => void)[] = [];
  const hook = renderHook(
    ({ text }) =>
      useSaving(() => {
        sent.push(text);
        return new Promise((resolve) => answers.push(resolve));
      }),
    { initialProps: { text: 'first' } },
  );
  const press = () => void hook.result.current();
  const answer = (isTaken: boolean) => act(async () => answers.shift()?.(isTaken));
  return { sent, press, answer, type: (text: string) => hook.rerender({ text }) };
}

test('pressed twice, it sends once', async () => {
  const { sent, press, answer } = setUp();
  press();
  press();
  await answer(true);
  expect(sent).toEqual(['first']);
});

test('pressed after a correction while the answer is awaited, it sends the correction once the answer is no', async () => {
  const { sent, press, answer, type } = setUp();
  press();
  type('second');
  press();
  expect(sent).toEqual(['first']);
  await answer(false);
  expect(sent).toEqual(['first', 'second']);
  await answer(true);
  press();
  expect(sent).toHaveLength(3);
});
