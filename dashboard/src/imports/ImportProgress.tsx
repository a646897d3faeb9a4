import { Progress } from '@mantine/core';
import { useLanguage } from '../language/LanguageProvider';
import { useText } from '../language/useText';
import { formatExact } from '../values/numbers';
import classes from './imports.module.css';

interface ImportProgressProps {
  /** Rows, as exact text. */
  done: string;
  /** Null until the rows have been counted. */
  total: string | null;
}

export function ImportProgress({ done, total }: ImportProgressProps) {
  const say = useText();
  const { language } = useLanguage();
  // A picture may be rounded; the words beside it are exact.
  const percent =
    total === null || total === '0' ? 0 : (100 * Number.parseInt(done, 10)) / Number.parseInt(total, 10);
  return (
    <div className={classes.progress}>
      <Progress value={percent} aria-label={say('imports.progress')} />
      <span className="muted">
        {total === null
          ? say('imports.rows', { done: formatExact(done, language) })
          : say('imports.rowsOf', { done: formatExact(done, language), total: formatExact(total, language) })}
      </span>
    </div>
  );
}
