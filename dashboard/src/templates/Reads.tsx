import { useText } from '../language/useText';
import { TextLink } from '../page/links';
import { useWorkspace } from '../session/viewer';
import classes from './templates.module.css';

/** The attributes a template reads, each a link. */
export function Reads({ keys, isStale }: { keys: readonly string[]; isStale: boolean }) {
  const say = useText();
  const { key: workspace } = useWorkspace();
  if (keys.length === 0) return null;
  return (
    <div className={`${classes.reads} ${isStale ? 'dim' : ''}`} data-testid="template-reads">
      <span className="muted">{say('template.reads')}</span>
      {keys.map((key) => (
        <TextLink
          key={key}
          to="/w/$workspace/attributes/$key"
          params={{ workspace, key }}
          search={{}}
          className="mono"
        >
          {key}
        </TextLink>
      ))}
    </div>
  );
}
