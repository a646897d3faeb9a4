import { Link } from '@tanstack/react-router';
import { useText } from '../language/useText';
import { useViewer } from '../session/viewer';
import classes from './Frame.module.css';
import { offered, PAGE_GROUPS, type PageTarget } from './pages';

export function Navigation() {
  const say = useText();
  return PAGE_GROUPS.map(({ label, pages }) => (
    <Section key={label ?? ''} label={label && say(label)} pages={pages} />
  ));
}

function Section({ label, pages }: { label: string | undefined; pages: readonly PageTarget[] }) {
  const say = useText();
  const { rights, workspace } = useViewer();
  const shown = offered(pages, rights);
  if (shown.length === 0) return null;
  return (
    <div>
      {label && <div className={classes.group}>{label}</div>}
      {shown.map(({ to, label: text, icon: Icon }) => (
        <Link
          key={to}
          to={to}
          params={{ workspace: workspace.key }}
          activeOptions={{ exact: to === '/w/$workspace' }}
          className={classes.link}
        >
          <Icon size={16} aria-hidden />
          {say(text)}
        </Link>
      ))}
    </div>
  );
}
