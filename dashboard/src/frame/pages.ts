import type { Right } from '../generated/graphql/graphql';
import type { TextId } from '../language/languages';
import {
  IconAttribute,
  IconDestination,
  IconHome,
  IconImport,
  IconProfile,
  IconSegment,
  IconTemplate,
} from '../theme/icons';

/** A page that one can go to from everywhere. */
export interface PageTarget {
  to:
    | '/w/$workspace'
    | '/w/$workspace/profiles'
    | '/w/$workspace/segments'
    | '/w/$workspace/attributes'
    | '/w/$workspace/templates'
    | '/w/$workspace/imports'
    | '/w/$workspace/destinations';
  label: TextId;
  icon: typeof IconProfile;
  /** What it takes to see anything there; absent where everyone does. */
  right?: Right;
}

const HOME: readonly PageTarget[] = [{ to: '/w/$workspace', label: 'home.title', icon: IconHome }];
const AUDIENCE: readonly PageTarget[] = [
  { to: '/w/$workspace/profiles', label: 'profiles.title', icon: IconProfile, right: 'READ_PROFILES' },
  { to: '/w/$workspace/segments', label: 'segments.title', icon: IconSegment, right: 'READ_SEGMENTS' },
  {
    to: '/w/$workspace/attributes',
    label: 'attributes.title',
    icon: IconAttribute,
    right: 'READ_ATTRIBUTES',
  },
];
const ENGAGE: readonly PageTarget[] = [
  { to: '/w/$workspace/templates', label: 'templates.title', icon: IconTemplate, right: 'READ_TEMPLATES' },
];
const CONNECT: readonly PageTarget[] = [
  { to: '/w/$workspace/imports', label: 'imports.title', icon: IconImport, right: 'READ_IMPORTS' },
  {
    to: '/w/$workspace/destinations',
    label: 'destinations.title',
    icon: IconDestination,
    right: 'READ_ENDPOINTS',
  },
];

/** The pages by what one comes for. The first group needs no heading. */
export const PAGE_GROUPS: readonly { label?: TextId; pages: readonly PageTarget[] }[] = [
  { pages: HOME },
  { label: 'frame.audience', pages: AUDIENCE },
  { label: 'frame.engage', pages: ENGAGE },
  { label: 'frame.connect', pages: CONNECT },
];

/** Those of these pages that someone with such rights is offered. */
export function offered(pages: readonly PageTarget[], rights: readonly Right[]): PageTarget[] {
  return pages.filter(({ right }) => right === undefined || rights.includes(right));
}
