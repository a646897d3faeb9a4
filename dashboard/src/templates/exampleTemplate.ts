import type { AttributeSummary } from '../attributes/useAttributes';

/** A template that works here: over a text this workspace has, else over nothing but the workspace. */
export function exampleTemplate(attributes: readonly AttributeSummary[]): string {
  const text = attributes.find(({ type, isList }) => !isList && type === 'TEXT');
  const name = text ? `{{ ${text.key} | default: "friend" }}` : 'friend';
  return `Hello ${name},\n\nyour friends at {{ workspace.name }}\n`;
}
