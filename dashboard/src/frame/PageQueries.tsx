import { Button, CopyButton, Group, Modal, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { LoggedQuery, QueryLog } from '../api/queryLog';
import { useText } from '../language/useText';
import { useWorkspace } from '../session/viewer';
import { IconCheck, IconCopy } from '../theme/icons';
import classes from './Frame.module.css';

interface PageQueriesProps {
  log: QueryLog;
  onClose: () => void;
}

/** The queries behind the page in view, ready to be used elsewhere. */
export function PageQueries({ log, onClose }: PageQueriesProps) {
  const say = useText();
  const [queries] = useState(() => log.list());
  return (
    <Modal
      opened
      onClose={onClose}
      title={say('queries.title')}
      size="xl"
      closeButtonProps={{ 'aria-label': say('action.close') }}
    >
      <Text c="dimmed" mb="md">
        {queries.length === 0 ? say('queries.none') : say('queries.about')}
      </Text>
      <Stack gap="lg">
        {queries.map((query) => (
          <Query key={query.name} query={query} />
        ))}
      </Stack>
    </Modal>
  );
}

function Query({ query }: { query: LoggedQuery }) {
  const say = useText();
  const { key: workspace } = useWorkspace();
  const variables = JSON.stringify(query.variables, null, 2);
  return (
    <section>
      <Group justify="space-between" mb="xs">
        <Title order={3}>{query.name}</Title>
        <Group gap="xs">
          <Copy label={say('queries.copyQuery')} value={query.text} />
          <Copy label={say('queries.copyVariables')} value={variables} />
          <Copy label={say('queries.copyCurl')} value={curl(query, workspace)} />
        </Group>
      </Group>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable without a mouse. */}
      <pre className={classes.code} tabIndex={0}>
        {query.text}
        {'\n\n'}
        {variables}
      </pre>
    </section>
  );
}

/** The query as a command, for whoever holds an API key. */
function curl(query: LoggedQuery, workspace: string): string {
  const body = JSON.stringify({ query: query.text, variables: query.variables }).replaceAll("'", "'\\''");
  return [
    `curl ${window.location.origin}/graphql`,
    `-H 'Content-Type: application/json'`,
    `-H "Authorization: Bearer $ATTRIUM_KEY"`,
    `-H 'X-Attrium-Workspace: ${workspace}'`,
    `--data-binary '${body}'`,
  ].join(' \\\n  ');
}

function Copy({ label, value }: { label: string; value: string }) {
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Button
          onClick={copy}
          leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
        >
          {label}
        </Button>
      )}
    </CopyButton>
  );
}
