import { Tooltip } from '@mantine/core';
import { useText } from '../language/useText';
import type { AttributeSummary } from './useAttributes';

/** What narrows a text; nothing when any text will do. */
export function FormatText({ format }: { format: AttributeSummary['format'] }) {
  const say = useText();
  if (!format) return null;
  if (format.kind !== 'ENUM') return <>{say(`format.${format.kind}`)}</>;
  return (
    <Tooltip label={format.options.join(', ')}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the options must be readable without a mouse. */}
      <span tabIndex={0}>
        {say(format.isOpen ? 'format.openOptions' : 'format.options', { count: format.options.length })}
      </span>
    </Tooltip>
  );
}
