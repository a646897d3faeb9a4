import { Button, FileButton } from '@mantine/core';
import { type DragEvent, useState } from 'react';
import { useText } from '../language/useText';
import { IconUpload } from '../theme/icons';
import classes from './imports.module.css';

/** Takes a file by dropping, or by a button for those who do not drag. */
export function DropFile({ onFile }: { onFile: (file: File) => void }) {
  const say = useText();
  const [isOver, setOver] = useState(false);

  function onDragOver(event: DragEvent) {
    event.preventDefault();
    setOver(true);
  }

  function onDrop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) onFile(file);
  }

  return (
    <section
      className={classes.drop}
      data-over={isOver || undefined}
      aria-label={say('imports.start')}
      onDragOver={onDragOver}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <span>{say('imports.drop')}</span>
      <FileButton
        accept=".csv,.ndjson,.jsonl,text/csv"
        onChange={(file) => file && onFile(file)}
        inputProps={{ 'aria-label': say('imports.choose'), tabIndex: -1 }}
      >
        {(props) => (
          <Button
            {...props}
            variant="filled"
            data-shortcut="new"
            leftSection={<IconUpload size={14} aria-hidden />}
          >
            {say('imports.choose')}
          </Button>
        )}
      </FileButton>
      <span className="muted">{say('imports.dropAbout')}</span>
    </section>
  );
}
