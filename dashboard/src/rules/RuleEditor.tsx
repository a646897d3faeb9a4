import { useMemo } from 'react';
import { useClient } from 'urql';
import { CodeEditor, type CodeEditorProps } from '../editor/CodeEditor';
import { completionSource } from './completion';
import { ruleLanguage } from './ruleLanguage';

/** The text form of a rule. */
export function RuleEditor(props: Omit<CodeEditorProps, 'language' | 'complete'>) {
  const client = useClient();
  const complete = useMemo(() => completionSource(client), [client]);
  return (
    <div data-rule-editor>
      <CodeEditor {...props} language={ruleLanguage} complete={complete} />
    </div>
  );
}
