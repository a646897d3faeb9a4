import { Anchor } from '@mantine/core';
import { notifications } from '@mantine/notifications';

interface ToastOptions {
  message: string;
  /** How a screen reader calls the button that closes it. */
  closeLabel: string;
  undo?: { label: string; run: () => void };
}

/** Says that something was done, and offers to undo it where that can be done. */
export function toast({ message, closeLabel, undo }: ToastOptions) {
  const id = notifications.show({
    message: (
      <>
        {message}{' '}
        {undo && (
          <Anchor
            component="button"
            type="button"
            onClick={() => {
              notifications.hide(id);
              undo.run();
            }}
          >
            {undo.label}
          </Anchor>
        )}
      </>
    ),
    role: 'status',
    withBorder: true,
    autoClose: undo ? 8000 : 4000,
    closeButtonProps: { 'aria-label': closeLabel },
  });
}
