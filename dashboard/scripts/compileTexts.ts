// Texts are read when the dashboard is built, not in the browser: it needs no parser, and a text that cannot be read
// fails the build.
import { parse } from '@formatjs/icu-messageformat-parser';
import type { Plugin } from 'vite';

const CATALOGUE = /\/src\/language\/\w+\.json$/;

/** Hands the browser each catalogue's texts in the form that react-intl would make of them. */
export function compileTexts(): Plugin {
  return {
    name: 'attrium-compile-texts',
    apply: 'build',
    enforce: 'pre',
    config: () => ({
      resolve: {
        alias: [
          {
            find: /^@formatjs\/icu-messageformat-parser$/,
            replacement: '@formatjs/icu-messageformat-parser/no-parser.js',
          },
        ],
      },
    }),
    transform(code, id) {
      if (!CATALOGUE.test(id)) return null;
      const texts = Object.entries(JSON.parse(code) as Record<string, string>);
      return JSON.stringify(Object.fromEntries(texts.map(([key, text]) => [key, parse(text)])));
    },
  };
}
