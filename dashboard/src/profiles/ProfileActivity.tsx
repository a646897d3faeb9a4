import { CloseButton, Group, Title } from '@mantine/core';
import { useCallback } from 'react';
import { ActivityList } from '../activity/ActivityList';
import { horizon, merged, ofChange, ofTransition, type Stream } from '../activity/activity';
import { useText } from '../language/useText';
import { LiveRows } from '../live/LiveRows';
import { Failure } from '../page/Failure';
import { More } from '../page/More';
import { usePages } from '../table/usePages';
import classes from './ProfilePage.module.css';
import { ProfileHistoryQuery, ProfileTransitionsQuery } from './queries';

interface ProfileActivityProps {
  id: string;
  /** Counts what happened to the profile while the page is shown. */
  happened: number;
  /** Only its changes are shown; without it, everything. */
  attribute: string | undefined;
  onAttribute: (key: string | undefined) => void;
}

const PAGE = 20;

/** Everything that happened to someone, newest first: what changed, who said so, and which segments came of it. */
export function ProfileActivity({ id, happened, attribute, onAttribute }: ProfileActivityProps) {
  const say = useText();
  const activity = useProfileActivity(id, attribute);
  return (
    <section data-testid="profile-history">
      <div className={classes.sectionHead}>
        <Title order={2}>{say('activity.title')}</Title>
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
      {activity.error && (
        <Failure error={activity.error} what={say('profile.historyFailed')} onRetry={activity.reload} />
      )}
      {activity.isLoaded && activity.nodes.length === 0 && (
        <p className="muted">{say('profile.noHistory')}</p>
      )}
      <LiveRows happened={happened} onShow={activity.reload}>
        {activity.nodes.length > 0 && (
          <ActivityList activities={activity.nodes} attribute={attribute} isStale={activity.isStale} />
        )}
      </LiveRows>
      <More pages={activity} isOlder />
    </section>
  );
}

/** Changes and transitions as one list, each read as far as the other. */
function useProfileActivity(id: string, attribute: string | undefined) {
  const changes = usePages(
    ProfileHistoryQuery,
    { id, first: PAGE, key: attribute },
    ({ profile }) => profile?.history,
  );
  const transitions = usePages(
    ProfileTransitionsQuery,
    { id, first: PAGE },
    ({ profile }) => profile?.transitions,
  );
  const ofAttribute: Stream = { activities: changes.nodes.map(ofChange), hasMore: changes.hasMore };
  const ofSegments: Stream = {
    activities: transitions.nodes.map(ofTransition),
    hasMore: transitions.hasMore,
  };
  const streams = attribute ? [ofAttribute] : [ofSegments, ofAttribute];

  const { reload: reloadChanges } = changes;
  const { reload: reloadTransitions } = transitions;
  const reload = useCallback(() => {
    reloadChanges();
    reloadTransitions();
  }, [reloadChanges, reloadTransitions]);

  /** Reads on where the shorter list ends. */
  function more() {
    const end = horizon(streams);
    if (horizon([ofAttribute]) === end) changes.more();
    if (!attribute && horizon([ofSegments]) === end) transitions.more();
  }

  return {
    nodes: merged(streams),
    hasMore: streams.some(({ hasMore }) => hasMore),
    isLoaded: changes.isLoaded && transitions.isLoaded,
    isStale: changes.isStale || transitions.isStale,
    isReading: changes.isReading || transitions.isReading,
    error: changes.error ?? transitions.error,
    more,
    reload,
  };
}
