import { useNavigate } from '@tanstack/react-router';
import type { CombinedError } from 'urql';
import { useLiveAnswer } from '../editor/useLiveAnswer';
import type { SearchQuery as Answer } from '../generated/graphql/graphql';
import { useText } from '../language/useText';
import { useWorkspace } from '../session/viewer';
import { IconAttribute, IconDestination, IconProfile, IconSegment, IconTemplate } from '../theme/icons';
import type { Entry } from './entries';
import { SearchQuery } from './queries';

const HITS_MAX = 12;

type Found = Answer['search'][number]['node'];

export interface Hits {
  entries: readonly Entry[];
  /** The entries answer an older text, or none yet. */
  isPending: boolean;
  error: CombinedError | null;
  retry: () => void;
}

/** What the server finds for a text, once typing pauses. */
export function useHits(text: string): Hits {
  const entryOf = useEntryOf();
  const wanted = text.trim();
  const asked = wanted ? { text: wanted, first: HITS_MAX } : null;
  const { current, latest, error, retry } = useLiveAnswer(SearchQuery, asked);
  const shown = asked ? (current ?? latest?.data) : null;
  return {
    entries: shown?.search.map(({ node }) => entryOf(node)) ?? [],
    isPending: asked !== null && current === null && error === null,
    error: asked && error,
    retry,
  };
}

function useEntryOf(): (found: Found) => Entry {
  const say = useText();
  const navigate = useNavigate();
  const { key: workspace } = useWorkspace();
  return (found) => {
    const { id } = found;
    const kind = say(`palette.kind.${found.__typename}`);
    switch (found.__typename) {
      case 'Attribute':
        return {
          id,
          kind,
          icon: IconAttribute,
          label: found.label,
          detail: found.key,
          run: () => navigate({ to: '/w/$workspace/attributes/$key', params: { workspace, key: found.key } }),
        };
      case 'Segment':
        return {
          id,
          kind,
          icon: IconSegment,
          label: found.name,
          detail: found.key,
          run: () => navigate({ to: '/w/$workspace/segments/$id', params: { workspace, id } }),
        };
      case 'Template':
        return {
          id,
          kind,
          icon: IconTemplate,
          label: found.name,
          detail: found.key,
          run: () => navigate({ to: '/w/$workspace/templates/$id', params: { workspace, id } }),
        };
      case 'WebhookEndpoint':
        return {
          id,
          kind,
          icon: IconDestination,
          label: found.name,
          detail: found.url,
          run: () => navigate({ to: '/w/$workspace/destinations/$id', params: { workspace, id } }),
        };
      case 'Profile':
        return {
          id,
          kind,
          icon: IconProfile,
          label: found.externalId ?? id,
          run: () => navigate({ to: '/w/$workspace/profiles/$id', params: { workspace, id } }),
        };
    }
  };
}
