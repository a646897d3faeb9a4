// Exact numbers stay strings: `Number()` would round them. Intl formats a decimal string digit by digit.

type ExactNumber = Intl.StringNumericLiteral;

const formats = new Map<string, Intl.NumberFormat>();

function formatOf(locale: string): Intl.NumberFormat {
  let format = formats.get(locale);
  if (!format) {
    format = new Intl.NumberFormat(locale, { maximumFractionDigits: 28 });
    formats.set(locale, format);
  }
  return format;
}

const NUMBER = /^-?\d+(\.\d+)?$/;

/** A number as its locale writes it, with every digit it has; any other text as it is. */
export function formatExact(text: string, locale: string): string {
  if (!NUMBER.test(text)) return text;
  const fraction = text.split('.')[1];
  // Trailing zeros were typed by someone: keep them.
  const format = fraction
    ? new Intl.NumberFormat(locale, {
        minimumFractionDigits: Math.min(fraction.length, 28),
        maximumFractionDigits: 28,
      })
    : formatOf(locale);
  return format.format(text as ExactNumber);
}

/** A share in percent with one decimal; `0` of nothing. */
export function formatShare(part: number, whole: number, locale: string): string {
  const share = whole === 0 ? 0 : part / whole;
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(share);
}
