import { useCallback } from 'react';
import { useIntl } from 'react-intl';
import type { TextId } from './languages';

export type TextValues = Record<string, string | number | Date | null | undefined>;
export type Say = (id: TextId, values?: TextValues) => string;

/** `say('profiles.title')`: a text of the current language. */
export function useText(): Say {
  const intl = useIntl();
  return useCallback((id, values) => intl.formatMessage({ id }, values), [intl]);
}
