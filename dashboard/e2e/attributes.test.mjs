import { workspacePath } from './actions.mjs';
import { expect, expectEqual, test } from './suite.mjs';

test('the attributes inferred from the file are listed, and one is edited', async ({
  open,
  page,
  axe,
  shot,
}) => {
  await open('/');
  await page.getByRole('navigation').getByRole('link', { name: 'Attributes' }).click();
  const row = page.getByRole('row').filter({ has: page.locator('a[href$="/attributes/balance"]') });
  await row.waitFor();
  expect((await row.innerText()).includes('Whole number'), 'balance is a whole number');
  expect((await row.innerText()).includes('45,211'), 'balance is filled for everyone');
  await axe('attributes');
  await shot('attributes');

  await row.getByRole('link').first().click();
  await page.getByRole('heading', { level: 2, name: 'Most frequent values' }).waitFor();
  await axe('attribute');
  await shot('attribute');

  await page.getByRole('button', { name: 'Edit' }).click();
  const description = `Yearly average in euros, checked at ${Date.now()}`;
  await page.locator('textarea[name=description]').fill(description);
  await page.locator('select[name=privacyClass]').selectOption('PERSONAL');
  await axe('attribute being edited');
  await shot('attribute-edit');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText(description).waitFor();
  await page.getByText('Attribute saved.').waitFor();
  await axe('attribute saved, with a toast');
  expect((await page.locator('aside').innerText()).includes('Personal'), 'its privacy class has changed');
});

test('an edit that someone else overtook shows both sides', async ({ open, page, context, shot, axe }) => {
  await open('/');
  await page.waitForURL(/\/w\//);
  const path = `${workspacePath(page)}/attributes/duration?edit=true`;
  await open(path);
  await page.locator('textarea[name=description]').fill('mine');

  const other = await context.newPage();
  await other.goto(page.url());
  await other.locator('textarea[name=description]').fill(`theirs ${Date.now()}`);
  await other.getByRole('button', { name: 'Save' }).click();
  await other.getByText('Attribute saved.').waitFor();
  await other.close();

  await page.locator('textarea[name=description]').fill('mine, later');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Someone saved first' }).waitFor();
  await axe('conflict');
  await shot('attribute-conflict');
  await page.getByRole('button', { name: 'Save mine over it' }).click();
  await page.getByText('mine, later').first().waitFor();
});

test('the values of an attribute open their people', async ({ open, page }) => {
  await open('/');
  await page.waitForURL(/\/w\//);
  await open(`${workspacePath(page)}/attributes/marital`);
  const top = page.getByRole('listitem').first().getByRole('link');
  const count = await top.innerText();
  await top.click();
  await page.getByRole('heading', { level: 1, name: 'Profiles' }).waitFor();
  await page.getByTestId('profiles-total').waitFor();
  expectEqual(await page.getByTestId('profiles-total').innerText(), count, 'count and list agree');
  await page.goBack();
  await page.getByRole('heading', { level: 2, name: 'Most frequent values' }).waitFor();
});

test('an attribute is created, and its key is checked before', async ({ open, page, axe }) => {
  await open('/');
  await page.waitForURL(/\/w\//);
  await open(`${workspacePath(page)}/attributes`);
  await page.getByRole('link', { name: 'New attribute' }).click();
  const create = page.getByRole('button', { name: 'Create attribute' });
  expectEqual(await create.getAttribute('aria-disabled'), 'true', 'disabled without a key');
  await page.locator('input[name=key]').fill('1bad');
  await axe('new attribute, wrong key');
  const key = `note_${Date.now()}`;
  await page.locator('input[name=key]').fill(key);
  await page.locator('select[name=type]').selectOption('DECIMAL');
  await create.click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForURL(new RegExp(`/attributes/${key}`));
});
