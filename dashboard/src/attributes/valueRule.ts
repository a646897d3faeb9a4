import type { AttributeType } from '../generated/graphql/graphql';

/** Types whose values stand bare in a rule; all others are strings in quotes. */
const BARE: readonly AttributeType[] = ['INTEGER', 'DECIMAL', 'BOOLEAN', 'DATE', 'TIMESTAMP'];

/** The rule of everyone who has this value. */
export function valueRule(
  attribute: { key: string; type: AttributeType; isList: boolean },
  text: string,
): string {
  const literal = BARE.includes(attribute.type) ? text : JSON.stringify(text);
  return `${attribute.key} ${attribute.isList ? 'has' : '='} ${literal}`;
}
