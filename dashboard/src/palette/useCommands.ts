import { useMantineColorScheme } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useClient } from 'urql';
import { offered, PAGE_GROUPS } from '../frame/pages';
import type { Right } from '../generated/graphql/graphql';
import { useLanguage } from '../language/LanguageProvider';
import { LANGUAGE_NAMES, LANGUAGES, type TextId } from '../language/languages';
import { useText } from '../language/useText';
import { signOut } from '../session/signOut';
import { useViewer } from '../session/viewer';
import {
  IconCode,
  IconKeyboard,
  IconLanguage,
  IconMoon,
  IconPlus,
  IconSelector,
  IconSignOut,
  IconSun,
  IconSystem,
} from '../theme/icons';
import type { Entry, EntryGroup } from './entries';

const CREATIONS = [
  { to: '/w/$workspace/segments/new', label: 'segments.new', right: 'EDIT_SEGMENTS' },
  { to: '/w/$workspace/templates/new', label: 'templates.new', right: 'EDIT_TEMPLATES' },
  { to: '/w/$workspace/attributes/new-attribute', label: 'attributes.new', right: 'EDIT_ATTRIBUTES' },
  { to: '/w/$workspace/destinations/new', label: 'destinations.new', right: 'MANAGE_ENDPOINTS' },
  { to: '/w/$workspace/imports', label: 'palette.import', right: 'IMPORT' },
] as const satisfies readonly { to: string; label: TextId; right: Right }[];

const SCHEMES = [
  { scheme: 'light', label: 'palette.light', icon: IconSun },
  { scheme: 'dark', label: 'palette.dark', icon: IconMoon },
  { scheme: 'auto', label: 'palette.auto', icon: IconSystem },
] as const;

export interface FrameActions {
  onHelp: () => void;
  onQueries: () => void;
}

/** Everything that can be gone to or done from anywhere, as far as the viewer may. */
export function useCommands({ onHelp, onQueries }: FrameActions): EntryGroup[] {
  const say = useText();
  return [
    { label: say('palette.pages'), entries: usePages() },
    {
      label: say('palette.actions'),
      entries: [
        ...useCreations(),
        { id: 'queries', icon: IconCode, label: say('queries.title'), run: onQueries },
        { id: 'help', icon: IconKeyboard, label: say('keys.title'), run: onHelp },
        ...useSettings(),
      ],
    },
  ];
}

function usePages(): Entry[] {
  const say = useText();
  const navigate = useNavigate();
  const { rights, workspace, workspaces } = useViewer();
  const pages = offered(
    PAGE_GROUPS.flatMap((group) => group.pages),
    rights,
  );
  const others = workspaces.filter(({ key }) => key !== workspace.key);
  return [
    ...pages.map(({ to, label, icon }) => ({
      id: to,
      icon,
      label: say(label),
      run: () => navigate({ to, params: { workspace: workspace.key } }),
    })),
    ...others.map(({ id, key, name }) => ({
      id,
      icon: IconSelector,
      label: name,
      kind: say('palette.workspace'),
      run: () => navigate({ to: '/w/$workspace', params: { workspace: key } }),
    })),
  ];
}

function useCreations(): Entry[] {
  const say = useText();
  const navigate = useNavigate();
  const { rights, workspace } = useViewer();
  return CREATIONS.filter(({ right }) => rights.includes(right)).map(({ to, label }) => ({
    id: label,
    icon: IconPlus,
    label: say(label),
    run: () => navigate({ to, params: { workspace: workspace.key } }),
  }));
}

function useSettings(): Entry[] {
  const say = useText();
  const client = useClient();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { language, setLanguage } = useLanguage();
  return [
    ...SCHEMES.filter(({ scheme }) => scheme !== colorScheme).map(({ scheme, label, icon }) => ({
      id: label,
      icon,
      label: say(label),
      run: () => setColorScheme(scheme),
    })),
    ...LANGUAGES.filter((choice) => choice !== language).map((choice) => ({
      id: choice,
      icon: IconLanguage,
      label: LANGUAGE_NAMES[choice],
      run: () => setLanguage(choice),
    })),
    { id: 'sign-out', icon: IconSignOut, label: say('frame.signOut'), run: () => void signOut(client) },
  ];
}
