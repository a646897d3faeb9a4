import { ActionIcon, Menu } from '@mantine/core';
import { useState } from 'react';
import { useMutation } from 'urql';
import { useText } from '../language/useText';
import { Confirm } from '../page/Confirm';
import { IconLock, IconMore, IconTrash } from '../theme/icons';
import type { DestinationDetail } from './DestinationPage';
import { DeleteDestinationMutation, RotateSecretMutation } from './queries';
import { useOutcome } from './useOutcome';

interface DestinationMenuProps {
  destination: DestinationDetail;
  onSecret: (secret: string) => void;
  onDeleted: () => void;
}

export function DestinationMenu({ destination, onSecret, onDeleted }: DestinationMenuProps) {
  const say = useText();
  const tell = useOutcome();
  const [asking, setAsking] = useState<'rotate' | 'delete' | null>(null);
  const [rotating, rotateSecret] = useMutation(RotateSecretMutation);
  const [deleting, remove] = useMutation(DeleteDestinationMutation);
  const { id, name } = destination;

  async function rotate() {
    const { data, error } = await rotateSecret({ input: { id } });
    setAsking(null);
    const { problems, secret } = data?.rotateWebhookSecret ?? {};
    if (tell({ problems, error }) && secret) onSecret(secret);
  }

  async function confirmDelete() {
    const { data, error } = await remove({ input: { id } });
    setAsking(null);
    const problems = data?.deleteWebhookEndpoint.problems;
    if (tell({ problems, error }, say('destination.deleted', { name }))) onDeleted();
  }

  return (
    <>
      <Menu>
        <Menu.Target>
          <ActionIcon variant="default" size={30} aria-label={say('action.more')}>
            <IconMore size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconLock size={16} aria-hidden />} onClick={() => setAsking('rotate')}>
            {say('destination.rotate')}
          </Menu.Item>
          <Menu.Item
            c="var(--at-bad)"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => setAsking('delete')}
          >
            {say('destination.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Confirm
        isOpen={asking === 'rotate'}
        title={say('destination.rotate')}
        reach={say('destination.rotateReach')}
        action={say('destination.rotate')}
        isBusy={rotating.fetching}
        onConfirm={rotate}
        onClose={() => setAsking(null)}
      />
      <Confirm
        isOpen={asking === 'delete'}
        title={say('destination.deleteTitle', { name })}
        reach={say('destination.deleteReach')}
        action={say('destination.delete')}
        isBusy={deleting.fetching}
        onConfirm={confirmDelete}
        onClose={() => setAsking(null)}
      />
    </>
  );
}
