import { AppShell, Burger, Group, Kbd, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useRouterState } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useEffect } from 'react';
import type { QueryLog } from '../api/queryLog';
import { useText } from '../language/useText';
import { IconCode, IconKeyboard, IconSearch } from '../theme/icons';
import classes from './Frame.module.css';
import { Navigation } from './Navigation';
import { UserMenu } from './UserMenu';
import { useShortcuts } from './useShortcuts';
import { WorkspaceMenu } from './WorkspaceMenu';

// Opened by some, later: not part of what every visitor downloads first.
const Palette = lazy(() => import('../palette/Palette').then((file) => ({ default: file.Palette })));
const ShortcutList = lazy(() => import('./ShortcutList').then((file) => ({ default: file.ShortcutList })));
const PageQueries = lazy(() => import('./PageQueries').then((file) => ({ default: file.PageQueries })));

const PALETTE_KEYS = /Mac|iP/.test(navigator.userAgent) ? '⌘ K' : 'Ctrl K';

/** Navigation, header and the page between them. */
export function Frame({ log, children }: { log: QueryLog; children: ReactNode }) {
  const say = useText();
  const [isMenuOpen, menu] = useDisclosure();
  const [isPaletteOpen, palette] = useDisclosure();
  const [isKeysOpen, keys] = useDisclosure();
  const [isQueriesOpen, queries] = useDisclosure();
  const path = useRouterState({ select: (state) => state.location.pathname });
  useShortcuts({ onPalette: palette.open, onHelp: keys.open, onQueries: queries.open });

  // biome-ignore lint/correctness/useExhaustiveDependencies: another path means a link in the menu was followed.
  useEffect(() => menu.close(), [path]);

  return (
    <AppShell
      header={{ height: 48 }}
      navbar={{ width: 216, breakpoint: 'sm', collapsed: { mobile: !isMenuOpen } }}
      padding="lg"
    >
      <a href="#page" className={classes.skip}>
        {say('frame.skip')}
      </a>
      <AppShell.Header className={classes.header}>
        <Group gap="sm" wrap="nowrap" miw={0}>
          <Burger
            hiddenFrom="sm"
            size="sm"
            opened={isMenuOpen}
            onClick={menu.toggle}
            aria-label={say('frame.menu')}
          />
          <WorkspaceMenu />
        </Group>
        <Group gap="xs" wrap="nowrap">
          <UnstyledButton className={classes.paletteButton} onClick={palette.open}>
            <IconSearch size={16} aria-hidden />
            <span className={classes.paletteLabel}>{say('palette.title')}</span>
            <Kbd size="xs" aria-hidden>
              {PALETTE_KEYS}
            </Kbd>
          </UnstyledButton>
          <HeaderButton label={say('queries.title')} onClick={queries.open}>
            <IconCode size={18} aria-hidden />
          </HeaderButton>
          <HeaderButton label={say('keys.title')} onClick={keys.open}>
            <IconKeyboard size={18} aria-hidden />
          </HeaderButton>
          <UserMenu />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar className={classes.navbar} aria-label={say('frame.navigation')}>
        <Navigation />
      </AppShell.Navbar>
      <AppShell.Main id="page" tabIndex={-1} className={classes.main}>
        {children}
      </AppShell.Main>
      <Suspense>
        {isPaletteOpen && <Palette onClose={palette.close} onHelp={keys.open} onQueries={queries.open} />}
        {isKeysOpen && <ShortcutList onClose={keys.close} />}
        {isQueriesOpen && <PageQueries log={log} onClose={queries.close} />}
      </Suspense>
    </AppShell>
  );
}

interface HeaderButtonProps {
  label: string;
  onClick: () => void;
  children: ReactNode;
}

function HeaderButton({ label, onClick, children }: HeaderButtonProps) {
  return (
    <UnstyledButton className={classes.headerButton} aria-label={label} title={label} onClick={onClick}>
      {children}
    </UnstyledButton>
  );
}
