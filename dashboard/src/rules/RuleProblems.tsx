import { Button, Group } from '@mantine/core';
import { diagnosticText } from '../language/serverTexts';
import { useText } from '../language/useText';
import { IconWarning } from '../theme/icons';
import { applySuggestion, isUnfinished } from './diagnostics';
import classes from './rules.module.css';
import type { Answer } from './useRuleAnalysis';

interface RuleProblemsProps {
  answer: Answer | null;
  /** The rule has gone on since: its cures would undo what was typed. */
  isStale: boolean;
  onChange: (text: string) => void;
}

/** What is wrong with a rule, under the words that are wrong, each cure one click away. */
export function RuleProblems({ answer, isStale, onChange }: RuleProblemsProps) {
  const say = useText();
  if (!answer || answer.analysis.diagnostics.length === 0) return null;
  const { text, analysis } = answer;
  return (
    <ul className={classes.problems} aria-live="polite" aria-label={say('rule.problems')}>
      {analysis.diagnostics.map((diagnostic) => (
        <li
          key={`${diagnostic.from}:${diagnostic.code}`}
          data-severity={isUnfinished(text, diagnostic) ? 'HINT' : diagnostic.severity}
        >
          <IconWarning size={16} aria-hidden />
          <div>
            <span className="muted">{say('rule.at', place(text, diagnostic.from))}</span>{' '}
            {diagnosticText(say, diagnostic)}
            {diagnostic.suggestions.length > 0 && (
              <Group gap="xs" mt={4}>
                {diagnostic.suggestions.map((suggestion) => (
                  <Button
                    key={suggestion}
                    size="compact-xs"
                    disabled={isStale}
                    onClick={() => onChange(applySuggestion(text, diagnostic, suggestion))}
                  >
                    {say('rule.use', { suggestion })}
                  </Button>
                ))}
              </Group>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

function place(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
