import { workspacePath } from './actions.mjs';
import { settings } from './settings.mjs';
import { eventually, expect, expectEqual, test } from './suite.mjs';

test('a destination is created, shows its secret once, and a test event arrives', async ({
  open,
  page,
  axe,
  shot,
}) => {
  await open('/');
  await page.getByRole('table').waitFor();
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
  await page.waitForURL(/\/destinations\/ep_/);
  expectEqual(await page.getByTestId('secret').count(), 0, 'the secret is not shown again');
  const toggle = page.locator('[data-row-link]').first();
  await toggle.click();
  await page.getByRole('button', { name: 'Send again' }).waitFor();
  await axe('destination');
  await shot('destination');
  await page.getByRole('button', { name: 'Send again' }).click();
  await page.getByText('It is sent again.').waitFor();
  await page.getByRole('button', { name: 'Replay failed' }).click();
  await page.getByText('No delivery was given up.').waitFor();
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
