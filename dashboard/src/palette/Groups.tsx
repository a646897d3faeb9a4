import { useEffect } from 'react';
import { useText } from '../language/useText';
import type { Entry, EntryGroup } from './entries';
import classes from './palette.module.css';

export function optionId({ id }: Entry): string {
  return `palette-${id}`;
}

interface GroupsProps {
  groups: readonly (EntryGroup & { isStale?: boolean })[];
  /** What Enter runs. */
  active: Entry | undefined;
  onHover: (id: string) => void;
  onRun: (entry: Entry) => void;
}

/** The entries under their headings. The keyboard stays in the field above; what it would run is marked. */
export function Groups({ groups, active, onHover, onRun }: GroupsProps) {
  const say = useText();
  const activeId = active && optionId(active);

  useEffect(() => {
    if (activeId) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);

  return (
    <div id="palette-options" role="listbox" aria-label={say('palette.title')} className={classes.options}>
      {groups.map(({ label, entries, isStale }) => (
        // biome-ignore lint/a11y/useSemanticElements: a listbox is divided by groups, not by fieldsets.
        <div key={label} role="group" aria-label={label} className={isStale ? 'dim' : undefined}>
          <div className={classes.heading} aria-hidden>
            {label}
          </div>
          {entries.map((entry) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard runs it from the field.
            // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the field, which names the active option.
            <div
              key={entry.id}
              id={optionId(entry)}
              role="option"
              aria-selected={entry === active}
              className={classes.option}
              onPointerMove={() => entry !== active && onHover(entry.id)}
              onClick={() => onRun(entry)}
            >
              <entry.icon size={16} aria-hidden />
              <span className="clip">{entry.label}</span>
              {entry.detail && <span className={`mono clip ${classes.detail}`}>{entry.detail}</span>}
              {entry.kind && <span className={classes.kind}>{entry.kind}</span>}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
