import { Button, Group } from '@mantine/core';
import { diagnosticText } from '../language/serverTexts';
import { useText } from '../language/useText';
import { IconWarning } from '../theme/icons';
import classes from './editor.module.css';
import { applySuggestion, type Finding, isUnfinished } from './findings';

interface ProblemsProps {
  /** How a screen reader calls the list. */
  label: string;
  /** What the findings are of: their offsets point into it. */
  text: string;
  findings: readonly Finding[];
  /** The text has gone on since: its cures would undo what was typed. */
  isStale: boolean;
  onChange: (text: string) => void;
}

/** What is wrong with a text, under the words that are wrong, each cure one click away. */
export function Problems({ label, text, findings, isStale, onChange }: ProblemsProps) {
  const say = useText();
  if (findings.length === 0) return null;
  return (
    <ul className={classes.problems} aria-live="polite" aria-label={label}>
      {findings.map((finding) => (
        <li
          key={`${finding.from}:${finding.code}`}
          data-severity={isUnfinished(text, finding) ? 'HINT' : finding.severity}
        >
          <IconWarning size={16} aria-hidden />
          <div>
            <span className="muted">{say('editor.at', placeOf(text, finding.from))}</span>{' '}
            {diagnosticText(say, finding)}
            {finding.suggestions.length > 0 && (
              <Group gap="xs" mt={4}>
                {finding.suggestions.map((suggestion) => (
                  <Button
                    key={suggestion}
                    size="compact-xs"
                    disabled={isStale}
                    onClick={() => onChange(applySuggestion(text, finding, suggestion))}
                  >
                    {say('editor.use', { suggestion })}
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

/** Where an offset is, as people count: from one. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
