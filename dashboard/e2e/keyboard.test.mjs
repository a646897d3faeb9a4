import { currentCount, openProfiles, workspacePath } from './actions.mjs';
import { eventually, expect, test } from './suite.mjs';

test('a segment is saved without a mouse', async ({ open, page }) => {
  await openProfiles({ open, page });
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await page.getByRole('heading', { level: 1, name: 'Segments' }).waitFor();
  await page.keyboard.press('n');
  await page.getByRole('heading', { level: 1, name: 'New segment' }).waitFor();
  const name = `By keyboard ${Date.now()}`;
  await eventually(
    () => page.evaluate(() => document.activeElement?.getAttribute('name') === 'name'),
    'focus is on the name',
  );
  await page.keyboard.type(name);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.type('age >= 80', { delay: 15 });
  await page.waitForTimeout(250);
  if (await page.locator('.cm-tooltip-autocomplete').count()) await page.keyboard.press('Escape');
  await currentCount(page);
  await page.keyboard.press('Tab');
  const isOut = await page.evaluate(() => !document.activeElement?.closest('.cm-editor'));
  expect(isOut, 'Tab leaves the editor');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { level: 1, name }).waitFor();
});

test('lists are walked, searched and opened by keys', async ({ open, page }) => {
  await open('/');
  await page.waitForURL(/\/w\//);
  await open(`${workspacePath(page)}/attributes`);
  await page.locator('[data-row-link]').first().waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('job');
  await eventually(
    async () => (await page.locator('[data-row-link]').count()) === 1,
    'one attribute is left',
  );
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/attributes\/job/);
});

test('the list of shortcuts and the page’s queries open by key, and focus comes back', async ({
  open,
  page,
  axe,
  shot,
}) => {
  await openProfiles({ open, page });
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
  await axe('shortcuts');
  await shot('shortcuts');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+.');
  await page.getByRole('dialog').getByText('query Profiles').waitFor();
  await axe('queries');
  await shot('queries');
  await page.getByRole('button', { name: 'Copy query' }).first().click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.startsWith('query '), 'the query is on the clipboard');
});
