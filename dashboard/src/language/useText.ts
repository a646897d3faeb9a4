import { useMemo } from 'react';
import { useIntl } from 'react-intl';
import type { TextId } from './languages';

export type TextValues = Record<string, string | number | Date | null | undefined>;

export interface Say {
  (id: TextId, values?: TextValues): string;
  /** Whether there is such a text: the server may send a code that is newer than this page. */
  knows: (id: string) => id is TextId;
}

/** `say('profiles.title')`: a text of the current language. */
export function useText(): Say {
  const intl = useIntl();
  return useMemo(() => {
    const say = (id: TextId, values?: TextValues) => intl.formatMessage({ id }, values);
    return Object.assign(say, { knows: (id: string): id is TextId => id in intl.messages });
  }, [intl]);
}
