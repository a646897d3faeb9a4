// A query belongs to the page that asks it. The generated code holds all of them in one module, which every page would
// load; here each call of `graphql` becomes the text of its own query, with its fragments.
import { readFileSync } from 'node:fs';
import { type DocumentNode, print, stripIgnoredCharacters } from 'graphql';
import type { Plugin } from 'vite';

const GENERATED = 'src/generated/graphql/graphql.ts';
const DOCUMENT = /^export const (\w+)Document = (\{.*\}) as unknown as DocumentNode/gm;
const CALL = /\bgraphql\(`([^`]*)`\)/g;
const NAME = /^\s*(?:query|mutation|subscription|fragment)\s+(\w+)/;

/** The text of every generated document, by the name of its operation. */
function documents(): Map<string, string> {
  const code = readFileSync(GENERATED, 'utf8');
  const text = (json: string) => stripIgnoredCharacters(print(JSON.parse(json) as DocumentNode));
  return new Map([...code.matchAll(DOCUMENT)].map(([, name = '', json = '']) => [name, text(json)]));
}

/** Types see what codegen made of the call; what runs is the query's text, which the client reads by itself. */
export function embedQueries(): Plugin {
  let texts = new Map<string, string>();
  return {
    name: 'attrium-embed-queries',
    enforce: 'pre',
    buildStart() {
      texts = documents();
    },
    transform(code, id) {
      if (id.includes('/generated/') || !code.includes('graphql(`')) return null;
      const embedded = code.replace(CALL, (_call, source: string) => {
        const text = texts.get(NAME.exec(source)?.[1] ?? '');
        if (!text) this.error(`no generated document for${source}: run npm run generate`);
        // As many lines as before: an error still names the right one.
        return JSON.stringify(text) + '\n'.repeat(source.split('\n').length - 1);
      });
      return { code: embedded, map: null };
    },
  };
}
