import { Kbd, Modal, Switch } from '@mantine/core';
import { Fragment, useState } from 'react';
import { useText } from '../language/useText';
import classes from './Frame.module.css';
import { areShortcutsOn, SHORTCUTS, switchShortcuts } from './shortcuts';

/** Every shortcut, and the switch that turns single keys off. */
export function ShortcutList({ onClose }: { onClose: () => void }) {
  const say = useText();
  const [isOn, setOn] = useState(areShortcutsOn);

  function change(next: boolean) {
    switchShortcuts(next);
    setOn(next);
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={say('keys.title')}
      closeButtonProps={{ 'aria-label': say('action.close') }}
    >
      <dl className={classes.keys}>
        <Entry label={say('keys.palette')} keys={['Ctrl', 'K']} />
        {SHORTCUTS.map(({ keys, label }) => (
          <Entry key={keys} label={say(label)} keys={keys.split(' ')} />
        ))}
        <Entry label={say('keys.save')} keys={['Ctrl', 'Enter']} />
        <Entry label={say('keys.complete')} keys={['Ctrl', 'Space']} />
        <Entry label={say('keys.queries')} keys={['Ctrl', '.']} />
        <Entry label={say('keys.close')} keys={['Esc']} />
      </dl>
      <Switch
        mt="lg"
        label={say('keys.switch')}
        checked={isOn}
        onChange={(event) => change(event.currentTarget.checked)}
      />
    </Modal>
  );
}

function Entry({ label, keys }: { label: string; keys: string[] }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {keys.map((key, at) => (
          <Fragment key={key}>
            {at > 0 && ' '}
            <Kbd>{key}</Kbd>
          </Fragment>
        ))}
      </dd>
    </>
  );
}
