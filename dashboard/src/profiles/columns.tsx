import type { AttributeSummary } from '../attributes/useAttributes';
import type { Say } from '../language/useText';
import { TextLink } from '../page/links';
import type { Column } from '../table/VirtualTable';
import { Missing } from '../values/Missing';
import { TimeText } from '../values/TimeText';
import { isNumeric, ValueText } from '../values/ValueText';
import type { ProfileRow } from './row';

/** The person first, then the chosen attributes, then when something last changed. */
export function profileColumns(
  keys: readonly string[] | null,
  attributes: readonly AttributeSummary[],
  say: Say,
  workspace: string,
): Column<ProfileRow>[] {
  const person: Column<ProfileRow> = {
    id: 'person',
    header: say('profiles.externalId'),
    meta: { width: 180 },
    cell: ({ row: { original } }) => (
      <TextLink
        to="/w/$workspace/profiles/$id"
        params={{ workspace, id: original.id }}
        data-row-link
        className="mono"
      >
        {original.externalId ?? original.id}
      </TextLink>
    ),
  };
  const updated: Column<ProfileRow> = {
    id: 'updated',
    header: say('profiles.updated'),
    meta: { width: 130 },
    cell: ({ row: { original } }) => <TimeText at={original.updatedAt} />,
  };
  return [person, ...(keys ?? []).map((key) => attributeColumn(key, attributes)), updated];
}

function attributeColumn(key: string, attributes: readonly AttributeSummary[]): Column<ProfileRow> {
  const definition = attributes.find((attribute) => attribute.key === key);
  return {
    id: `attribute:${key}`,
    header: () => <span title={key}>{definition?.label || key}</span>,
    meta: { width: 120, isNumeric: definition ? isNumeric(definition.type, definition.isList) : false },
    cell: ({ row: { original } }) => {
      const held = original.attributes.find((attribute) => attribute.key === key);
      return held ? <ValueText {...held} /> : <Missing />;
    },
  };
}
