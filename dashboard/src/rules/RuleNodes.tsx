import { useMemo } from 'react';
import { useLanguage } from '../language/LanguageProvider';
import { useText } from '../language/useText';
import { AudienceCount, AudienceLink } from '../profiles/AudienceLink';
import { formatExact, formatShare } from '../values/numbers';
import { ShareBar } from '../values/ShareBar';
import classes from './rules.module.css';
import {
  attributesOf,
  isNegative,
  type NodeShape,
  nodeAt,
  type RuleNode,
  ruleRoot,
  shapeOf,
} from './ruleTree';
import type { Analysis, Answer } from './useRuleAnalysis';

interface RuleNodesProps extends Answer {
  /** The rule has gone on since. */
  isStale: boolean;
}

const SHAPE_TEXTS = { all: 'rule.all', any: 'rule.any', none: 'rule.none' } as const;

interface Line {
  path: readonly number[];
  node: RuleNode;
  shape: NodeShape;
  text: string;
  count: number;
  missingCount: number;
}

/** The rule condition by condition: how many each selects, and where the loss is. */
export function RuleNodes({ analysis, text, isStale }: RuleNodesProps) {
  const say = useText();
  const { language } = useLanguage();
  const lines = useMemo(() => linesOf(analysis, text), [analysis, text]);
  const total = analysis.total ?? 0;
  if (lines.length === 0) return null;
  return (
    <table className={`${classes.nodes} ${isStale ? 'dim' : ''}`}>
      <caption className="spoken">{say('rule.conditions')}</caption>
      <thead>
        <tr>
          <th scope="col">{say('rule.condition')}</th>
          <th scope="col">
            <span className="spoken">{say('rule.share')}</span>
          </th>
          <th scope="col" className="number">
            {say('rule.people')}
          </th>
          <th scope="col" className="number">
            {say('rule.share')}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.path.join('.')}>
            <td style={{ paddingLeft: 12 + 20 * line.path.length }}>
              {line.shape === 'comparison' ? (
                <code className={classes.condition}>{line.text}</code>
              ) : (
                <span className={classes.group}>{say(SHAPE_TEXTS[line.shape])}</span>
              )}
              <WithoutIt line={line} />
            </td>
            <td className={classes.barCell}>
              <ShareBar part={line.count} whole={total} />
            </td>
            <td className="number">
              <AudienceCount count={line.count} rule={line.text} />
            </td>
            <td className="number muted">{formatShare(line.count, total, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A negative condition also selects people who have no value at all: it says how many. */
function WithoutIt({ line }: { line: Line }) {
  const say = useText();
  const { language } = useLanguage();
  const [attribute] = attributesOf(line.node);
  if (line.missingCount === 0 || !attribute || !isNegative(line.node)) return null;
  return (
    <span className={classes.without}>
      <AudienceLink rule={`(${line.text}) and ${attribute} missing`}>
        {say('rule.without', { count: formatExact(String(line.missingCount), language), attribute })}
      </AudienceLink>
    </span>
  );
}

function linesOf(analysis: Analysis, text: string): Line[] {
  const root = ruleRoot(analysis.json);
  if (!root) return [];
  return analysis.nodes.flatMap(({ path, from, to, count, missingCount }) => {
    const node = nodeAt(root, path);
    const parent = path.length > 0 ? nodeAt(root, path.slice(0, -1)) : null;
    // The comparison inside a negative one is the same line of text: its parent already speaks for it.
    if (!node || (parent && isNegative(parent))) return [];
    return [{ path, node, shape: shapeOf(node), text: text.slice(from, to), count, missingCount }];
  });
}
