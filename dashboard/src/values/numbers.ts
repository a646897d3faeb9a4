// Exact numbers stay strings: `Number()` would round them. The whole part is grouped as a BigInt; the fraction
// keeps its digits, zeros at the end included, for someone typed them.

const NUMBER = /^(-?)(\d+)(?:\.(\d+))?$/;

const groupings = new Map<string, { whole: Intl.NumberFormat; point: string }>();

function groupingOf(locale: string) {
  let grouping = groupings.get(locale);
  if (!grouping) {
    const parts = new Intl.NumberFormat(locale).formatToParts(0.5);
    const point = parts.find(({ type }) => type === 'decimal')?.value ?? '.';
    grouping = { whole: new Intl.NumberFormat(locale), point };
    groupings.set(locale, grouping);
  }
  return grouping;
}

/** A number as its locale writes it, with every digit it has; any other text as it is. */
export function formatExact(text: string, locale: string): string {
  const match = NUMBER.exec(text);
  if (!match) return text;
  const [, sign, whole = '0', fraction] = match;
  const grouping = groupingOf(locale);
  const grouped = grouping.whole.format(BigInt(whole));
  return `${sign}${grouped}${fraction === undefined ? '' : grouping.point + fraction}`;
}

const SHARE_STEP = 0.001;

/** A share in percent with one decimal. Some is never written as none, and not quite all never as all. */
export function formatShare(part: number, whole: number, locale: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const share = whole === 0 ? 0 : part / whole;
  if (share > 0 && share < SHARE_STEP) return `<\u00a0${format.format(SHARE_STEP)}`;
  if (share < 1 && share > 1 - SHARE_STEP) return `>\u00a0${format.format(1 - SHARE_STEP)}`;
  return format.format(share);
}
