import { useMemo, useRef } from 'react';
import { useClient } from 'urql';
import { CodeEditor, type CodeEditorProps } from '../editor/CodeEditor';
import type { TemplateContext } from '../generated/graphql/graphql';
import { completionSource } from './completion';
import { liquidLanguage } from './liquidLanguage';

interface TemplateBodyProps extends Omit<CodeEditorProps, 'language' | 'complete'> {
  context: TemplateContext;
}

/** The Liquid of a template. */
export function TemplateBody({ context, ...props }: TemplateBodyProps) {
  const client = useClient();
  const latest = useRef(context);
  latest.current = context;
  const complete = useMemo(() => completionSource(client, () => latest.current), [client]);
  return <CodeEditor {...props} language={liquidLanguage} complete={complete} />;
}
