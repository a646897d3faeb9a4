import type { ProblemCode } from '../generated/graphql/graphql';
import { problemText } from '../language/serverTexts';
import type { Say } from '../language/useText';

/** One thing the server refused about an input, and where. */
export interface Problem {
  code: ProblemCode;
  path: readonly string[];
  message: string;
}

/** What was refused about one field. */
export function problemOf(say: Say, problems: readonly Problem[], field: string): string | undefined {
  const found = problems.find((problem) => problem.path.includes(field));
  return found && problemText(say, found);
}

/** What belongs to none of a form's fields, and is shown above them. */
export function otherProblems(say: Say, problems: readonly Problem[], fields: readonly string[]): string[] {
  return problems
    .filter((problem) => !problem.path.some((part) => fields.includes(part)))
    .map((problem) => problemText(say, problem));
}

/** Takes the reader to the first field that was refused. */
export function focusProblem(form: HTMLElement | null, problems: readonly Problem[]) {
  for (const problem of problems) {
    for (const part of [...problem.path].reverse()) {
      const field = form?.querySelector<HTMLElement>(`[name="${CSS.escape(part)}"]`);
      if (field) return field.focus();
    }
  }
}
