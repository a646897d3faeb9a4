import { useMemo } from 'react';
import type { TemplateContext } from '../generated/graphql/graphql';
import { useText } from '../language/useText';
import styles from '../page/Form.module.css';
import { previewDocument } from './htmlPreview';
import classes from './templates.module.css';

/** What was rendered: as it is, and for HTML as it looks too. */
export function Rendered({ text, context }: { text: string; context: TemplateContext }) {
  const say = useText();
  const looks = useMemo(() => (context === 'HTML' ? previewDocument(text) : null), [text, context]);
  const source = <pre className={styles.textBlock}>{text}</pre>;
  if (looks === null) return source;
  return (
    <>
      <iframe className={classes.frame} title={say('template.looks')} sandbox="" srcDoc={looks} />
      <p className="muted">{say('template.looksAbout')}</p>
      <details>
        <summary>{say('template.source')}</summary>
        {source}
      </details>
    </>
  );
}
