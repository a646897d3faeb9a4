import type { CompletionSource } from '@codemirror/autocomplete';
import type { Client } from 'urql';
import { offered } from '../editor/completion';
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
  return async (context) => {
    const variables = { input: { text: context.state.doc.toString() }, offset: context.pos };
    const { data } = await client
      .query(RuleCompletionsQuery, variables, { requestPolicy: 'network-only' })
      .toPromise();
    return offered(context, data?.ruleAnalysis.completions ?? [], TYPES);
  };
}
