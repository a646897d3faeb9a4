import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import { IntlProvider } from 'react-intl';
import { expect, test, vi } from 'vitest';
import en from '../language/en.json';
import { Attempts } from './Attempts';

vi.mock('../values/TimeText', () => ({ TimeText: ({ at }: { at: string }) => <time>{at}</time> }));

function show(attempts: Parameters<typeof Attempts>[0]['attempts']) {
  render(
    <IntlProvider locale="en" messages={en}>
      <MantineProvider>
        <Attempts attempts={attempts} />
      </MantineProvider>
    </IntlProvider>,
  );
}

const attempt = { number: 1, startedAt: '2026-05-01T09:30:00Z', durationMs: 12 };

test('an attempt says what was answered, or why nothing was', () => {
  show([
    { ...attempt, status: null, failure: 'TIMEOUT', excerpt: null },
    { ...attempt, number: 2, status: 200, failure: null, excerpt: 'ok' },
  ]);
  const [first, second] = screen.getAllByRole('listitem').map(({ textContent }) => textContent ?? '');
  expect(first).toContain('No answer: it took too long');
  expect(second).toContain('Answered 200 after 12 ms');
  expect(second).toContain('ok');
});
