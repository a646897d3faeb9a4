import { digits, openProfiles, workspacePath } from './actions.mjs';
import { settings } from './settings.mjs';
import { eventually, expect, expectEqual, test } from './suite.mjs';

test('another workspace is opened from the header, and shows nothing of the first', async ({
  open,
  page,
  axe,
  shot,
}) => {
  await openProfiles({ open, page });
  const first = workspacePath(page);
  const second = `/w/${settings.secondWorkspace}`;
  expect(first !== second, 'the first workspace is another one');

  await page.getByRole('button', { name: /switch workspace/ }).click();
  await page.getByRole('menuitem', { name: 'Second workspace' }).click();
  await page.waitForURL((address) => address.pathname.startsWith(second));
  await page.getByRole('button', { name: /^Second workspace/ }).waitFor();
  await page.getByTestId('home-totals').waitFor();
  await axe('second workspace');
  await shot('workspace-second');
  await page.keyboard.press('g');
  await page.keyboard.press('p');
  await page.locator('[data-shortcut=filter]').fill('bank-00001');
  await page.getByRole('heading', { level: 2, name: 'Nobody matches' }).waitFor();
  await page.getByRole('navigation').getByRole('link', { name: 'Attributes' }).click();
  await page.getByRole('heading', { level: 1, name: 'Attributes' }).waitFor();
  expectEqual(await page.getByRole('link', { name: 'balance' }).count(), 0, 'no attribute of the first');

  // It is remembered, and Back leads to where one came from.
  await open('/');
  await page.waitForURL((address) => address.pathname.startsWith(second));
  await page.getByRole('button', { name: /switch workspace/ }).click();
  await page
    .getByRole('menu')
    .getByRole('menuitem')
    .filter({ hasNotText: 'Second workspace' })
    .first()
    .click();
  await page.waitForURL((address) => address.pathname.startsWith(first));
  await eventually(
    async () =>
      Number(digits(await page.getByTestId('home-totals').getByRole('link').first().innerText())) >= 45_211,
    'the customers of the first workspace',
  );
  await page.goBack();
  await page.waitForURL((address) => address.pathname.startsWith(second));
});

test('a workspace one does not belong to is no different from none', async ({
  open,
  page,
  axe,
  shot,
  forgive,
}) => {
  await open('/w/not-mine/profiles');
  await page.getByRole('alert').waitFor();
  expect((await page.getByRole('alert').innerText()).includes('not-mine'), 'the message names it');
  await axe('unknown workspace');
  await shot('workspace-unknown');
  forgive();
  await page.getByRole('link', { name: 'Open another workspace' }).click();
  await page.getByTestId('home-totals').waitFor();
});
