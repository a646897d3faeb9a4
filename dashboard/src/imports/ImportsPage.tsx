import { Table, Title } from '@mantine/core';
import { useState } from 'react';
import { useText } from '../language/useText';
import { Empty } from '../page/Empty';
import { Failure } from '../page/Failure';
import { Loading } from '../page/Loading';
import { More } from '../page/More';
import { Page } from '../page/Page';
import { useRight } from '../session/viewer';
import { DropFile } from './DropFile';
import { ImportRow } from './ImportRow';
import { StartImport } from './StartImport';
import { useImports } from './useImports';

export function ImportsPage({ onStarted }: { onStarted: (id: string) => void }) {
  const say = useText();
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
                  <ImportRow key={row.id} listed={row} />
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
