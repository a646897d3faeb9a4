import type { AttributeType } from '../generated/graphql/graphql';

/** What an editor needs to know of an attribute. */
export interface ValueShape {
  type: AttributeType;
  isList: boolean;
}

const INTEGER = /^[+-]?\d+$/;
const DECIMAL = /^[+-]?\d+(\.\d+)?$/;

/**
 * What an editor's text says, as the JSON the server reads. Numbers stay strings, for a number of
 * JavaScript would round them. `undefined` when the text cannot be a value of this type.
 */
export function scalarFromText(type: AttributeType, text: string): unknown {
  const trimmed = text.trim();
  switch (type) {
    case 'TEXT':
      return text;
    case 'INTEGER':
      return INTEGER.test(trimmed) ? trimmed : undefined;
    case 'DECIMAL':
      return DECIMAL.test(trimmed) ? trimmed : undefined;
    case 'BOOLEAN':
      return trimmed === 'true' ? true : trimmed === 'false' ? false : undefined;
    case 'DATE':
    case 'TIMESTAMP':
      return trimmed === '' ? undefined : trimmed;
    case 'GEO_POINT':
      return pointFromText(trimmed);
  }
}

/** Degrees are binary fractions on both sides of the wire: they may be numbers. */
function pointFromText(text: string): { lat: number; lon: number } | undefined {
  const [lat, lon, ...rest] = text
    .replace(/^\(|\)$/g, '')
    .split(',')
    .map((part) => Number.parseFloat(part));
  if (lat === undefined || lon === undefined || rest.length > 0) return undefined;
  return Number.isNaN(lat) || Number.isNaN(lon) ? undefined : { lat, lon };
}

/** The value as an editor shows it first: one text, or one per item of a list. */
export function editableTexts({ type, isList }: ValueShape, value: unknown): string[] {
  const one = (item: unknown) => {
    if (type === 'GEO_POINT' && item && typeof item === 'object' && 'lat' in item && 'lon' in item) {
      return `${item.lat}, ${item.lon}`;
    }
    return String(item ?? '');
  };
  if (isList) return Array.isArray(value) ? value.map(one) : [];
  return [one(value)];
}

/** The JSON of what was typed; `undefined` when some of it is no value of this type. */
export function valueFromTexts({ type, isList }: ValueShape, texts: readonly string[]): unknown {
  const values = texts.map((text) => scalarFromText(type, text));
  if (values.includes(undefined)) return undefined;
  return isList ? values : values[0];
}
