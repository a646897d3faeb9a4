import { CombinedError } from 'urql';
import { expect, test } from 'vitest';
import { failureCode, failureMessage, requestId } from './failure';

test('a failure carries the server’s code, words and request id', () => {
  const error = new CombinedError({
    graphQLErrors: [{ message: 'Counting starts soon.', extensions: { code: 'INDEX_LOADING' } }],
    response: { status: 200, headers: new Headers({ 'x-request-id': 'req-7' }) },
  });
  expect(failureCode(error)).toBe('INDEX_LOADING');
  expect(failureMessage(error)).toBe('Counting starts soon.');
  expect(requestId(error)).toBe('req-7');
});

test('a server that was not reached is told from one that failed', () => {
  expect(failureCode(new CombinedError({ networkError: new Error('offline') }))).toBe('NETWORK');
  expect(failureCode(new CombinedError({ networkError: new Error('401'), response: { status: 401 } }))).toBe(
    'UNAUTHENTICATED',
  );
});
