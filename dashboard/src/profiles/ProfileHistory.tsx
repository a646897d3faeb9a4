import { Button, CloseButton, Group, Title } from '@mantine/core';
import { useText } from '../language/useText';
import { Failure } from '../page/Failure';
import { Missing } from '../values/Missing';
import { TimeText } from '../values/TimeText';
import classes from './ProfilePage.module.css';
import { type ProfileChange, useProfileHistory } from './useProfileHistory';

interface ProfileHistoryProps {
  id: string;
  /** The profile's version: a higher one means there is more history. */
  version: string;
  attribute: string | undefined;
  onAttribute: (key: string | undefined) => void;
}

/** Every change, newest first: what it was, what it became, who said so. */
export function ProfileHistory({ id, version, attribute, onAttribute }: ProfileHistoryProps) {
  const say = useText();
  const history = useProfileHistory(id, version, attribute);
  return (
    <section data-testid="profile-history">
      <div className={classes.sectionHead}>
        <Title order={2}>{say('profile.history')}</Title>
        {attribute && (
          <Group gap={4}>
            <span className="mono">{attribute}</span>
            <CloseButton
              size="sm"
              aria-label={say('profile.allHistory')}
              onClick={() => onAttribute(undefined)}
            />
          </Group>
        )}
      </div>
      {history.error && (
        <Failure error={history.error} what={say('profile.historyFailed')} onRetry={history.more} />
      )}
      {history.isDone && history.changes.length === 0 && <p className="muted">{say('profile.noHistory')}</p>}
      {history.changes.length > 0 && (
        <ol className={classes.list}>
          {history.changes.map((change) => (
            <Change key={change.sequence} change={change} attribute={attribute} />
          ))}
        </ol>
      )}
      {!history.isDone && history.changes.length > 0 && (
        <Button variant="subtle" mt="sm" onClick={history.more}>
          {say('action.showOlder')}
        </Button>
      )}
    </section>
  );
}

const ATTRIBUTES_AT_FIRST = 6;

function Change({ change, attribute }: { change: ProfileChange; attribute: string | undefined }) {
  const say = useText();
  const altered = attribute ? change.attributes.filter(({ key }) => key === attribute) : change.attributes;
  const shown = altered.slice(0, ATTRIBUTES_AT_FIRST);
  return (
    <li>
      <div className={classes.line}>
        <span className="muted">
          {say(`change.${change.kind}`)} · {change.source}
          {change.actor !== change.source && ` · ${change.actor}`}
        </span>
        <span className={classes.when}>
          <TimeText at={change.occurredAt} />
        </span>
      </div>
      {shown.map(({ key, oldText, newText, isApplied }) => (
        <div key={key} className={classes.change}>
          <span className="mono">{key}</span>{' '}
          {oldText != null && <span className={classes.old}>{oldText}</span>}
          {oldText != null && ' → '}
          {newText ?? <Missing />}
          {!isApplied && <span className="muted"> · {say('change.notApplied')}</span>}
        </div>
      ))}
      {altered.length > shown.length && (
        <details className={classes.change}>
          <summary className="muted">{say('change.more', { count: altered.length - shown.length })}</summary>
          {altered.slice(ATTRIBUTES_AT_FIRST).map(({ key, oldText, newText }) => (
            <div key={key} className={classes.change}>
              <span className="mono">{key}</span>{' '}
              {oldText != null && <span className={classes.old}>{oldText}</span>}
              {oldText != null && ' → '}
              {newText ?? <Missing />}
            </div>
          ))}
        </details>
      )}
    </li>
  );
}
