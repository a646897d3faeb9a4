import { Kbd, Modal } from '@mantine/core';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { useText } from '../language/useText';
import { Failure } from '../page/Failure';
import { IconSearch } from '../theme/icons';
import { type Entry, type EntryGroup, matching, neighbour } from './entries';
import { Groups, optionId } from './Groups';
import classes from './palette.module.css';
import { type FrameActions, useCommands } from './useCommands';
import { useHits } from './useHits';

/** As much as the server searches for. */
const CHARS_MAX = 256;

/** Finds everything, goes everywhere: what is typed is searched for, and pages and actions are listed beside it. */
export function Palette({ onClose, ...actions }: FrameActions & { onClose: () => void }) {
  const say = useText();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<string>();
  // Enter was pressed before the answer was here: it opens the first thing found.
  const [isAwaited, setAwaited] = useState(false);
  const hits = useHits(text);
  const commands = useCommands(actions).map(({ label, entries }) => ({
    label,
    entries: matching(entries, text),
  }));
  const found = { label: say('palette.found'), entries: hits.entries, isStale: hits.isPending };
  const groups: EntryGroup[] = [...commands, found].filter(({ entries }) => entries.length > 0);
  const entries = groups.flatMap((group) => group.entries);
  const active = entries.find(({ id }) => id === chosen) ?? entries[0];
  const isNothing = entries.length === 0 && !hits.isPending && !hits.error;

  function type(next: string) {
    setText(next);
    setChosen(undefined);
    setAwaited(false);
  }

  function run(entry: Entry) {
    onClose();
    entry.run();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setChosen(neighbour(entries, active?.id, event.key === 'ArrowDown' ? 1 : -1)?.id);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const isOlder = hits.isPending && chosen === undefined && active?.id === hits.entries[0]?.id;
      if (isOlder) setAwaited(true);
      else if (active) run(active);
    } else if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onClose();
    }
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: the answer that was waited for has come; nothing else matters.
  useEffect(() => {
    if (!isAwaited || hits.isPending) return;
    setAwaited(false);
    if (active) run(active);
  }, [isAwaited, hits.isPending]);

  return (
    <Modal.Root opened onClose={onClose} size={640} yOffset="12vh" centered={false}>
      <Modal.Overlay backgroundOpacity={0.4} />
      <Modal.Content aria-label={say('palette.title')} data-testid="palette">
        <div className={classes.search}>
          <IconSearch size={16} aria-hidden />
          <input
            className={classes.input}
            data-autofocus
            role="combobox"
            aria-label={say('palette.placeholder')}
            aria-expanded={entries.length > 0}
            aria-controls="palette-options"
            aria-activedescendant={active && optionId(active)}
            aria-autocomplete="list"
            autoComplete="off"
            spellCheck={false}
            maxLength={CHARS_MAX}
            placeholder={say('palette.placeholder')}
            value={text}
            onChange={(event) => type(event.currentTarget.value)}
            onKeyDown={onKeyDown}
          />
          <Kbd size="xs">Esc</Kbd>
        </div>
        {hits.error && (
          <div className={classes.failure}>
            <Failure error={hits.error} what={say('palette.failed')} onRetry={hits.retry} />
          </div>
        )}
        <Groups groups={groups} active={active} onHover={setChosen} onRun={run} />
        <p className={classes.nothing} role="status">
          {isNothing && say('palette.nothing', { text: text.trim() })}
        </p>
      </Modal.Content>
    </Modal.Root>
  );
}
