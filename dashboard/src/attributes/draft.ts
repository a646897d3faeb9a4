import type { FormatInput, FormatKind, PrivacyClass } from '../generated/graphql/graphql';
import type { AttributeSummary } from './useAttributes';

/** What can be edited of an attribute, as its form holds it. */
export interface AttributeDraft {
  label: string;
  description: string;
  privacyClass: PrivacyClass;
  /** Empty when any text will do. */
  formatKind: FormatKind | '';
  options: string[];
  isOpen: boolean;
}

interface Editable {
  label: string;
  description: string;
  privacyClass: PrivacyClass;
  format?: AttributeSummary['format'];
}

export function draftOf(attribute: Editable): AttributeDraft {
  return {
    label: attribute.label,
    description: attribute.description,
    privacyClass: attribute.privacyClass,
    formatKind: attribute.format?.kind ?? '',
    options: [...(attribute.format?.options ?? [])],
    isOpen: attribute.format?.isOpen ?? false,
  };
}

export function formatOf(draft: AttributeDraft): FormatInput | undefined {
  if (draft.formatKind === '') return undefined;
  if (draft.formatKind !== 'ENUM') return { kind: draft.formatKind };
  return { kind: 'ENUM', options: draft.options, isOpen: draft.isOpen };
}

/** Fields in which two drafts differ. */
export function differences(mine: AttributeDraft, theirs: AttributeDraft): (keyof AttributeDraft)[] {
  const fields = Object.keys(mine) as (keyof AttributeDraft)[];
  return fields.filter((field) => JSON.stringify(mine[field]) !== JSON.stringify(theirs[field]));
}
