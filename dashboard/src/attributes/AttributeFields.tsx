import { Checkbox, NativeSelect, TagsInput, Textarea, TextInput } from '@mantine/core';
import { type Problem, problemOf } from '../api/problems';
import type { AttributeType, FormatKind, PrivacyClass } from '../generated/graphql/graphql';
import { useText } from '../language/useText';
import type { AttributeDraft } from './draft';

export const PRIVACY_CLASSES: readonly PrivacyClass[] = ['PUBLIC', 'PERSONAL', 'SENSITIVE'];
const FORMATS: readonly FormatKind[] = [
  'EMAIL',
  'PHONE',
  'URL',
  'COUNTRY',
  'LANGUAGE',
  'CURRENCY',
  'TIME_ZONE',
  'ENUM',
];

interface AttributeFieldsProps {
  type: AttributeType;
  draft: AttributeDraft;
  problems: readonly Problem[];
  onChange: (draft: AttributeDraft) => void;
}

/** The fields that can be edited at any time. */
export function AttributeFields({ type, draft, problems, onChange }: AttributeFieldsProps) {
  const say = useText();
  const change = (part: Partial<AttributeDraft>) => onChange({ ...draft, ...part });
  return (
    <>
      <TextInput
        name="label"
        size="xs"
        label={say('attribute.label')}
        description={say('attribute.labelHint')}
        value={draft.label}
        error={problemOf(say, problems, 'label')}
        onChange={(event) => change({ label: event.currentTarget.value })}
      />
      <Textarea
        name="description"
        size="xs"
        autosize
        minRows={2}
        label={say('attribute.description')}
        description={say('attribute.descriptionHint')}
        value={draft.description}
        error={problemOf(say, problems, 'description')}
        onChange={(event) => change({ description: event.currentTarget.value })}
      />
      <NativeSelect
        name="privacyClass"
        size="xs"
        label={say('attributes.privacy')}
        description={say(`privacyHint.${draft.privacyClass}`)}
        data={PRIVACY_CLASSES.map((value) => ({ value, label: say(`privacy.${value}`) }))}
        value={draft.privacyClass}
        error={problemOf(say, problems, 'privacyClass')}
        onChange={(event) => change({ privacyClass: event.currentTarget.value as PrivacyClass })}
      />
      {type === 'TEXT' && <FormatFields draft={draft} problems={problems} change={change} />}
    </>
  );
}

interface FormatFieldsProps {
  draft: AttributeDraft;
  problems: readonly Problem[];
  change: (part: Partial<AttributeDraft>) => void;
}

function FormatFields({ draft, problems, change }: FormatFieldsProps) {
  const say = useText();
  return (
    <>
      <NativeSelect
        name="format"
        size="xs"
        label={say('attributes.format')}
        description={say('attribute.formatHint')}
        data={[
          { value: '', label: say('format.none') },
          ...FORMATS.map((value) => ({ value, label: say(`format.${value}`) })),
        ]}
        value={draft.formatKind}
        error={problemOf(say, problems, 'format')}
        onChange={(event) => change({ formatKind: event.currentTarget.value as FormatKind | '' })}
      />
      {draft.formatKind === 'ENUM' && (
        <>
          <TagsInput
            name="options"
            size="xs"
            label={say('attribute.options')}
            description={say('attribute.optionsHint')}
            value={draft.options}
            error={problemOf(say, problems, 'options')}
            onChange={(options) => change({ options })}
          />
          <Checkbox
            size="xs"
            label={say('attribute.isOpen')}
            checked={draft.isOpen}
            onChange={(event) => change({ isOpen: event.currentTarget.checked })}
          />
        </>
      )}
    </>
  );
}
