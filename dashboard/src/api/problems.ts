import type { ProblemCode } from '../generated/graphql/graphql';

/** One thing the server refused about an input, and where. */
export interface Problem {
  code: ProblemCode;
  path: readonly string[];
  message: string;
}

/** What was refused about one field, in the server's words. */
export function problemOf(problems: readonly Problem[], field: string): string | undefined {
  return problems.find((problem) => problem.path.includes(field))?.message;
}

/** What belongs to none of a form's fields, and is shown above them. */
export function otherProblems(problems: readonly Problem[], fields: readonly string[]): string[] {
  return problems
    .filter((problem) => !problem.path.some((part) => fields.includes(part)))
    .map((problem) => problem.message);
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
