import classes from './values.module.css';

/** How much of a whole. The numbers stand beside it, so a screen reader skips the picture. */
export function ShareBar({ part, whole }: { part: number; whole: number }) {
  const percent = whole === 0 ? 0 : (100 * part) / whole;
  return (
    <div className={classes.bar} aria-hidden>
      <div style={{ width: `${percent}%` }} />
    </div>
  );
}
