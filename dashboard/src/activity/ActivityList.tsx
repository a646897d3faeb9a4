import { useText } from '../language/useText';
import { TextLink } from '../page/links';
import { SegmentLink } from '../segments/SegmentLink';
import { useWorkspace } from '../session/viewer';
import { SourceText } from '../values/SourceText';
import { TimeText } from '../values/TimeText';
import type { Activity, Change, Transition } from './activity';
import classes from './activity.module.css';
import { Changed } from './Changed';

interface ActivityListProps {
  activities: readonly Activity[];
  /** Only what happened to this attribute is shown of each change. */
  attribute?: string | undefined;
  isStale?: boolean;
}

/** What happened, newest first: who, what, from which source, and when. */
export function ActivityList({ activities, attribute, isStale }: ActivityListProps) {
  return (
    <ol className={`${classes.list} ${isStale ? 'dim' : ''}`}>
      {activities.map(({ key, profile, change, transition }) => (
        <li key={key}>
          {change && <ChangeItem profile={profile} change={change} attribute={attribute} />}
          {transition && <TransitionItem profile={profile} transition={transition} />}
        </li>
      ))}
    </ol>
  );
}

function ChangeItem({ profile, change, attribute }: Pick<Activity, 'profile'> & ChangeItemProps) {
  const say = useText();
  const { kind, attributes, occurredAt } = change;
  return (
    <>
      <div className={classes.line}>
        <span className="muted sentence">
          {profile && (
            <>
              <Person profile={profile} />{' '}
            </>
          )}
          {say(`change.${kind}`)} · <Origin change={change} />
        </span>
        <TimeText at={occurredAt} />
      </div>
      <Changed attributes={attribute ? attributes.filter(({ key }) => key === attribute) : attributes} />
    </>
  );
}

interface ChangeItemProps {
  change: Change;
  attribute: string | undefined;
}

function TransitionItem({ profile, transition }: Pick<Activity, 'profile'> & { transition: Transition }) {
  const say = useText();
  const { kind, at, segment, change } = transition;
  return (
    <>
      <div className={classes.line}>
        <span className="sentence">
          <span className={kind === 'ENTERED' ? classes.entered : classes.left}>
            {say(`transition.${kind}`)}
          </span>{' '}
          {profile && <Person profile={profile} />} {segment && <SegmentLink segment={segment} />}
          {profile && (
            <span className="muted">
              {' · '}
              {change ? <Origin change={change} /> : say('activity.byRule')}
            </span>
          )}
        </span>
        <TimeText at={at} />
      </div>
      {change && profile && <Changed attributes={change.attributes} />}
    </>
  );
}

function Person({ profile }: { profile: NonNullable<Activity['profile']> }) {
  const { key: workspace } = useWorkspace();
  return (
    <TextLink to="/w/$workspace/profiles/$id" params={{ workspace, id: profile.id }} className="mono">
      {profile.externalId ?? profile.id}
    </TextLink>
  );
}

/** Where a change came from, and who made it when that is not the same. */
function Origin({
  change: { source, sourceId, actor, actorId },
}: {
  change: Pick<Change, 'source' | 'sourceId' | 'actor' | 'actorId'>;
}) {
  return (
    <>
      <SourceText source={source} id={sourceId} />
      {actor !== source && (
        <>
          {' · '}
          <SourceText source={actor} id={actorId} />
        </>
      )}
    </>
  );
}
