import { useText } from '../language/useText';
import { useViewer } from '../session/viewer';
import { Empty } from './Empty';

/** In place of a form the viewer may not use: an address can be followed without the right. */
export function Forbidden() {
  const say = useText();
  const { role } = useViewer();
  return (
    <Empty title={say('right.missing')}>
      {role ? say('right.missingAbout', { role: say(`role.${role}`) }) : say('failure.DENIED')}
    </Empty>
  );
}
