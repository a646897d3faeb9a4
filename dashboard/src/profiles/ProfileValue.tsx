import { ActionIcon, Table, Tooltip } from '@mantine/core';
import { type ReactNode, useRef, useState } from 'react';
import type { AttributeSummary } from '../attributes/useAttributes';
import { useText } from '../language/useText';
import { TextLink } from '../page/links';
import { useWorkspace } from '../session/viewer';
import { IconClose, IconHistory, IconLock, IconPencil } from '../theme/icons';
import { Missing } from '../values/Missing';
import { SourceText } from '../values/SourceText';
import { TimeText } from '../values/TimeText';
import { ValueText } from '../values/ValueText';
import classes from './ProfilePage.module.css';
import type { HeldValue } from './ProfileValues';
import { useSetValue } from './useSetValue';
import { ValueForm } from './ValueForm';

interface ProfileValueProps {
  profileId: string;
  definition: AttributeSummary | undefined;
  held: HeldValue | undefined;
  mayEdit: boolean;
  onHistory: (key: string) => void;
}

/** One attribute of one person: shown, or being edited in place. */
export function ProfileValue({ profileId, definition, held, mayEdit, onHistory }: ProfileValueProps) {
  const say = useText();
  const { key: workspace } = useWorkspace();
  const [isEditing, setEditing] = useState(false);
  const editButton = useRef<HTMLButtonElement>(null);
  const key = held?.key ?? definition?.key ?? '';
  const label = definition?.label || key;
  const { set, isBusy, problem } = useSetValue({ profileId, attribute: key, label, held });
  const shape = held ?? definition;

  function close() {
    setEditing(false);
    // The button comes back in the next frame: give the keyboard its place again.
    requestAnimationFrame(() => editButton.current?.focus());
  }

  return (
    <Table.Tr data-attribute={key}>
      <Table.Td className={classes.name}>
        <TextLink
          to="/w/$workspace/attributes/$key"
          params={{ workspace, key }}
          c="var(--mantine-color-text)"
        >
          {label}
        </TextLink>{' '}
        {definition && definition.privacyClass !== 'PUBLIC' && (
          <Tooltip label={say(`privacy.${definition.privacyClass}`)}>
            <span className="muted" role="img" aria-label={say(`privacy.${definition.privacyClass}`)}>
              <IconLock size={12} aria-hidden />
            </span>
          </Tooltip>
        )}
        {label !== key && <span className={classes.key}>{key}</span>}
      </Table.Td>
      <Table.Td className={classes.value} colSpan={isEditing ? 4 : 1}>
        {isEditing && shape ? (
          <ValueForm
            shape={shape}
            format={definition?.format}
            label={label}
            value={held?.value}
            isBusy={isBusy}
            problem={problem}
            onSave={async (value) => {
              if (await set(value)) close();
            }}
            onCancel={close}
          />
        ) : held ? (
          <ValueText {...held} />
        ) : (
          <Missing />
        )}
      </Table.Td>
      {!isEditing && (
        <>
          <Table.Td className="muted clip" title={held?.source}>
            {held && <SourceText source={held.source} id={held.sourceId} />}
          </Table.Td>
          <Table.Td style={{ whiteSpace: 'nowrap' }}>{held && <TimeText at={held.occurredAt} />}</Table.Td>
          <Table.Td>
            <div className={classes.actions}>
              <RowButton label={say('profile.historyOf', { label })} onClick={() => onHistory(key)}>
                <IconHistory size={16} aria-hidden />
              </RowButton>
              {mayEdit && (
                <ActionIcon
                  ref={editButton}
                  variant="subtle"
                  color="gray"
                  aria-label={say('profile.edit', { label })}
                  title={say('profile.edit', { label })}
                  onClick={() => setEditing(true)}
                >
                  <IconPencil size={16} aria-hidden />
                </ActionIcon>
              )}
              {mayEdit && held && (
                <RowButton label={say('profile.unset', { label })} onClick={() => set(null)}>
                  <IconClose size={16} aria-hidden />
                </RowButton>
              )}
            </div>
          </Table.Td>
        </>
      )}
    </Table.Tr>
  );
}

function RowButton({
  label,
  onClick,
  children,
}: {
  label: string;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={label} title={label} onClick={onClick}>
      {children}
    </ActionIcon>
  );
}
