import {
  autocompletion,
  type CompletionSource,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { setDiagnostics } from '@codemirror/lint';
import { EditorState, type Extension, Prec } from '@codemirror/state';
import { EditorView, keymap, placeholder as placeholderOf } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { styleNonce } from '../api/pageMeta';
import { useText } from '../language/useText';
import { editorTheme } from './editorTheme';
import { editorDiagnostics, type Finding } from './findings';

export interface CodeEditorProps {
  /** Paints the text; the server is the judge of it. */
  language: Extension;
  /** What could be typed next. */
  complete: CompletionSource;
  /** How a screen reader calls the field. */
  label: string;
  text: string;
  /** Of `text` exactly as it stands. Until they are known the older ones stay under their words. */
  findings?: readonly Finding[];
  placeholder?: string;
  minHeight?: string;
  /** Enter submits instead of breaking the line. */
  isOneLine?: boolean;
  autoFocus?: boolean;
  onChange: (text: string) => void;
  /** Ctrl Enter, or Enter in a field of one line. */
  onSubmit?: () => void;
}

/** A text the server understands: coloured, completed and underlined. Tab leaves it, as it leaves any field. */
export function CodeEditor({ findings, text, ...props }: CodeEditorProps) {
  const say = useText();
  const parent = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const latest = useRef({ ...props, text });
  latest.current = { ...props, text };

  useEffect(() => {
    if (!parent.current) return;
    const { label, text, placeholder = '', minHeight = '0', isOneLine, autoFocus, language } = latest.current;
    const submit = () => {
      latest.current.onSubmit?.();
      return true;
    };
    const editor = new EditorView({
      parent: parent.current,
      state: EditorState.create({
        doc: text,
        extensions: [
          styleNonce ? EditorView.cspNonce.of(styleNonce) : [],
          history(),
          closeBrackets(),
          autocompletion({
            override: [(context) => latest.current.complete(context)],
            icons: false,
            activateOnTypingDelay: 80,
          }),
          Prec.high(keymap.of([{ key: 'Mod-Enter', run: submit }])),
          isOneLine ? Prec.low(keymap.of([{ key: 'Enter', run: submit }])) : [],
          keymap.of([...completionKeymap, ...closeBracketsKeymap, ...historyKeymap]),
          isOneLine
            ? [oneLine, keymap.of(defaultKeymap.filter(({ key }) => key !== 'Enter'))]
            : keymap.of(defaultKeymap),
          language,
          editorTheme,
          EditorView.theme({ '.cm-content': { minHeight } }),
          EditorView.editorAttributes.of(isOneLine ? { 'data-one-line': '' } : {}),
          EditorView.lineWrapping,
          placeholderOf(placeholder),
          EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false' }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.onChange(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = editor;
    if (autoFocus) editor.focus();
    return () => editor.destroy();
  }, []);

  // A text from outside (a suggestion applied, a filter cleared) replaces what stands there, undoably.
  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === text) return;
    editor.dispatch({
      changes: { from: 0, to: editor.state.doc.length, insert: text },
      selection: { anchor: text.length },
    });
  }, [text]);

  useEffect(() => {
    const editor = view.current;
    const known = text === '' ? [] : findings;
    if (!editor || !known) return;
    const shown = editorDiagnostics(known, text, say);
    editor.dispatch(setDiagnostics(editor.state, shown));
  }, [findings, text, say]);

  return <div ref={parent} data-editor />;
}

/** Refuses line breaks, also pasted ones: they become spaces. */
const oneLine = EditorState.transactionFilter.of((transaction) => {
  if (!transaction.docChanged || transaction.newDoc.lines === 1) return transaction;
  const text = transaction.newDoc.toString().replace(/\s*\n\s*/g, ' ');
  return [
    {
      changes: { from: 0, to: transaction.startState.doc.length, insert: text },
      selection: { anchor: Math.min(transaction.newSelection.main.head, text.length) },
    },
  ];
});
