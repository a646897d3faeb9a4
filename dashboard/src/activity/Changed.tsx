import { useText } from '../language/useText';
import { Missing } from '../values/Missing';
import type { Change } from './activity';
import classes from './activity.module.css';

type Altered = Change['attributes'][number];

const ATTRIBUTES_AT_FIRST = 6;

/** What a change did to each attribute; the first few at once. */
export function Changed({ attributes }: { attributes: readonly Altered[] }) {
  const say = useText();
  const more = attributes.slice(ATTRIBUTES_AT_FIRST);
  return (
    <>
      {attributes.slice(0, ATTRIBUTES_AT_FIRST).map((altered) => (
        <One key={altered.key} altered={altered} />
      ))}
      {more.length > 0 && (
        <details className={classes.change}>
          <summary className="muted">{say('change.more', { count: more.length })}</summary>
          {more.map((altered) => (
            <One key={altered.key} altered={altered} />
          ))}
        </details>
      )}
    </>
  );
}

function One({ altered: { key, oldText, newText, isApplied } }: { altered: Altered }) {
  const say = useText();
  return (
    <div className={classes.change}>
      <span className="mono">{key}</span> {oldText != null && <span className="muted">{oldText}</span>}
      {oldText != null && ' → '}
      {newText ?? <Missing />}
      {!isApplied && <span className="muted"> · {say('change.notApplied')}</span>}
    </div>
  );
}
