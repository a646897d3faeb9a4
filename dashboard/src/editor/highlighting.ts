import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { tags } from '@lezer/highlight';

/** Colours by variables, so that both themes are designed and no style is generated for each. */
const highlight = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--at-brand)', fontWeight: '600' },
  { tag: tags.string, color: 'var(--at-code-text)' },
  { tag: tags.number, color: 'var(--at-code-number)' },
  { tag: tags.variableName, color: 'var(--at-info)' },
  { tag: tags.propertyName, color: 'var(--at-brand)' },
  { tag: tags.operator, color: 'var(--at-muted)' },
  { tag: tags.bracket, color: 'var(--at-muted)' },
]);

export const highlighting = syntaxHighlighting(highlight);
