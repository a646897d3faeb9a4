import { Button, Group, Table, Title } from '@mantine/core';
import { useText } from '../language/useText';
import type { AttributeDetail } from './AttributePage';
import classes from './attributes.module.css';
import { type AttributeDraft, differences, draftOf } from './draft';

interface AttributeConflictProps {
  mine: AttributeDraft;
  theirs: AttributeDetail;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
}

const FIELD_TEXTS = {
  label: 'attribute.label',
  description: 'attribute.description',
  privacyClass: 'attributes.privacy',
  formatKind: 'attributes.format',
  options: 'attribute.options',
  isOpen: 'attribute.isOpen',
} as const;

/** Someone saved first: both sides, field by field, and the choice between them. */
export function AttributeConflict({ mine, theirs, onKeepMine, onTakeTheirs }: AttributeConflictProps) {
  const say = useText();
  const other = draftOf(theirs);
  const show = (value: unknown) => (Array.isArray(value) ? value.join(', ') : String(value));
  return (
    <section role="alert" className={classes.conflict}>
      <Title order={2}>{say('conflict.title')}</Title>
      <p>{say('conflict.about', { revision: theirs.revision })}</p>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{say('conflict.field')}</Table.Th>
            <Table.Th>{say('conflict.mine')}</Table.Th>
            <Table.Th>{say('conflict.theirs')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {differences(mine, other).map((field) => (
            <Table.Tr key={field}>
              <Table.Td>{say(FIELD_TEXTS[field])}</Table.Td>
              <Table.Td>{show(mine[field])}</Table.Td>
              <Table.Td>{show(other[field])}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Group mt="md">
        <Button onClick={onKeepMine}>{say('conflict.keepMine')}</Button>
        <Button onClick={onTakeTheirs}>{say('conflict.takeTheirs')}</Button>
      </Group>
    </section>
  );
}
