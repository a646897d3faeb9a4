// One page for one test: watched for console errors, foreign requests and what axe finds.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { settings } from './settings.mjs';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Held back before each request to the API, in milliseconds: what depends on a quick answer shows itself. */
const LATENCY_MS = Number(process.env.ATTRIUM_E2E_LATENCY_MS ?? 0);
/** How many times slower than it is the page's processor pretends to be. */
const CPU_SLOWDOWN = Number(process.env.ATTRIUM_E2E_CPU_SLOWDOWN ?? 1);
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Makes a page as slow as the environment asks: off by default, for finding tests that only pass when all is quick. */
async function slowDown(context, page) {
  if (LATENCY_MS > 0) {
    await context.route(/\/graphql$/, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, LATENCY_MS));
      // A page may be gone by the time its request leaves.
      await route.continue().catch(() => undefined);
    });
  }
  if (CPU_SLOWDOWN > 1) {
    const protocol = await context.newCDPSession(page);
    await protocol.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
  }
}

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
  await slowDown(context, page);
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
