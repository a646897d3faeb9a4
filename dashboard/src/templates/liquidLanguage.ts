import { StreamLanguage, type StringStream } from '@codemirror/language';
import { highlighting } from '../editor/highlighting';

/** Where the painter stands: in the text, or between braces, and what the next word there is. */
interface Place {
  inCode: boolean;
  next: 'tag' | 'filter' | 'value';
}

const KEYWORDS = /^(?:and|or|contains|in|with|for|as|true|false|nil|null|empty|blank)(?![\w-])/;
const NEXT_WORDS = { tag: 'keyword', filter: 'propertyName', value: 'variableName' } as const;

function text(stream: StringStream, place: Place): string | null {
  const opening = stream.match(/^\{([{%])-?/);
  if (opening && opening !== true) {
    place.inCode = true;
    place.next = opening[1] === '%' ? 'tag' : 'value';
    return 'bracket';
  }
  stream.next();
  stream.eatWhile(/[^{]/);
  return null;
}

function code(stream: StringStream, place: Place): string | null {
  if (stream.eatSpace()) return null;
  if (stream.match(/^-?[%}]\}/)) {
    place.inCode = false;
    return 'bracket';
  }
  const word = place.next;
  place.next = 'value';
  if (stream.match(/^"[^"]*"?|^'[^']*'?/)) return 'string';
  if (stream.match(/^-?\d+(?:\.\d+)?/)) return 'number';
  if (stream.match(/^\|/)) {
    place.next = 'filter';
    return 'operator';
  }
  if (stream.match(/^(?:==|!=|<>|<=|>=|[<>=:,.])/)) return 'operator';
  if (word === 'value' && stream.match(KEYWORDS)) return 'keyword';
  if (stream.match(/^[\p{L}_][\p{L}\d_-]*/u)) return NEXT_WORDS[word];
  stream.next();
  return 'bracket';
}

/** Liquid, painted only: the server is the judge. */
const language = StreamLanguage.define<Place>({
  name: 'attrium-liquid',
  startState: () => ({ inCode: false, next: 'value' }),
  copyState: (place) => ({ ...place }),
  token: (stream, place) => (place.inCode ? code(stream, place) : text(stream, place)),
  languageData: { closeBrackets: { brackets: ['(', '[', '{', '"'] } },
});

export const liquidLanguage = [language, highlighting];
