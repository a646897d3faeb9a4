import { Table, Title } from '@mantine/core';
import { useState } from 'react';
import { useText } from '../language/useText';
import { Empty } from '../page/Empty';
import { Failure } from '../page/Failure';
import { Loading } from '../page/Loading';
import { TextLink } from '../page/links';
import { More } from '../page/More';
import { Page } from '../page/Page';
import { useRight, useWorkspace } from '../session/viewer';
import { TimeText } from '../values/TimeText';
import { DropFile } from './DropFile';
import { ImportProgress } from './ImportProgress';
import { ImportState } from './ImportState';
import { StartImport } from './StartImport';
import { useImports } from './useImports';

export function ImportsPage({ onStarted }: { onStarted: (id: string) => void }) {
  const say = useText();
  const { key: workspace } = useWorkspace();
  const mayImport = useRight('IMPORT');
  const [file, setFile] = useState<File | null>(null);
  const list = useImports();
  return (
    <Page title={say('imports.title')} about={say('imports.about')}>
      {mayImport && !file && <DropFile onFile={setFile} />}
      {file && (
        <StartImport key={file.name} file={file} onStarted={onStarted} onCancel={() => setFile(null)} />
      )}
      {list.error && <Failure error={list.error} what={say('imports.failed')} onRetry={list.reload} />}
      {!list.isLoaded && !list.error && <Loading />}
      {list.isLoaded && list.nodes.length === 0 && (
        <Empty title={say('imports.empty')}>{say('imports.emptyAbout')}</Empty>
      )}
      {list.nodes.length > 0 && (
        <section>
          <Title order={2} mb="xs">
            {say('imports.earlier')}
          </Title>
          <Table.ScrollContainer minWidth={640}>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{say('imports.file')}</Table.Th>
                  <Table.Th>{say('imports.state')}</Table.Th>
                  <Table.Th>{say('imports.progress')}</Table.Th>
                  <Table.Th className="number">{say('imports.rejected')}</Table.Th>
                  <Table.Th>{say('imports.started')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {list.nodes.map((row) => (
                  <Table.Tr key={row.id} data-linked>
                    <Table.Td>
                      <TextLink
                        to="/w/$workspace/imports/$id"
                        params={{ workspace, id: row.id }}
                        data-row-link
                      >
                        {row.name}
                      </TextLink>
                    </Table.Td>
                    <Table.Td>
                      <ImportState state={row.state} />
                    </Table.Td>
                    <Table.Td>
                      <ImportProgress done={row.rowsDone} total={row.rowsTotal ?? null} />
                    </Table.Td>
                    <Table.Td className="number">
                      <TextLink to="/w/$workspace/imports/$id" params={{ workspace, id: row.id }}>
                        {row.rowsRejected}
                      </TextLink>
                    </Table.Td>
                    <Table.Td>
                      <TimeText at={row.createdAt} />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
          <More pages={list} isOlder />
        </section>
      )}
    </Page>
  );
}
