import { MantineProvider } from '@mantine/core';
import { fireEvent, render, screen } from '@testing-library/react';
import { IntlProvider } from 'react-intl';
import { expect, test, vi } from 'vitest';
import messages from '../language/en.json';
import { LiveRows } from './LiveRows';

function setUp() {
  const onShow = vi.fn();
  const rows = (happened: number) => (
    <MantineProvider>
      <IntlProvider locale="en" messages={messages}>
        <LiveRows happened={happened} onShow={onShow}>
          <p>a row</p>
        </LiveRows>
      </IntlProvider>
    </MantineProvider>
  );
  const { rerender } = render(rows(3));
  return { onShow, happen: (happened: number) => rerender(rows(happened)) };
}

test('what is new is read at once', () => {
  const { onShow, happen } = setUp();
  expect(onShow).not.toHaveBeenCalled();
  happen(4);
  expect(onShow).toHaveBeenCalledTimes(1);
});

test('under the pointer it waits for a click', () => {
  const { onShow, happen } = setUp();
  fireEvent.pointerEnter(screen.getByText('a row').parentElement as HTMLElement);
  happen(4);
  happen(5);
  expect(onShow).not.toHaveBeenCalled();
  fireEvent.click(screen.getByRole('button', { name: '2 new, show' }));
  expect(onShow).toHaveBeenCalledTimes(1);
  expect(screen.queryByRole('button')).toBeNull();
});

test('or for the pointer to leave', () => {
  const { onShow, happen } = setUp();
  const rows = screen.getByText('a row').parentElement as HTMLElement;
  fireEvent.pointerEnter(rows);
  happen(9);
  fireEvent.pointerLeave(rows);
  expect(onShow).toHaveBeenCalledTimes(1);
});
