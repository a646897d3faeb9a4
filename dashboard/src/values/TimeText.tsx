import { Tooltip } from '@mantine/core';
import { useLanguage } from '../language/LanguageProvider';
import { useWorkspace } from '../session/viewer';
import { formatAbsolute, formatRelative } from './times';
import { useNow } from './useNow';

/** A moment: how long ago, and on hover or focus exactly when. */
export function TimeText({ at }: { at: string }) {
  const { language } = useLanguage();
  const { timeZone } = useWorkspace();
  const now = useNow();
  return (
    <Tooltip label={formatAbsolute(at, timeZone, language)}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the exact time must be readable without a mouse. */}
      <time dateTime={at} tabIndex={0}>
        {formatRelative(at, now, language)}
      </time>
    </Tooltip>
  );
}
