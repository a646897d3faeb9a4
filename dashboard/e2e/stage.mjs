// One page for one test: watched for console errors, foreign requests and what axe finds.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { settings } from './settings.mjs';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** @typedef {Awaited<ReturnType<typeof openStage>>} Stage */

/** A context of the browser: `look` chooses theme, language and size; `state` is the signed-in session. */
export async function openStage(browser, { state, look = {} } = {}) {
  const { scheme = 'light', language = 'en', width = 1440, height = 900 } = look;
  const context = await browser.newContext({
    storageState: state,
    colorScheme: scheme,
    locale: language,
    viewport: { width, height },
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const complaints = [];
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  page.on('request', (request) => {
    const isOurs = request.url().startsWith(settings.url) || /^(data|blob):/.test(request.url());
    if (!isOurs) complaints.push(`foreign request: ${request.url()}`);
  });

  /** What axe finds wrong with the page as it stands, overlays included. */
  async function axe(where) {
    await page.evaluate(axeSource);
    const { violations } = await page.evaluate(
      (tags) => globalThis.axe.run(document, { runOnly: tags }),
      WCAG,
    );
    for (const { id, nodes } of violations) {
      const places = nodes
        .slice(0, 3)
        .map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary}`);
      complaints.push(`axe, ${where}: ${id} (${nodes.length})\n      ${places.join('\n      ')}`);
    }
  }

  return {
    page,
    context,
    axe,
    open: (path) => page.goto(settings.url + path),
    /** Keeps a picture, for people to look at. */
    shot: (name) => page.screenshot({ path: join(settings.screenshots, `${name}.png`) }),
    /** Forgets what was complained of: for a test that provokes an error on purpose. */
    forgive: () => complaints.splice(0),
    complaints,
    close: () => context.close(),
  };
}
