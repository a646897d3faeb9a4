import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';

/** One thing the server would type next, in place of what stands from `from` to `to`. */
export interface Offer<Kind extends string> {
  label: string;
  insert: string;
  kind: Kind;
  detail: string;
  from: number;
  to: number;
}

/** What the server offers, as the editor lists it: in the server's order. */
export function offered<Kind extends string>(
  context: CompletionContext,
  offers: readonly Offer<Kind>[],
  types: Record<Kind, string>,
): CompletionResult | null {
  const first = offers[0];
  if (context.aborted || !first) return null;
  return {
    from: first.from,
    to: first.to,
    filter: false,
    options: offers.map(
      ({ label, insert, detail, kind }, at): Completion => ({
        label,
        apply: insert,
        detail,
        type: types[kind],
        boost: -at,
      }),
    ),
  };
}
