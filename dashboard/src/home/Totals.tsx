import type { HomeQuery as Answer } from '../generated/graphql/graphql';
import type { TextId } from '../language/languages';
import { useText } from '../language/useText';
import { TextLink } from '../page/links';
import { useWorkspace } from '../session/viewer';
import { CountText } from '../values/CountText';
import classes from './home.module.css';

const TOTALS = [
  { of: 'profiles', to: '/w/$workspace/profiles', label: 'profiles.title' },
  { of: 'segments', to: '/w/$workspace/segments', label: 'segments.title' },
  { of: 'attributes', to: '/w/$workspace/attributes', label: 'attributes.title' },
  { of: 'templates', to: '/w/$workspace/templates', label: 'templates.title' },
  { of: 'webhookEndpoints', to: '/w/$workspace/destinations', label: 'destinations.title' },
] as const satisfies readonly { of: keyof Answer; to: string; label: TextId }[];

/** How much there is of everything; each number opens its list. */
export function Totals({ counts }: { counts: Answer }) {
  const say = useText();
  const { key: workspace } = useWorkspace();
  return (
    <ul className={classes.totals} data-testid="home-totals">
      {TOTALS.map(({ of, to, label }) => (
        <li key={of}>
          <TextLink to={to} params={{ workspace }} className={classes.total} underline="never">
            <span className={classes.count}>
              <CountText count={counts[of].totalCount} />
            </span>
            <span className="muted">{say(label)}</span>
          </TextLink>
        </li>
      ))}
    </ul>
  );
}
