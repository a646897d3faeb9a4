import { StreamLanguage } from '@codemirror/language';
import { highlighting } from '../editor/highlighting';

/** Words of the language: attribute keys are whatever other word stands there. The server is the judge; this only paints. */
const KEYWORDS =
  /^(?:and|or|not|in|between|exists|missing|starts|ends|with|contains|does|contain|like|matches|has|any|all|none|size|of|before|after|on|last|next|more|than|ago|ahead|is|today|anniversary|weekday|month|hour|zone|minutes?|hours?|days?|weeks?|months?|years?|true|false|profile|workspace)(?![\w])/i;

const language = StreamLanguage.define<null>({
  name: 'attrium-rule',
  startState: () => null,
  token(stream) {
    if (stream.eatSpace()) return null;
    if (stream.match(/^"(?:[^"\\]|\\.)*"?/)) return 'string';
    if (stream.match(/^-?\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?/)) return 'number';
    if (stream.match(/^-?\d+(?:\.\d+)?/)) return 'number';
    if (stream.match(/^~?(?:!=|<=|>=|=|<|>)|^~/)) return 'operator';
    if (stream.match(KEYWORDS)) return 'keyword';
    if (stream.match(/^[A-Za-z_][\w.]*/)) return 'variableName';
    stream.next();
    return 'bracket';
  },
  languageData: { closeBrackets: { brackets: ['(', '"'] } },
});

export const ruleLanguage = [language, highlighting];
