import { Button, Checkbox, Popover, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { AttributeSummary } from '../attributes/useAttributes';
import { useText } from '../language/useText';
import { IconColumns } from '../theme/icons';
import { CountText } from '../values/CountText';
import classes from './ProfilesPage.module.css';

interface ColumnPickerProps {
  attributes: readonly AttributeSummary[];
  shown: readonly string[] | null;
  onChange: (shown: string[]) => void;
}

/** Chooses the list's columns, and says how many people have each. */
export function ColumnPicker({ attributes, shown, onChange }: ColumnPickerProps) {
  const say = useText();
  const [search, setSearch] = useState('');
  const chosen = shown ?? [];
  const wanted = search.trim().toLowerCase();
  const found = attributes.filter(({ key, label }) => `${key} ${label}`.toLowerCase().includes(wanted));

  function toggle(key: string) {
    onChange(chosen.includes(key) ? chosen.filter((other) => other !== key) : [...chosen, key]);
  }

  return (
    <Popover position="bottom-end" trapFocus withinPortal shadow="md">
      <Popover.Target>
        <Button leftSection={<IconColumns size={14} aria-hidden />}>{say('profiles.columns')}</Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={say('profiles.columns')}>
        <TextInput
          mb="sm"
          size="xs"
          aria-label={say('profiles.findColumn')}
          placeholder={say('profiles.findColumn')}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <div className={classes.columnList}>
          {found.map(({ key, label, filledCount }) => (
            <Checkbox
              key={key}
              size="xs"
              checked={chosen.includes(key)}
              onChange={() => toggle(key)}
              label={
                <span className={classes.columnName}>
                  {label || key}
                  <span className="muted">
                    <CountText count={filledCount} />
                  </span>
                </span>
              }
            />
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
