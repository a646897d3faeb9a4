import { openProfile, openProfiles, saveSegment, setValue, workspacePath } from './actions.mjs';
import { settings } from './settings.mjs';
import { openStage } from './stage.mjs';
import { eventually, expect, expectEqual, test } from './suite.mjs';

test('a destination is created, shows its secret once, and a test event arrives', async ({
  open,
  page,
  axe,
  shot,
}) => {
  await openProfiles({ open, page });
  const workspace = workspacePath(page);
  await page.keyboard.press('g');
  await page.keyboard.press('d');
  await page.getByRole('heading', { level: 1, name: 'Destinations' }).waitFor();
  await page.keyboard.press('n');
  await page.getByRole('heading', { level: 1, name: 'New destination' }).waitFor();
  await axe('new destination');
  await shot('destination-new');
  const name = `Echo ${Date.now()}`;
  await page.locator('input[name=name]').fill(name);
  await page.locator('input[name=url]').fill('not a url');
  await page.keyboard.press('Control+Enter');
  await page.locator('input[name=url][aria-invalid=true]').waitFor();
  await eventually(
    () => page.evaluate(() => document.activeElement?.getAttribute('name') === 'url'),
    'focus is on what was refused',
  );
  await page.locator('input[name=url]').fill(`${settings.url}/_echo`);
  await page.keyboard.press('Control+Enter');
  const secret = page.getByTestId('secret');
  await secret.waitFor();
  expect((await secret.innerText()).startsWith('whsec_'), 'the secret is shown');
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expectEqual(copied, await secret.innerText(), 'and copied');
  await page.getByRole('button', { name: 'Send test event' }).click();
  await page.getByTestId('test-answer').getByRole('listitem').waitFor();
  await axe('destination secret');
  await shot('destination-created');

  await page.getByRole('link', { name: 'I have kept the secret' }).click();
  await page.getByRole('link', { name: 'Edit', exact: true }).waitFor();
  expectEqual(await page.getByTestId('secret').count(), 0, 'the secret is not shown again');
  const toggle = page.locator('[data-row-link]').first();
  await toggle.click();
  await page.getByRole('button', { name: 'Send again' }).waitFor();
  await axe('destination');
  await shot('destination');
  await page.getByRole('button', { name: 'Send again' }).click();
  await page.getByText('It is sent again.').waitFor();
  await page.getByRole('button', { name: 'Replay', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('No delivery was made then that stands so.').waitFor();
  await dialog.getByRole('combobox', { name: 'Status' }).selectOption('DELIVERED');
  await dialog.getByText('1 delivery is sent again, with its old id.').waitFor();
  await axe('replay');
  await shot('destination-replay');
  await dialog.getByRole('button', { name: 'Send 1 again' }).click();
  await page.getByText('1 delivery is sent again.', { exact: true }).waitFor();
  await page.getByRole('combobox', { name: 'Status' }).selectOption('FAILED');
  await page.waitForURL(/status=FAILED/);
  await page.getByRole('heading', { name: 'No deliveries' }).waitFor();

  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await page.getByRole('button', { name: 'Resume', exact: true }).waitFor();
  await shot('destination-paused');
  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Rotate secret' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Rotate secret' }).click();
  await secret.waitFor();

  await open(`${workspace}/destinations`);
  await page.getByRole('link', { name }).waitFor();
  await axe('destinations');
  await shot('destinations');
  await page.getByRole('link', { name }).click();
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Delete destination' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete destination' }).click();
  await page.waitForURL(new RegExp(`${workspace}/destinations$`));
});

/** A destination at the demo's own receiver, made by the form; the page of it is open afterwards. */
async function createAtEcho(page, name, path) {
  await page.goto(`${settings.url}${path}/destinations/new`);
  await page.locator('input[name=name]').fill(name);
  await page.locator('input[name=url]').fill(`${settings.url}/_echo`);
  await page.getByRole('checkbox', { name: 'Profile changed' }).check();
  await page.keyboard.press('Control+Enter');
  await page.getByRole('link', { name: 'I have kept the secret' }).click();
  await page.getByRole('link', { name: 'Edit', exact: true }).waitFor();
}

test('a destination is edited, and an edit that someone else overtook shows both sides', async ({
  browser,
  state,
  open,
  page,
  axe,
  shot,
}) => {
  await openProfiles({ open, page });
  const path = workspacePath(page);
  const mark = Date.now();
  await open(`${path}/segments/new`);
  await saveSegment(page, `Told ${mark}`, `balance = ${mark}`);
  await createAtEcho(page, `Edited ${mark}`, path);
  const address = page.url();

  await page.keyboard.press('e');
  await page.getByRole('heading', { level: 1, name: `Edit Edited ${mark}` }).waitFor();
  const picker = page.getByRole('combobox', { name: 'Segments' });
  await picker.fill(`Told ${mark}`);
  await page.getByRole('option', { name: `Told ${mark}` }).click();
  await page.keyboard.press('Escape');
  await page.locator('input[name=url]').fill('ftp://example.com');
  await axe('destination edit');
  await shot('destination-edit');
  await page.reload();
  await page.locator('form').getByText(`Told ${mark}`).first().waitFor();
  await page.locator('input[name=url]').focus();
  await page.keyboard.press('Control+Enter');
  await page.locator('input[name=url][aria-invalid=true]').waitFor();

  // A browser of their own: drafts are kept in each.
  const other = await openStage(browser, { state });
  await other.page.goto(`${address}/edit`);
  await other.page.locator('input[name=name]').fill(`Theirs ${mark}`);
  await other.page.keyboard.press('Control+Enter');
  await other.page.getByRole('heading', { level: 1, name: `Theirs ${mark}`, exact: true }).waitFor();
  await other.close();

  await page.locator('input[name=url]').fill(`${settings.url}/_echo`);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: 'Someone saved first' }).waitFor();
  await axe('destination conflict');
  await shot('destination-conflict');
  await page.getByRole('button', { name: 'Save mine over it' }).click();
  await page.getByRole('heading', { level: 1, name: `Edited ${mark}`, exact: true }).waitFor();
  await page.getByRole('link', { name: `Told ${mark}` }).waitFor();
});

test('a change arrives signed at a receiver; broken, it is tried again, and repaired, sent again', async ({
  open,
  page,
  context,
  axe,
  shot,
}) => {
  await openProfiles({ open, page });
  const list = page.url();
  const path = workspacePath(page);
  const balance = 900_000 + (Date.now() % 90_000);
  await open(`${path}/segments/new`);
  await saveSegment(page, `Rich ${balance}`, `balance = ${balance}`);
  await createAtEcho(page, `Story ${balance}`, path);
  const echo = await context.newPage();
  await echo.goto(`${settings.url}/_echo`);
  await echo.getByRole('status').getByText('working').waitFor();

  const profile = await context.newPage();
  await profile.goto(list);
  await profile.getByRole('table').waitFor();
  await openProfile(profile, 'bank-00020');
  await setValue(profile, 'balance', String(balance));
  const heard = (kind) => echo.getByRole('listitem').filter({ hasText: kind });
  await heard('segment.entered').first().waitFor();
  await heard('profile.updated').first().locator('summary').click();
  await echo.locator('details[open] pre', { hasText: 'webhook-signature: v1,' }).waitFor();
  await shot('story-segment');
  await echo.screenshot({ path: `${settings.screenshots}/story-echo.png` });
  const delivery = (kind) => page.getByRole('row').filter({ hasText: kind });
  await page.reload();
  await delivery('segment.entered').getByText('Delivered').waitFor();
  await delivery('profile.updated').getByText('Delivered').waitFor();

  await echo.getByRole('button', { name: 'Break it' }).click();
  await echo.getByText('broken: answers 503').waitFor();
  await setValue(profile, 'balance', '1');
  await heard('answered 503').first().waitFor();
  await page.reload();
  const waiting = delivery('profile.updated').first();
  await waiting.getByText('Waiting').waitFor();
  await waiting.getByRole('button').click();
  await page.getByText('Answered 503').first().waitFor();
  await page.getByText('broken on purpose').first().waitFor();
  await axe('delivery that failed');
  await shot('story-broken');

  await echo.getByRole('button', { name: 'Repair it' }).click();
  await echo.getByRole('status').getByText('working').waitFor();
  await page.getByRole('button', { name: 'Send again' }).first().click();
  await page.getByText('It is sent again.').waitFor();
  await delivery('profile.updated').first().getByText('Delivered').waitFor();
  await shot('story-repaired');
  await echo.close();
  await profile.close();
});
