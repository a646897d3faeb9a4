// Runs every browser test against the server that ATTRIUM_URL names. The last line says how many passed and failed.
import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { signIn } from './actions.mjs';
import { settings } from './settings.mjs';
import { openStage } from './stage.mjs';
import { tests } from './suite.mjs';

import './sign-in.test.mjs';
import './home.test.mjs';
import './palette.test.mjs';
import './attributes.test.mjs';
import './profiles.test.mjs';
import './segments.test.mjs';
import './templates.test.mjs';
import './destinations.test.mjs';
import './imports.test.mjs';
import './live.test.mjs';
import './keyboard.test.mjs';
import './workspaces.test.mjs';
import './roles.test.mjs';
import './many.test.mjs';
import './looks.test.mjs';

const only = process.argv[2];
mkdirSync(settings.screenshots, { recursive: true });
const browser = await chromium.launch({ executablePath: settings.chromium, args: ['--no-sandbox'] });

/** The session every test begins with: argon2 is slow on purpose, once is enough. */
async function signedIn() {
  const stage = await openStage(browser);
  await stage.open('/');
  await signIn(stage.page);
  const state = await stage.context.storageState();
  await stage.close();
  return state;
}

let passed = 0;
const failed = [];
const state = await signedIn();
for (const { name, run } of tests) {
  if (only && !name.includes(only)) continue;
  const stage = await openStage(browser, { state });
  const started = Date.now();
  try {
    await run({ ...stage, browser, state });
    if (stage.complaints.length > 0) throw new Error(stage.complaints.join('\n    '));
    passed++;
    console.log(`ok    ${name} (${Date.now() - started} ms)`);
  } catch (error) {
    failed.push(name);
    console.log(`FAIL  ${name}\n    ${error.stack ?? error}`);
    await stage.shot(`failed-${name.replace(/\W+/g, '-')}`).catch(() => undefined);
  }
  await stage.close();
}
await browser.close();
console.log(`${passed} passed, ${failed.length} failed`);
process.exit(failed.length > 0 ? 1 : 0);
