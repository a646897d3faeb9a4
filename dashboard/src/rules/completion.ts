import type {
  Completion,
  CompletionContext,
  CompletionResult,
  CompletionSource,
} from '@codemirror/autocomplete';
import type { Client } from 'urql';
import type { CompletionKind } from '../generated/graphql/graphql';
import { RuleCompletionsQuery } from './queries';

const TYPES: Record<CompletionKind, string> = {
  ATTRIBUTE: 'variable',
  OPERATOR: 'keyword',
  VALUE: 'constant',
  KEYWORD: 'keyword',
};

/** What the server would type next. It alone knows the attributes, their values and where each operator fits. */
export function completionSource(client: Client): CompletionSource {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const text = context.state.doc.toString();
    const { data } = await client
      .query(
        RuleCompletionsQuery,
        { input: { text }, offset: context.pos },
        { requestPolicy: 'network-only' },
      )
      .toPromise();
    const found = data?.ruleAnalysis.completions ?? [];
    const first = found[0];
    if (context.aborted || !first) return null;
    return {
      from: first.from,
      to: first.to,
      filter: false,
      options: found.map(
        (completion, at): Completion => ({
          label: completion.label,
          apply: completion.insert,
          detail: completion.detail,
          type: TYPES[completion.kind],
          boost: -at,
        }),
      ),
    };
  };
}
