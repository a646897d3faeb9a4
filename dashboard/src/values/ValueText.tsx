import type { AttributeType } from '../generated/graphql/graphql';
import { useLanguage } from '../language/LanguageProvider';
import { useText } from '../language/useText';
import { formatExact } from './numbers';
import { TimeText } from './TimeText';
import { formatDay } from './times';

interface ValueTextProps {
  type: AttributeType;
  isList: boolean;
  value: unknown;
  /** The server's spelling: exact, and the same everywhere. */
  text: string;
}

/** One value, as its reader's language writes it. */
export function ValueText({ type, isList, value, text }: ValueTextProps) {
  const say = useText();
  const { language } = useLanguage();
  if (isList) return text;
  switch (type) {
    case 'INTEGER':
    case 'DECIMAL':
      return formatExact(text, language);
    case 'BOOLEAN':
      return say(value === true ? 'value.true' : 'value.false');
    case 'DATE':
      return formatDay(text, language);
    case 'TIMESTAMP':
      return <TimeText at={text} />;
    case 'TEXT':
      return text === '' ? <span className="muted">{say('value.emptyText')}</span> : text;
    case 'GEO_POINT':
      return text;
  }
}

/** Whether a column of such values lines up by its last digit. */
export function isNumeric(type: AttributeType, isList: boolean): boolean {
  return !isList && (type === 'INTEGER' || type === 'DECIMAL');
}
