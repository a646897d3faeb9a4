import { Button } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import type { AttributeSummary } from '../attributes/useAttributes';
import { useText } from '../language/useText';
import { ValueInput } from '../values/ValueInput';
import { editableTexts, type ValueShape, valueFromTexts } from '../values/valueInput';
import classes from './ProfilePage.module.css';

interface ValueFormProps {
  shape: ValueShape;
  format: AttributeSummary['format'] | undefined;
  label: string;
  value: unknown;
  isBusy: boolean;
  /** What the server refused. */
  problem: string | undefined;
  onSave: (value: unknown) => void;
  onCancel: () => void;
}

/** Edits one value where it stands: Enter saves, Escape leaves it as it was. */
export function ValueForm({
  shape,
  format,
  label,
  value,
  isBusy,
  problem,
  onSave,
  onCancel,
}: ValueFormProps) {
  const say = useText();
  const [texts, setTexts] = useState(() => editableTexts(shape, value));
  const [isWrong, setWrong] = useState(false);

  function submit(event: FormEvent) {
    event.preventDefault();
    const typed = valueFromTexts(shape, texts);
    setWrong(typed === undefined);
    if (typed !== undefined) onSave(typed);
  }

  function leave(event: KeyboardEvent) {
    if (event.key === 'Escape' && !event.defaultPrevented) onCancel();
  }

  return (
    <form className={classes.editing} onSubmit={submit} onKeyDown={leave}>
      <ValueInput
        shape={shape}
        format={format ?? null}
        label={label}
        texts={texts}
        error={isWrong ? say(`value.wrong.${shape.type}`) : problem}
        onChange={setTexts}
      />
      <Button type="submit" variant="filled" loading={isBusy}>
        {say('action.save')}
      </Button>
      <Button onClick={onCancel}>{say('action.cancel')}</Button>
    </form>
  );
}
