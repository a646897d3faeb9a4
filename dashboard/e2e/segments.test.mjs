import {
  currentCount,
  digits,
  openProfile,
  saveSegment,
  setValue,
  typeRule,
  workspacePath,
} from './actions.mjs';
import { eventually, expect, expectEqual, test } from './suite.mjs';

test('a rule is counted while it is typed, and what is wrong is underlined', async ({
  open,
  page,
  axe,
  shot,
}) => {
  await open('/');
  await page.waitForURL(/\/w\//);
  await open(`${workspacePath(page)}/segments/new`);
  await typeRule(page, 'balance >= 1000');
  const first = await currentCount(page);
  await typeRule(page, 'balance >= 1000 and job != "technician"');
  const second = await currentCount(page);
  expect(Number(second) < Number(first), `${second} is fewer than ${first}`);
  await page.getByText(/includes .* without job/).waitFor();
  await page.getByRole('heading', { name: 'A few of them' }).waitFor();
  await axe('segment editor');
  await shot('segment-editor');

  await page.locator('[data-rule-editor] .cm-content').focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' and agee > 3', { delay: 12 });
  await page.locator('.cm-lintRange-error').waitFor();
  const broken = page.locator('[data-testid=rule-count]');
  expectEqual(await broken.getAttribute('data-current'), null, 'the count is marked as the last one');
  expectEqual(
    digits(await broken.locator('a').first().innerText()),
    second,
    'and is still shown, never a zero',
  );
  await page.keyboard.press('Escape');
  await shot('segment-broken');
  await page.getByRole('button', { name: 'Use age', exact: true }).click();
  await currentCount(page);
  await page.locator('.cm-lintRange-error').waitFor({ state: 'detached' });
});

test('completion offers attributes and their values', async ({ open, page, axe, shot }) => {
  await open('/');
  await page.waitForURL(/\/w\//);
  await open(`${workspacePath(page)}/segments/new`);
  await page.locator('[data-rule-editor] .cm-content').focus();
  await page.keyboard.type('mar', { delay: 30 });
  const offer = page.locator('.cm-tooltip-autocomplete li').filter({ hasText: 'marital' });
  await offer.waitFor();
  await axe('completion open');
  await shot('segment-completion');
  await page.keyboard.press('Enter');
  await eventually(
    async () => (await page.locator('.cm-content').innerText()).startsWith('marital'),
    'Enter takes what is offered',
  );
});

test('a segment is saved, its members are paged, and a person enters and leaves', async ({
  open,
  page,
  axe,
  shot,
}) => {
  await open('/');
  await page.waitForURL(/\/w\//);
  const workspace = workspacePath(page);
  const name = `Savers ${Date.now()}`;
  await open(`${workspace}/segments/new`);
  const path = await saveSegment(page, name, 'balance >= 1000 and job = "technician"');
  const count = page.getByTestId('segment-count').getByRole('link');
  await count.waitFor();
  await page.getByRole('table').getByRole('row').nth(5).waitFor();
  await axe('segment');
  await shot('segment');
  const list = page.getByRole('group', { name: 'Members' });
  await eventually(async () => {
    await list.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    return Number(await page.getByRole('row').last().getAttribute('aria-rowindex')) > 150;
  }, 'more members are read');

  await open(`${workspace}/profiles`);
  await openProfile(page, 'bank-00010');
  await setValue(page, 'balance', '250000');
  const segments = page.getByTestId('profile-segments');
  await segments.getByRole('link', { name }).first().waitFor();
  const history = page.getByTestId('profile-history');
  const said = (word) => history.getByRole('listitem').filter({ hasText: name }).filter({ hasText: word });
  await said('Entered').first().waitFor();
  await shot('profile-entered');
  await setValue(page, 'balance', '5');
  await said('Left').first().waitFor();
  await shot('profile-left');

  await open(`${path}?tab=transitions`);
  const left = page
    .getByRole('listitem')
    .filter({ hasText: 'bank-00010' })
    .filter({ hasText: 'Left' })
    .first();
  await left.getByText(/250,?000/).waitFor();
  await axe('transitions');
  await shot('segment-transitions');
});

test('a segment is edited and deleted, and deleting says what it reaches', async ({
  open,
  page,
  axe,
  shot,
}) => {
  await open('/');
  await page.waitForURL(/\/w\//);
  const workspace = workspacePath(page);
  const name = `Passing ${Date.now()}`;
  await open(`${workspace}/segments/new`);
  const path = await saveSegment(page, name, 'age >= 90');
  await page.getByRole('link', { name: 'Edit segment' }).click();
  await page.getByRole('button', { name: 'Save segment' }).waitFor();
  expectEqual(
    await page.getByRole('button', { name: 'Save segment' }).getAttribute('aria-disabled'),
    'true',
    'nothing to save yet',
  );
  await typeRule(page, 'age >= 89');
  await currentCount(page);
  await page.keyboard.press('Control+Enter');
  await page.getByText('Segment saved.').waitFor();
  await eventually(
    async () => (await page.locator('main pre').innerText()).includes('89'),
    'the new rule is shown',
  );

  await page.getByRole('button', { name: 'More actions' }).click();
  await axe('segment menu');
  await page.getByRole('menuitem', { name: 'Delete segment' }).click();
  const question = page.getByRole('dialog');
  await question.waitFor();
  await axe('delete dialog');
  await shot('segment-delete');
  await question.getByRole('button', { name: 'Delete segment' }).click();
  await page.waitForURL(new RegExp(`${workspace}/segments$`));
  await open(path);
  await page.getByRole('heading', { name: 'No such segment' }).waitFor();
});
