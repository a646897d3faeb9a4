import { Button, Group, Modal, Text } from '@mantine/core';
import { useText } from '../language/useText';

interface ConfirmProps {
  isOpen: boolean;
  title: string;
  /** What pressing the button reaches. */
  reach: string;
  action: string;
  isBusy: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before something that cannot be undone, and states its reach. */
export function Confirm({ isOpen, title, reach, action, isBusy, onConfirm, onClose }: ConfirmProps) {
  const say = useText();
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={title}
      closeButtonProps={{ 'aria-label': say('action.close') }}
    >
      <Text>{reach}</Text>
      <Group justify="flex-end" mt="lg">
        <Button onClick={onClose}>{say('action.cancel')}</Button>
        <Button variant="filled" color="red.9" loading={isBusy} onClick={onConfirm}>
          {action}
        </Button>
      </Group>
    </Modal>
  );
}
