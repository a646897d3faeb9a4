import { CloseButton, Group, Title } from '@mantine/core';
import type { ProfileHistoryQuery as Answer } from '../generated/graphql/graphql';
import { useText } from '../language/useText';
import { LiveRows } from '../live/LiveRows';
import { Failure } from '../page/Failure';
import { More } from '../page/More';
import { usePages } from '../table/usePages';
import { Missing } from '../values/Missing';
import { SourceText } from '../values/SourceText';
import { TimeText } from '../values/TimeText';
import classes from './ProfilePage.module.css';
import { ProfileHistoryQuery } from './queries';

type ProfileChange = NonNullable<Answer['profile']>['history']['nodes'][number];

interface ProfileHistoryProps {
  id: string;
  /** Counts what happened to the profile: with more of it there may be more history. */
  happened: number;
  attribute: string | undefined;
  onAttribute: (key: string | undefined) => void;
}

const PAGE = 20;

/** Every change, newest first: what it was, what it became, who said so. */
export function ProfileHistory({ id, happened, attribute, onAttribute }: ProfileHistoryProps) {
  const say = useText();
  const history = usePages(
    ProfileHistoryQuery,
    { id, first: PAGE, key: attribute },
    ({ profile }) => profile?.history,
  );
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
        <Failure error={history.error} what={say('profile.historyFailed')} onRetry={history.reload} />
      )}
      {history.isLoaded && history.nodes.length === 0 && <p className="muted">{say('profile.noHistory')}</p>}
      <LiveRows happened={happened} onShow={history.reload}>
        {history.nodes.length > 0 && (
          <ol className={`${classes.list} ${history.isStale ? 'dim' : ''}`}>
            {history.nodes.map((change) => (
              <Change key={change.sequence} change={change} attribute={attribute} />
            ))}
          </ol>
        )}
      </LiveRows>
      <More pages={history} isOlder />
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
        <span className="muted sentence">
          {say(`change.${change.kind}`)} · <SourceText source={change.source} id={change.sourceId} />
          {change.actor !== change.source && (
            <>
              {' · '}
              <SourceText source={change.actor} id={change.actorId} />
            </>
          )}
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
