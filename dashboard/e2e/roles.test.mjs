import { openProfile, openProfiles, signIn, workspacePath } from './actions.mjs';
import { settings } from './settings.mjs';
import { openStage } from './stage.mjs';
import { expect, expectEqual, test } from './suite.mjs';

test('an analyst sees everything and is offered nothing they may not do', async ({ browser }) => {
  const stage = await openStage(browser);
  const { page, open, axe, shot } = stage;
  await open('/');
  await signIn(page, settings.analyst);
  await openProfiles({ open, page });
  const workspace = workspacePath(page);
  const isOffered = async (role, name) => (await page.getByRole(role, { name }).count()) > 0;
  expect(!(await isOffered('link', 'New segment')), 'no new segment beside the profiles');
  await openProfile(page, 'bank-00004');
  expect(!(await isOffered('button', /^Edit /)), 'no value is edited');
  expect(!(await isOffered('button', /^Remove /)), 'no value is removed');
  expect(await isOffered('button', /^History of /), 'the history of a value opens');
  await axe('profile of an analyst');
  await shot('analyst-profile');

  await open(`${workspace}/segments`);
  await page.getByRole('heading', { level: 1, name: 'Segments' }).waitFor();
  expect(!(await isOffered('link', 'New segment')), 'no new segment');
  await open(`${workspace}/attributes`);
  await page.getByRole('link', { name: 'Balance', exact: true }).click();
  await page.getByRole('heading', { level: 2, name: 'Most frequent values' }).waitFor();
  expect(!(await isOffered('button', 'Edit')), 'no attribute is edited');
  await open(`${workspace}/imports`);
  await page.getByText('bank-full.csv').first().waitFor();
  expectEqual(await page.locator('input[type=file]').count(), 0, 'no file is dropped');
  await shot('analyst-imports');

  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await page.getByRole('heading', { level: 1, name: 'Segments' }).waitFor();
  await page.keyboard.press('n');
  expect(!page.url().includes('/new'), 'the shortcut for something new does nothing');
  expectEqual(stage.complaints.join('\n'), '', 'nothing to complain of');
  await stage.close();
});

test('an address that needs more rights says so', async ({ browser }) => {
  const stage = await openStage(browser);
  const { page, open, axe, shot } = stage;
  await open('/');
  await signIn(page, settings.analyst);
  const workspace = workspacePath(page);
  for (const path of [
    'segments/new',
    'templates/new',
    'destinations/new',
    'attributes/new-attribute',
    'attributes/balance?edit=true',
  ]) {
    await open(`${workspace}/${path}`);
    await page.getByRole('heading', { name: 'Your role does not allow this.' }).waitFor();
    await axe(`forbidden ${path}`);
  }
  await shot('forbidden');
  expectEqual(stage.complaints.join('\n'), '', 'nothing to complain of');
  await stage.close();
});
