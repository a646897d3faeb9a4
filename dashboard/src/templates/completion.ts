import type { CompletionSource } from '@codemirror/autocomplete';
import type { Client } from 'urql';
import { offered } from '../editor/completion';
import type { TemplateCompletionKind, TemplateContext } from '../generated/graphql/graphql';
import { TemplateCompletionsQuery } from './queries';

const TYPES: Record<TemplateCompletionKind, string> = {
  ATTRIBUTE: 'variable',
  ROOT: 'namespace',
  FIELD: 'property',
  NAME: 'variable',
  FILTER: 'function',
  TAG: 'keyword',
  KEYWORD: 'keyword',
};

/** What the server would type next. Outside the braces it is asked only on demand: most of a template is prose. */
export function completionSource(client: Client, contextNow: () => TemplateContext): CompletionSource {
  return async (context) => {
    const body = context.state.doc.toString();
    if (!context.explicit && !isInBraces(body.slice(0, context.pos))) return null;
    const variables = { input: { body, context: contextNow() }, offset: context.pos };
    const { data } = await client
      .query(TemplateCompletionsQuery, variables, { requestPolicy: 'network-only' })
      .toPromise();
    return offered(context, data?.templateAnalysis.completions ?? [], TYPES);
  };
}

/** Whether a text ends between braces that are still open. */
export function isInBraces(before: string): boolean {
  const opened = Math.max(before.lastIndexOf('{{'), before.lastIndexOf('{%'));
  return opened >= 0 && opened > Math.max(before.lastIndexOf('}}'), before.lastIndexOf('%}'));
}
