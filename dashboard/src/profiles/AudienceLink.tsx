import type { ReactNode } from 'react';
import { useText } from '../language/useText';
import { TextLink } from '../page/links';
import { useRight, useWorkspace } from '../session/viewer';
import { CountText } from '../values/CountText';

interface AudienceLinkProps {
  /** The rule whose people the link opens; without it, everyone. */
  rule?: string;
  children: ReactNode;
}

/** Every number of people opens those people. */
export function AudienceLink({ rule, children }: AudienceLinkProps) {
  const say = useText();
  const { key } = useWorkspace();
  if (!useRight('READ_PROFILES')) return <>{children}</>;
  return (
    <TextLink
      to="/w/$workspace/profiles"
      params={{ workspace: key }}
      search={rule ? { rule } : {}}
      title={say('profiles.openAudience')}
      underline="hover"
    >
      {children}
    </TextLink>
  );
}

/** A count that opens its people. */
export function AudienceCount({ count, rule }: { count: number | null | undefined; rule?: string }) {
  if (count === null || count === undefined) return <CountText count={count} />;
  return (
    <AudienceLink rule={rule}>
      <CountText count={count} />
    </AudienceLink>
  );
}
