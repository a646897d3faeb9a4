import { Button } from '@mantine/core';
import { useText } from '../language/useText';
import { Empty } from './Empty';

/** A page that broke. What was typed is kept as a draft, so reloading loses nothing. */
export function Crash() {
  const say = useText();
  return (
    <div role="alert">
      <Empty
        title={say('crash.title')}
        action={<Button onClick={() => window.location.reload()}>{say('crash.reload')}</Button>}
      >
        {say('crash.about')}
      </Empty>
    </div>
  );
}
