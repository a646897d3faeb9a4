import { Button, type ButtonProps, Tooltip } from '@mantine/core';
import type { ComponentPropsWithoutRef } from 'react';

interface ActionButtonProps extends ButtonProps, Omit<ComponentPropsWithoutRef<'button'>, keyof ButtonProps> {
  /** Why it cannot be pressed now; without it, it can. */
  disabledReason?: string | false | undefined;
}

/** A button that says why it is disabled. It keeps its place in the tab order, or its reason could not be read. */
export function ActionButton({ disabledReason, onClick, ...rest }: ActionButtonProps) {
  if (!disabledReason) return <Button {...rest} onClick={onClick} />;
  return (
    <Tooltip label={disabledReason}>
      <Button
        {...rest}
        type="button"
        data-disabled
        aria-disabled
        aria-description={disabledReason}
        onClick={(event) => event.preventDefault()}
      />
    </Tooltip>
  );
}
