import { Button, Table, TextInput, Title } from '@mantine/core';
import { useMemo, useState } from 'react';
import { type AttributeSummary, useAttributes } from '../attributes/useAttributes';
import type { ProfileQuery } from '../generated/graphql/graphql';
import { useText } from '../language/useText';
import { useRight } from '../session/viewer';
import { IconSearch } from '../theme/icons';
import classes from './ProfilePage.module.css';
import { ProfileValue } from './ProfileValue';

export type ProfileDetail = NonNullable<ProfileQuery['profile']>;
export type HeldValue = ProfileDetail['attributes'][number];

interface ProfileValuesProps {
  profile: ProfileDetail;
  onHistory: (key: string) => void;
}

interface Row {
  key: string;
  definition: AttributeSummary | undefined;
  held: HeldValue | undefined;
}

/** What is known of one person: each value with where it came from and since when it is true. */
export function ProfileValues({ profile, onHistory }: ProfileValuesProps) {
  const say = useText();
  const attributes = useAttributes();
  const mayEdit = useRight('EDIT_PROFILES');
  const [search, setSearch] = useState('');
  const [isMissingShown, setMissingShown] = useState(false);
  const rows = useMemo(() => rowsOf(profile, attributes.list), [profile, attributes.list]);
  const wanted = search.trim().toLowerCase();
  const found = rows.filter(({ key, definition }) =>
    `${key} ${definition?.label ?? ''}`.toLowerCase().includes(wanted),
  );
  const missingCount = found.filter(({ held }) => !held).length;
  const shown = isMissingShown ? found : found.filter(({ held }) => held);

  return (
    <section>
      <div className={`${classes.sectionHead} ${classes.stays}`}>
        <Title order={2}>{say('profile.values')}</Title>
        <TextInput
          size="xs"
          data-shortcut="filter"
          leftSection={<IconSearch size={14} aria-hidden />}
          aria-label={say('profile.findAttribute')}
          placeholder={say('profile.findAttribute')}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      </div>
      <Table.ScrollContainer minWidth={620}>
        <Table className={classes.values}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th className={classes.keyColumn}>{say('profile.attribute')}</Table.Th>
              <Table.Th>{say('profile.value')}</Table.Th>
              <Table.Th className={classes.sourceColumn}>{say('profile.source')}</Table.Th>
              <Table.Th className={classes.sinceColumn}>{say('profile.since')}</Table.Th>
              <Table.Th className={classes.actionColumn}>
                <span className="spoken">{say('profile.actions')}</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((row) => (
              <ProfileValue
                key={row.key}
                definition={row.definition}
                held={row.held}
                profileId={profile.id}
                mayEdit={mayEdit}
                onHistory={onHistory}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {shown.length === 0 && <p className="muted">{say('profile.noValues')}</p>}
      {missingCount > 0 && (
        <Button variant="subtle" mt="sm" onClick={() => setMissingShown(!isMissingShown)}>
          {say(isMissingShown ? 'profile.hideMissing' : 'profile.showMissing', { count: missingCount })}
        </Button>
      )}
    </section>
  );
}

/** Values first, in the order of their keys; then the attributes this person has no value of. */
function rowsOf(profile: ProfileDetail, definitions: readonly AttributeSummary[]): Row[] {
  const held = profile.attributes.map((value) => ({
    key: value.key,
    held: value,
    definition: definitions.find(({ key }) => key === value.key),
  }));
  const missing = definitions
    .filter(({ key }) => !profile.attributes.some((value) => value.key === key))
    .map((definition) => ({ key: definition.key, held: undefined, definition }));
  return [...held, ...missing];
}
