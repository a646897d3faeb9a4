import { openProfiles, workspacePath } from './actions.mjs';
import { eventually, expect, expectEqual, test } from './suite.mjs';

const palette = (page) => page.getByTestId('palette');
const field = (page) => palette(page).getByRole('combobox');
const options = (page) => palette(page).getByRole('option');

async function openPalette(page) {
  await page.keyboard.press('Control+k');
  await field(page).waitFor();
  await eventually(
    () => page.evaluate(() => document.activeElement?.getAttribute('role') === 'combobox'),
    'the palette has the keyboard',
  );
}

/** What Enter would run. */
function active(page) {
  return palette(page).locator('[role=option][aria-selected=true]');
}

test('a pasted external id and Enter open the person, without waiting', async ({ open, page }) => {
  await open('/');
  await page.getByTestId('home-totals').waitFor();
  await openPalette(page);
  await page.keyboard.insertText('bank-00042');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'bank-00042' }).waitFor();
  expectEqual(await palette(page).count(), 0, 'the palette is closed');
});

test('the palette finds by words, is walked by arrows, and says when nothing is found', async ({
  open,
  page,
  axe,
  shot,
}) => {
  await openProfiles({ open, page });
  await openPalette(page);
  await options(page).first().waitFor();
  await axe('palette');
  await shot('palette');
  await page.keyboard.type('job');
  const job = options(page).filter({ hasText: 'Attribute' }).first();
  await job.waitFor();
  await axe('palette with hits');
  await shot('palette-hits');

  await field(page).fill('bank-0000');
  await options(page).filter({ hasText: 'bank-00003' }).waitFor();
  expectEqual(await active(page).innerText(), 'bank-00001\nProfile', 'the first is marked');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  expect((await active(page).innerText()).startsWith('bank-00003'), 'the third is marked');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'bank-00002' }).waitFor();

  await openPalette(page);
  await page.keyboard.type('nobody-is-called-so');
  await palette(page).getByText('Nothing is called “nobody-is-called-so”.').waitFor();
  expectEqual(await options(page).count(), 0, 'and nothing is listed');
  await axe('palette without hits');
  await shot('palette-nothing');
  await page.keyboard.press('Escape');
  await palette(page).waitFor({ state: 'detached' });
});

test('pages and actions are run from the palette, also out of a field', async ({ open, page }) => {
  await openProfiles({ open, page });
  await page.locator('[data-shortcut=filter]').focus();
  await openPalette(page);
  await page.keyboard.type('new seg');
  await eventually(async () => (await active(page).innerText()) === 'New segment', 'the action is marked');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'New segment' }).waitFor();

  await page.locator('[data-rule-editor] .cm-content').focus();
  await openPalette(page);
  await page.keyboard.type('dark');
  await eventually(async () => (await active(page).innerText()) === 'Dark theme', 'the theme is marked');
  await page.keyboard.press('Enter');
  await page.locator('html[data-mantine-color-scheme=dark]').waitFor();
  await palette(page).waitFor({ state: 'detached' });

  await openPalette(page);
  await page.keyboard.type('keyboard');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  await openPalette(page);
  await page.keyboard.press('Control+k');
  await palette(page).waitFor({ state: 'detached' });
});

test('an answer that does not come is said, and asked for again', async ({
  open,
  page,
  axe,
  shot,
  forgive,
}) => {
  await openProfiles({ open, page });
  const refuse = (route) =>
    route.request().postData()?.includes('query Search') ? route.abort() : route.continue();
  await page.route('**/graphql', refuse);
  await openPalette(page);
  await page.keyboard.type('bank-00007');
  await palette(page).getByRole('alert').waitFor();
  await axe('palette without an answer');
  await shot('palette-failed');
  forgive();
  await page.unroute('**/graphql', refuse);
  await palette(page).getByRole('button', { name: 'Retry' }).press('Enter');
  await options(page).filter({ hasText: 'bank-00007' }).waitFor();
  await palette(page).getByRole('alert').waitFor({ state: 'detached' });
});

test('the latest answer wins', async ({ open, page }) => {
  await openProfiles({ open, page });
  const workspace = workspacePath(page);
  let release;
  const isHeld = new Promise((done) => {
    release = done;
  });
  let asked = 0;
  await page.route('**/graphql', async (route) => {
    const isFirst = route.request().postData()?.includes('bank-00008') ?? false;
    if (isFirst) {
      asked++;
      await isHeld;
    }
    await route.continue();
  });
  await openPalette(page);
  await page.keyboard.type('bank-00008');
  await eventually(() => asked === 1, 'the first question is under way');
  await field(page).fill('bank-00009');
  await options(page).filter({ hasText: 'bank-00009' }).waitFor();
  const answered = page.waitForResponse((response) => response.request().postData()?.includes('bank-00008'));
  release();
  await (await answered).finished();
  expectEqual(await options(page).filter({ hasText: 'bank-00008' }).count(), 0, 'the old answer is dropped');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'bank-00009' }).waitFor();
  expect(page.url().includes(workspace), 'in the same workspace');
});
