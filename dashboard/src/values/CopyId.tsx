import { CopyButton, UnstyledButton } from '@mantine/core';
import { useText } from '../language/useText';
import { IconCheck, IconCopy } from '../theme/icons';
import classes from './values.module.css';

const KEPT_CHARS = 8;

/** An id: shortened in the middle, copied whole. */
export function CopyId({ id }: { id: string }) {
  const say = useText();
  const short =
    id.length > 2 * KEPT_CHARS + 4 ? `${id.slice(0, KEPT_CHARS + 5)}…${id.slice(-KEPT_CHARS)}` : id;
  return (
    <CopyButton value={id}>
      {({ copied, copy }) => (
        <UnstyledButton
          className={classes.id}
          onClick={copy}
          title={id}
          aria-label={copied ? say('action.copied') : `${short} ${say('action.copy')}`}
        >
          <span className="mono">{short}</span>
          {copied ? <IconCheck size={12} aria-hidden /> : <IconCopy size={12} aria-hidden />}
        </UnstyledButton>
      )}
    </CopyButton>
  );
}
