import type { Diagnostic as EditorDiagnostic } from '@codemirror/lint';
import type { RuleAnalysisQuery } from '../generated/graphql/graphql';
import { diagnosticText } from '../language/serverTexts';
import type { Say } from '../language/useText';

export type Analysis = RuleAnalysisQuery['ruleAnalysis'];
export type Diagnostic = Analysis['diagnostics'][number];

/** The text with a suggestion put where the diagnostic points. Offsets are UTF-16 units, as strings count here. */
export function applySuggestion(text: string, { from, to }: Diagnostic, suggestion: string): string {
  return text.slice(0, from) + suggestion + text.slice(to);
}

/** Whether the rule just ends too early: whoever is typing knows, and needs a hint rather than an alarm. */
export function isUnfinished(text: string, { code, to }: Diagnostic): boolean {
  return code === 'syntax' && to >= text.trimEnd().length;
}

/** Diagnostics as the editor underlines them, kept inside the text it holds. */
export function editorDiagnostics(
  diagnostics: readonly Diagnostic[],
  text: string,
  say: Say,
): EditorDiagnostic[] {
  const length = text.length;
  return diagnostics.map((diagnostic) => ({
    from: Math.min(diagnostic.from, length),
    to: Math.min(Math.max(diagnostic.to, diagnostic.from), length),
    severity: isUnfinished(text, diagnostic) ? 'hint' : diagnostic.severity === 'ERROR' ? 'error' : 'warning',
    message: diagnosticText(say, diagnostic),
    actions: diagnostic.suggestions.map((suggestion) => ({
      name: suggestion,
      apply: (view, from, to) => view.dispatch({ changes: { from, to, insert: suggestion } }),
    })),
  }));
}
