import { MultiSelect } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useText } from '../language/useText';
import { SegmentsQuery } from '../segments/queries';
import { usePages } from '../table/usePages';
import { useSegmentNames } from './useSegmentNames';

interface SegmentPickerProps {
  /** Their ids. */
  chosen: string[];
  error: string | undefined;
  onChange: (ids: string[]) => void;
}

const SHOWN = 50;
const QUIET_MS = 150;

/** Chooses segments by name; the server searches, however many there are. */
export function SegmentPicker({ chosen, error, onChange }: SegmentPickerProps) {
  const say = useText();
  const [search, setSearch] = useState('');
  const [asked] = useDebouncedValue(search, QUIET_MS);
  const found = usePages(
    SegmentsQuery,
    { first: SHOWN, search: asked || undefined },
    ({ segments }) => segments,
  );
  const names = useSegmentNames(chosen);
  const options = found.nodes.map(({ id, name }) => ({ value: id, label: name }));
  const others = chosen
    .filter((id) => !options.some(({ value }) => value === id))
    .map((id) => ({ value: id, label: names.get(id) ?? id }));
  return (
    <MultiSelect
      name="segments"
      size="xs"
      searchable
      label={say('segments.title')}
      description={say('destination.segmentsHint')}
      nothingFoundMessage={say('destination.noSegment')}
      data={[...options, ...others]}
      value={chosen}
      searchValue={search}
      error={error}
      onSearchChange={setSearch}
      onChange={onChange}
    />
  );
}
