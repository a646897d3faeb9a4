import type { AttributeSummary } from '../attributes/useAttributes';

/** A rule that works here: over a number and a text this workspace has, else one that shows the form. */
export function exampleRule(attributes: readonly AttributeSummary[]): string {
  const number = attributes.find(({ type, isList }) => !isList && (type === 'INTEGER' || type === 'DECIMAL'));
  const choice = attributes.find(({ format, isList }) => !isList && format?.options[0] !== undefined);
  const parts = [
    number && `${number.key} >= 30`,
    choice && `${choice.key} = ${JSON.stringify(choice.format?.options[0])}`,
  ].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join(' and ') : 'country in ("TR", "DE") and age >= 30';
}
