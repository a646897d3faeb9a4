import { Link } from '@tanstack/react-router';
import type { Right } from '../generated/graphql/graphql';
import type { TextId } from '../language/languages';
import { useText } from '../language/useText';
import { useViewer } from '../session/viewer';
import {
  IconAttribute,
  IconDestination,
  IconImport,
  IconProfile,
  IconSegment,
  IconTemplate,
} from '../theme/icons';
import classes from './Frame.module.css';

type Target =
  | '/w/$workspace/profiles'
  | '/w/$workspace/segments'
  | '/w/$workspace/attributes'
  | '/w/$workspace/templates'
  | '/w/$workspace/imports'
  | '/w/$workspace/destinations';

interface Item {
  to: Target;
  label: TextId;
  icon: typeof IconProfile;
  right: Right;
}

const AUDIENCE: readonly Item[] = [
  { to: '/w/$workspace/profiles', label: 'profiles.title', icon: IconProfile, right: 'READ_PROFILES' },
  { to: '/w/$workspace/segments', label: 'segments.title', icon: IconSegment, right: 'READ_SEGMENTS' },
  {
    to: '/w/$workspace/attributes',
    label: 'attributes.title',
    icon: IconAttribute,
    right: 'READ_ATTRIBUTES',
  },
];
const ENGAGE: readonly Item[] = [
  { to: '/w/$workspace/templates', label: 'templates.title', icon: IconTemplate, right: 'READ_TEMPLATES' },
];
const CONNECT: readonly Item[] = [
  { to: '/w/$workspace/imports', label: 'imports.title', icon: IconImport, right: 'READ_IMPORTS' },
  {
    to: '/w/$workspace/destinations',
    label: 'destinations.title',
    icon: IconDestination,
    right: 'READ_ENDPOINTS',
  },
];

export function Navigation() {
  const say = useText();
  return (
    <>
      <Section label={say('frame.audience')} items={AUDIENCE} />
      <Section label={say('frame.engage')} items={ENGAGE} />
      <Section label={say('frame.connect')} items={CONNECT} />
    </>
  );
}

function Section({ label, items }: { label: string; items: readonly Item[] }) {
  const say = useText();
  const { rights, workspace } = useViewer();
  const offered = items.filter((item) => rights.includes(item.right));
  if (offered.length === 0) return null;
  return (
    <div>
      <div className={classes.group}>{label}</div>
      {offered.map(({ to, label: text, icon: Icon }) => (
        <Link key={to} to={to} params={{ workspace: workspace.key }} className={classes.link}>
          <Icon size={16} aria-hidden />
          {say(text)}
        </Link>
      ))}
    </div>
  );
}
