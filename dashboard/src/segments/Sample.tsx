import { Table, Title } from '@mantine/core';
import { useMemo } from 'react';
import { useQuery } from 'urql';
import { useText } from '../language/useText';
import { TextLink } from '../page/links';
import { attributesOf, ruleRoot } from '../rules/ruleTree';
import type { Analysis } from '../rules/useRuleAnalysis';
import { useRight, useWorkspace } from '../session/viewer';
import { Missing } from '../values/Missing';
import { isNumeric, ValueText } from '../values/ValueText';
import { SampleQuery } from './queries';
import classes from './segments.module.css';

const COLUMNS_MAX = 6;

/** A few of the people a rule selects, with the values it looked at. */
export function Sample({ analysis, isStale }: { analysis: Analysis; isStale: boolean }) {
  const say = useText();
  const { key: workspace } = useWorkspace();
  const mayRead = useRight('READ_PROFILES');
  const root = ruleRoot(analysis.json);
  const keys = useMemo(() => (root ? attributesOf(root).slice(0, COLUMNS_MAX) : []), [root]);
  const variables = useMemo(() => ({ rule: { text: analysis.text ?? '' }, keys }), [analysis.text, keys]);
  const [{ data, stale }] = useQuery({
    query: SampleQuery,
    variables,
    pause: !analysis.text || !mayRead,
  });
  if (!data || analysis.count === 0) return null;
  const people = data.profiles.nodes;
  const held = people.flatMap(({ attributes }) => attributes);
  const numeric = new Set(held.filter(({ type, isList }) => isNumeric(type, isList)).map(({ key }) => key));
  return (
    <section className={isStale || stale ? 'dim' : undefined}>
      <div className={classes.sectionHead}>
        <Title order={2}>{say('segment.sample')}</Title>
        <TextLink to="/w/$workspace/profiles" params={{ workspace }} search={{ rule: analysis.text ?? '' }}>
          {say('segment.openAll')}
        </TextLink>
      </div>
      <Table.ScrollContainer minWidth={480}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{say('profiles.externalId')}</Table.Th>
              {keys.map((key) => (
                <Table.Th key={key} className={numeric.has(key) ? 'number' : undefined}>
                  {key}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {people.map(({ id, externalId, attributes }) => (
              <Table.Tr key={id}>
                <Table.Td>
                  <TextLink to="/w/$workspace/profiles/$id" params={{ workspace, id }} className="mono">
                    {externalId ?? id}
                  </TextLink>
                </Table.Td>
                {keys.map((key) => {
                  const value = attributes.find((attribute) => attribute.key === key);
                  return (
                    <Table.Td key={key} className={numeric.has(key) ? 'number' : undefined}>
                      {value ? <ValueText {...value} /> : <Missing />}
                    </Table.Td>
                  );
                })}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  );
}
