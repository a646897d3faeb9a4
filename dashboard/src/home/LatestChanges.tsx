import { Title } from '@mantine/core';
import { useCallback } from 'react';
import { useQuery } from 'urql';
import type { LatestChangesQuery as Answer } from '../generated/graphql/graphql';
import { useText } from '../language/useText';
import { LiveRows } from '../live/LiveRows';
import { Failure } from '../page/Failure';
import { TextLink } from '../page/links';
import { useWorkspace } from '../session/viewer';
import { Missing } from '../values/Missing';
import { SourceText } from '../values/SourceText';
import { TimeText } from '../values/TimeText';
import classes from './home.module.css';
import { LatestChangesQuery } from './queries';

type Change = Answer['changes']['nodes'][number];

const CHANGES = 10;

interface LatestChangesProps {
  /** Counts what happened; with more of it there are other changes. */
  happened: number;
}

/** What changed last, in the whole workspace. */
export function LatestChanges({ happened }: LatestChangesProps) {
  const say = useText();
  const [{ data, error }, ask] = useQuery({ query: LatestChangesQuery, variables: { first: CHANGES } });
  const reread = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  const changes = data?.changes.nodes;
  return (
    <section data-testid="home-changes">
      <Title order={2} className={classes.sectionTitle}>
        {say('home.changes')}
      </Title>
      {error && <Failure error={error} what={say('home.changesFailed')} onRetry={reread} />}
      {changes?.length === 0 && <p className={classes.quiet}>{say('home.noChanges')}</p>}
      <LiveRows happened={happened} onShow={reread}>
        {changes && changes.length > 0 && (
          <ol className={classes.list}>
            {changes.map((change) => (
              <ChangeRow key={change.sequence} change={change} />
            ))}
          </ol>
        )}
      </LiveRows>
    </section>
  );
}

function ChangeRow({ change }: { change: Change }) {
  const say = useText();
  const { key: workspace } = useWorkspace();
  const { profile, attributes } = change;
  const [first] = attributes;
  return (
    <li className={classes.change}>
      <TextLink to="/w/$workspace/profiles/$id" params={{ workspace, id: profile.id }} className="mono clip">
        {profile.externalId ?? profile.id}
      </TextLink>
      <div className="clip">
        {change.kind === 'CREATED' || !first ? (
          <span className="muted">{say(`change.${change.kind}`)}</span>
        ) : (
          <>
            <span className="mono">{first.key}</span>{' '}
            {first.oldText != null && <span className="muted">{first.oldText} → </span>}
            {first.newText ?? <Missing />}
            {attributes.length > 1 && (
              <span className="muted"> · {say('change.more', { count: attributes.length - 1 })}</span>
            )}
          </>
        )}
      </div>
      <div className="muted sentence clip">
        <SourceText source={change.source} id={change.sourceId} />
      </div>
      <TimeText at={change.recordedAt} />
    </li>
  );
}
