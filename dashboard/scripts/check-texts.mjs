// Every text in every language: no key missing, none left over, the same values to fill in.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (language) => JSON.parse(readFileSync(`src/language/${language}.json`, 'utf8'));
const en = read('en');
const tr = read('tr');
const problems = [];

/** Names in braces, whatever their plural forms. */
const valuesOf = (text) =>
  [...text.matchAll(/\{(\w+)[,}]/g)]
    .map(([, name]) => name)
    .sort()
    .join();

for (const key of Object.keys(en)) {
  if (!(key in tr)) problems.push(`tr.json lacks ${key}`);
  else if (
    [...new Set(valuesOf(en[key]).split(','))].join() !== [...new Set(valuesOf(tr[key]).split(','))].join()
  ) {
    problems.push(`${key} fills in other values in tr.json`);
  }
}
for (const key of Object.keys(tr)) if (!(key in en)) problems.push(`en.json lacks ${key}`);

const sources = readdirSync('src', { recursive: true })
  .filter((file) => /\.tsx?$/.test(file) && !file.startsWith('generated'))
  .map((file) => readFileSync(join('src', file), 'utf8'))
  .join('\n');
// `say(`type.${type}`)` uses every key under its prefix.
const prefixes = [...sources.matchAll(/`([\w.]+\.)\$\{[\w.]+\}`/g)].map(([, prefix]) => prefix);
for (const key of Object.keys(en)) {
  const isUsed = sources.includes(`'${key}'`) || prefixes.some((prefix) => key.startsWith(prefix));
  if (!isUsed) problems.push(`${key} is never used`);
}

for (const problem of problems) console.error(problem);
console.log(`${Object.keys(en).length} texts in 2 languages, ${problems.length} problems`);
process.exit(problems.length > 0 ? 1 : 0);
