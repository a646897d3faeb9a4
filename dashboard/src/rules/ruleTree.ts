/** A node of a rule's canonical JSON, as far as the pages read it. */
export interface RuleNode {
  and?: RuleNode[];
  or?: RuleNode[];
  not?: RuleNode;
  attr?: string;
  op?: string;
}

function children(node: RuleNode): RuleNode[] {
  return node.and ?? node.or ?? (node.not ? [node.not] : []);
}

/** The root of a canonical document. */
export function ruleRoot(json: unknown): RuleNode | null {
  return json && typeof json === 'object' && 'rule' in json ? (json.rule as RuleNode) : null;
}

/** The node a path of child numbers leads to. */
export function nodeAt(root: RuleNode, path: readonly number[]): RuleNode | null {
  let node: RuleNode | undefined = root;
  for (const step of path) node = node && children(node)[step];
  return node ?? null;
}

/** Attributes a rule reads, in reading order, each once. */
export function attributesOf(node: RuleNode): string[] {
  const found = node.attr ? [node.attr] : children(node).flatMap(attributesOf);
  return [...new Set(found)];
}

/** A negative over one comparison is written as one line: `country != "TR"`. */
export function isNegative(node: RuleNode): boolean {
  return node.not?.attr !== undefined;
}

export type NodeShape = 'all' | 'any' | 'none' | 'comparison';

export function shapeOf(node: RuleNode): NodeShape {
  if (node.and) return 'all';
  if (node.or) return 'any';
  return node.not && !isNegative(node) ? 'none' : 'comparison';
}
