// What a visitor downloads before a page appears, from Vite's manifest: the shell once, with the texts of one
// language, then each route.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const SHELL_KB = 230;
const ROUTE_KB = 150;
const LANGUAGES = ['src/language/en.json', 'src/language/tr.json'];
const FRAME = 'src/routes/w.$workspace.tsx?tsr-split=component';

const manifest = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8'));

/** A chunk and everything it imports at once. */
function filesOf(key, found = new Set()) {
  const chunk = manifest[key];
  if (!chunk || found.has(chunk.file)) return found;
  if (chunk.file.endsWith('.js')) found.add(chunk.file);
  for (const next of chunk.imports ?? []) filesOf(next, found);
  return found;
}

const size = (files) =>
  [...files].reduce((sum, file) => sum + gzipSync(readFileSync(`dist/${file}`)).length, 0) / 1024;

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
const shell = new Set([...filesOf(entry), ...filesOf(FRAME)]);
const texts = LANGUAGES.map((key) => size(filesOf(key)));
const rows = [['shell', size(shell) + Math.max(...texts), SHELL_KB]];
for (const key of Object.keys(manifest)) {
  if (!key.includes('?tsr-split=component') || key === FRAME) continue;
  const own = new Set([...filesOf(key)].filter((file) => !shell.has(file)));
  const name = key.replace('src/routes/', '').replace(/\.tsx.*/, '');
  rows.push([name, size(own), ROUTE_KB]);
}
if (
  !manifest[FRAME] ||
  texts.includes(0) ||
  LANGUAGES.some((key) => shell.has(manifest[key].file)) ||
  rows.length < 5
)
  throw new Error('the manifest no longer names the routes as this check expects');

let isOver = false;
for (const [name, kb, budget] of rows) {
  const mark = kb > budget ? 'OVER' : 'ok';
  isOver ||= kb > budget;
  console.log(`${mark.padEnd(5)}${name.padEnd(40)}${kb.toFixed(1).padStart(7)} of ${budget} KB gzip`);
}
process.exit(isOver ? 1 : 0);
