import type { Diagnostic } from '@codemirror/lint';
import type { Severity } from '../generated/graphql/graphql';
import { diagnosticText } from '../language/serverTexts';
import type { Say } from '../language/useText';

/** What the server says about a place in a text that is being typed. Offsets are UTF-16 units, as strings count here. */
export interface Finding {
  severity: Severity;
  code: string;
  message: string;
  from: number;
  to: number;
  suggestions: readonly string[];
}

/** The text with a suggestion put where the finding points. */
export function applySuggestion(text: string, { from, to }: Finding, suggestion: string): string {
  return text.slice(0, from) + suggestion + text.slice(to);
}

/** Whether the text just ends too early: whoever is typing knows, and needs a hint rather than an alarm. */
export function isUnfinished(text: string, { code, to }: Finding): boolean {
  return code === 'syntax' && to >= text.trimEnd().length;
}

/** Findings as the editor underlines them, kept inside the text it holds. */
export function editorDiagnostics(findings: readonly Finding[], text: string, say: Say): Diagnostic[] {
  const length = text.length;
  return findings.map((finding) => ({
    from: Math.min(finding.from, length),
    to: Math.min(Math.max(finding.to, finding.from), length),
    severity: isUnfinished(text, finding) ? 'hint' : finding.severity === 'ERROR' ? 'error' : 'warning',
    message: diagnosticText(say, finding),
    actions: finding.suggestions.map((suggestion) => ({
      name: suggestion,
      apply: (view, from, to) => view.dispatch({ changes: { from, to, insert: suggestion } }),
    })),
  }));
}
