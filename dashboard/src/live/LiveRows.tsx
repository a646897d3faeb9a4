import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { useText } from '../language/useText';
import classes from './live.module.css';

interface LiveRowsProps {
  /** Counts what happened to the rows. */
  happened: number;
  /** Reads the rows again. */
  onShow: () => void;
  children: ReactNode;
}

/** Rows that follow what happens, but never move under the pointer: then what is new waits for a click, or for the pointer to leave. */
export function LiveRows({ happened, onShow, children }: LiveRowsProps) {
  const say = useText();
  const [shown, setShown] = useState(happened);
  const [isHeld, setHeld] = useState(false);
  const [isAsked, setAsked] = useState(false);
  const count = happened - shown;
  const isDue = count > 0 && (!isHeld || isAsked);

  useEffect(() => {
    if (!isDue) return;
    setShown(happened);
    setAsked(false);
    onShow();
  }, [isDue, happened, onShow]);

  return (
    <div className={classes.rows} onPointerEnter={() => setHeld(true)} onPointerLeave={() => setHeld(false)}>
      {count > 0 && !isDue && (
        <Button className={classes.new} size="compact-xs" variant="filled" onClick={() => setAsked(true)}>
          {say('live.new', { count })}
        </Button>
      )}
      {children}
    </div>
  );
}
