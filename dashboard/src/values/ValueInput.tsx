import { Autocomplete, NativeSelect, TagsInput, TextInput } from '@mantine/core';
import type { FormatKind } from '../generated/graphql/graphql';
import type { TextId } from '../language/languages';
import { useText } from '../language/useText';
import type { ValueShape } from './valueInput';

interface ValueInputProps {
  shape: ValueShape;
  format?: { kind: FormatKind; options: readonly string[]; isOpen: boolean } | null;
  label: string;
  texts: readonly string[];
  error?: string | undefined;
  onChange: (texts: string[]) => void;
}

const HINTS: Partial<Record<ValueShape['type'], TextId>> = {
  TIMESTAMP: 'value.timestampHint',
  GEO_POINT: 'value.pointHint',
};

/** A field made for one type: a list of words, a choice, a day, or a line of text. */
export function ValueInput({ shape, format, label, texts, error, onChange }: ValueInputProps) {
  const say = useText();
  const field = { 'aria-label': label, name: 'value', error, size: 'xs' as const };
  const text = texts[0] ?? '';
  const options = format?.kind === 'ENUM' ? [...format.options] : [];

  if (shape.isList) {
    return <TagsInput {...field} data={options} value={[...texts]} onChange={onChange} data-autofocus />;
  }
  if (shape.type === 'BOOLEAN') {
    const data = [
      { value: '', label: '', disabled: true },
      { value: 'true', label: say('value.true') },
      { value: 'false', label: say('value.false') },
    ];
    return (
      <NativeSelect
        {...field}
        data={data}
        value={text}
        onChange={(event) => onChange([event.currentTarget.value])}
        autoFocus
      />
    );
  }
  if (options.length > 0) {
    if (format?.isOpen) {
      return (
        <Autocomplete
          {...field}
          data={options}
          value={text}
          onChange={(next) => onChange([next])}
          autoFocus
        />
      );
    }
    return (
      <NativeSelect
        {...field}
        data={options}
        value={text}
        onChange={(event) => onChange([event.currentTarget.value])}
        autoFocus
      />
    );
  }
  return (
    <TextInput
      {...field}
      type={shape.type === 'DATE' ? 'date' : 'text'}
      inputMode={shape.type === 'INTEGER' || shape.type === 'DECIMAL' ? 'decimal' : undefined}
      placeholder={HINTS[shape.type] && say(HINTS[shape.type] as TextId)}
      value={text}
      onChange={(event) => onChange([event.currentTarget.value])}
      autoFocus
    />
  );
}
