import { openProfile, openProfiles, setValue, typeRule, workspacePath } from './actions.mjs';
import { eventually, expect, expectEqual, test } from './suite.mjs';

test('a person is opened by external id; a changed value makes the history grow', async ({
  open,
  page,
  axe,
  shot,
}) => {
  await openProfiles({ open, page });
  await axe('profiles');
  await shot('profiles');
  await openProfile(page, 'bank-00002');
  const row = page.locator('tr[data-attribute=balance]');
  expect(
    (await row.innerText()).includes('ago') || (await row.innerText()).includes('now'),
    'a value says since when',
  );
  await axe('profile');
  await shot('profile');

  const history = page.locator('[data-testid=profile-history] ol > li');
  const before = await history.count();
  const balance = String(1000 + (Date.now() % 100_000));
  await setValue(page, 'balance', balance);
  await eventually(async () => (await history.count()) === before + 1, 'the history has one more change');
  const newest = await history.first().innerText();
  expect(newest.includes(balance), `the newest change says the new value: ${newest}`);
  expect(newest.includes('→'), 'and the old one');
  await page.getByText('saved.').first().waitFor();
  await axe('profile with a toast');
  await shot('profile-changed');

  await page.getByRole('button', { name: 'Undo' }).click();
  await eventually(async () => (await history.count()) === before + 2, 'undo is a change of its own');
});

test('a wrong value is refused where it was typed', async ({ open, page, axe, shot }) => {
  await openProfiles({ open, page });
  await openProfile(page, 'bank-00003');
  const row = page.locator('tr[data-attribute=age]');
  await row.getByRole('button').nth(1).click();
  await row.locator('[name=value]').fill('thirty');
  await page.keyboard.press('Enter');
  await row.getByText('This is not a whole number.').waitFor();
  await axe('refused value');
  await shot('profile-refused');
  await page.keyboard.press('Escape');
  expectEqual(await row.locator('[name=value]').count(), 0, 'Escape leaves the value as it was');
});

test('the list is filtered by a rule, keeps its view in the address, and reads on as it is scrolled', async ({
  open,
  page,
  shot,
}) => {
  await openProfiles({ open, page });
  const all = await page.getByTestId('profiles-total').innerText();
  await typeRule(page, 'age >= 60');
  await eventually(
    async () => (await page.getByTestId('profiles-total').innerText()) !== all,
    'fewer people',
  );
  const filtered = await page.getByTestId('profiles-total').innerText();
  await page.reload();
  await page.getByRole('table').waitFor();
  expectEqual(await page.getByTestId('profiles-total').innerText(), filtered, 'a reload shows the same');

  const list = page.getByRole('group', { name: 'Profiles' });
  await eventually(async () => {
    await list.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    return Number(await page.getByRole('row').last().getAttribute('aria-rowindex')) > 250;
  }, 'more pages are read');
  await shot('profiles-filtered');
});

test('a broken filter says what is wrong and keeps the list', async ({ open, page, axe, shot }) => {
  await openProfiles({ open, page });
  await typeRule(page, 'ag >= 60');
  await page.getByRole('button', { name: /^Use age$/ }).waitFor();
  await axe('broken filter');
  await shot('profiles-broken-rule');
  await page.getByRole('button', { name: /^Use age$/ }).click();
  await eventually(() => page.url().includes('rule='), 'the cured rule is applied');
});

test('columns are chosen, and stay', async ({ open, page, axe, shot }) => {
  await openProfiles({ open, page });
  await page.getByRole('button', { name: 'Columns' }).click();
  const picker = page.getByRole('dialog');
  await picker.waitFor();
  await axe('column picker');
  await shot('profiles-columns');
  const month = picker.getByRole('checkbox', { name: /month/i });
  await month.check();
  await page.keyboard.press('Escape');
  const header = page.getByRole('columnheader', { name: /month/i });
  await header.waitFor();
  await page.reload();
  await header.waitFor();
});

test('who nobody knows is said, not shown as an empty page', async ({ open, page, axe }) => {
  await open('/');
  await page.waitForURL(/\/w\//);
  await open(`${workspacePath(page)}/profiles?search=nobody-has-this-id`);
  await page.getByRole('heading', { name: 'Nobody matches' }).waitFor();
  await axe('no one found');
  await page.getByRole('button', { name: 'Clear the filter' }).last().click();
  await page.getByRole('table').waitFor();
});
