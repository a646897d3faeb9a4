import { Alert, Button, Group, NativeSelect, Table, TagsInput, TextInput, Title } from '@mantine/core';
import { type FormEvent, useEffect, useState } from 'react';
import { useMutation } from 'urql';
import { otherProblems, type Problem, problemOf } from '../api/problems';
import { useText } from '../language/useText';
import { ActionButton } from '../page/ActionButton';
import { Failure } from '../page/Failure';
import { type CsvPreview, previewCsv } from './csvPreview';
import classes from './imports.module.css';
import { StartImportMutation } from './queries';

interface StartImportProps {
  file: File;
  onStarted: (id: string) => void;
  onCancel: () => void;
}

const FIELDS = ['name', 'externalIdColumn', 'externalIdPrefix', 'missing'];
const BY_ROW = '';
/** What a request may weigh, less what stands around the file in it. */
const CONTENT_BYTES_MAX = 1_000_000;

/** What the server must be told about a file before it reads it. */
export function StartImport({ file, onStarted, onCancel }: StartImportProps) {
  const say = useText();
  const [text, setText] = useState<string | null>(null);
  const [column, setColumn] = useState(BY_ROW);
  const [prefix, setPrefix] = useState('');
  const [missing, setMissing] = useState<string[]>([]);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [{ fetching, error }, start] = useMutation(StartImportMutation);
  const isCsv = !/\.(ndjson|jsonl)$/i.test(file.name);
  const isTooLarge = file.size > CONTENT_BYTES_MAX;
  const preview: CsvPreview | null = text !== null && isCsv ? previewCsv(text) : null;

  useEffect(() => {
    let isCurrent = true;
    file.text().then((content) => {
      if (!isCurrent) return;
      setText(content);
      setPrefix(`${file.name.replace(/\.[^.]*$/, '').replace(/[^A-Za-z0-9]+/g, '-')}-`);
      const guess = previewCsv(content).header.find((name) => /^(external_?)?id$|_id$/i.test(name));
      if (guess) setColumn(guess);
    });
    return () => {
      isCurrent = false;
    };
  }, [file]);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (text === null || isTooLarge) return;
    const id = column === BY_ROW ? { externalIdPrefix: prefix } : { externalIdColumn: column };
    const { data } = await start({ input: { name: file.name, content: text, missing, ...id } });
    setProblems(data?.startImport.problems ?? []);
    const started = data?.startImport.import;
    if (started) onStarted(started.id);
  }

  const others = otherProblems(say, problems, FIELDS);
  return (
    <form className={classes.form} onSubmit={submit}>
      <Title order={2}>{say('imports.startFile', { name: file.name })}</Title>
      {others.length > 0 && (
        <Alert role="alert" color="red" variant="outline">
          {others.join(' ')}
        </Alert>
      )}
      {error && <Failure error={error} what={say('imports.notStarted')} />}
      {isTooLarge && (
        <Alert role="alert" color="yellow" variant="outline">
          {say('imports.tooLarge', { name: file.name })}
        </Alert>
      )}
      {preview && <Preview preview={preview} />}
      <div className={classes.fields}>
        {isCsv ? (
          <NativeSelect
            size="xs"
            label={say('imports.idColumn')}
            data={[{ value: BY_ROW, label: say('imports.idByRow') }, ...(preview?.header ?? [])]}
            value={column}
            error={problemOf(say, problems, 'externalIdColumn')}
            onChange={(event) => setColumn(event.currentTarget.value)}
          />
        ) : (
          <TextInput
            size="xs"
            label={say('imports.idColumn')}
            value={column}
            error={problemOf(say, problems, 'externalIdColumn')}
            onChange={(event) => setColumn(event.currentTarget.value)}
          />
        )}
        {column === BY_ROW && (
          <TextInput
            size="xs"
            label={say('imports.idPrefix')}
            description={say('imports.idPrefixHint', { example: `${prefix}00001` })}
            value={prefix}
            error={problemOf(say, problems, 'externalIdPrefix')}
            onChange={(event) => setPrefix(event.currentTarget.value)}
          />
        )}
        <TagsInput
          size="xs"
          label={say('imports.missing')}
          description={say('imports.missingHint')}
          value={missing}
          error={problemOf(say, problems, 'missing')}
          onChange={setMissing}
        />
      </div>
      <Group>
        <ActionButton
          type="submit"
          variant="filled"
          loading={fetching || text === null}
          disabledReason={isTooLarge && say('imports.tooLarge', { name: file.name })}
        >
          {say('imports.start')}
        </ActionButton>
        <Button onClick={onCancel}>{say('action.cancel')}</Button>
      </Group>
    </form>
  );
}

function Preview({ preview }: { preview: CsvPreview }) {
  const say = useText();
  return (
    <Table.ScrollContainer minWidth={320}>
      <Table className={classes.preview} aria-label={say('imports.preview')}>
        <Table.Thead>
          <Table.Tr>
            {preview.header.map((name, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns of a file never move, and may share a name.
              <Table.Th key={at}>{name}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {preview.rows.map((cells, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file never move, and may be equal.
            <Table.Tr key={row}>
              {cells.map((cell, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above.
                <Table.Td key={at}>{cell}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
