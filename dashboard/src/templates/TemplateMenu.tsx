import { ActionIcon, Menu } from '@mantine/core';
import { useState } from 'react';
import { useMutation } from 'urql';
import { failureText, problemText } from '../language/serverTexts';
import { useText } from '../language/useText';
import { Confirm } from '../page/Confirm';
import { toast } from '../page/toast';
import { IconMore, IconTrash } from '../theme/icons';
import { DeleteTemplateMutation } from './queries';
import type { TemplateDetail } from './TemplatePage';

interface TemplateMenuProps {
  template: TemplateDetail;
  onDeleted: () => void;
}

export function TemplateMenu({ template, onDeleted }: TemplateMenuProps) {
  const say = useText();
  const [isAsking, setAsking] = useState(false);
  const [{ fetching }, remove] = useMutation(DeleteTemplateMutation);

  async function confirm() {
    const { data, error } = await remove({ input: { id: template.id } });
    setAsking(false);
    const [refused] = data?.deleteTemplate.problems ?? [];
    const reason = refused ? problemText(say, refused) : error && failureText(say, error);
    toast({
      message: reason ?? say('template.deleted', { name: template.name }),
      closeLabel: say('action.close'),
    });
    if (!reason) onDeleted();
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
          <Menu.Item
            c="var(--at-bad)"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => setAsking(true)}
          >
            {say('template.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Confirm
        isOpen={isAsking}
        title={say('template.deleteTitle', { name: template.name })}
        reach={say('template.deleteReach', { key: template.key })}
        action={say('template.delete')}
        isBusy={fetching}
        onConfirm={confirm}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
