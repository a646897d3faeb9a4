import { settings } from './settings.mjs';
import { eventually, expect, expectEqual, test } from './suite.mjs';

const COUNT = 250;
const number = (at) => String(at).padStart(3, '0');

/** A file of one person with many attributes, and of many rows that are refused. */
function wideFile(id) {
  const header = Array.from({ length: COUNT }, (_, at) => `trait_${number(at)}`);
  const values = header.map((_, at) => `value ${at}`);
  return `customer_id,${header.join(',')}\n${id},${values.join(',')}\n`;
}

async function importFile(page, open, name, text) {
  await open(`/w/${settings.secondWorkspace}/imports`);
  await page
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  await page.getByRole('button', { name: 'Start import' }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await page.getByText('Done', { exact: true }).waitFor();
}

test('someone with 250 attributes is scrolled, searched and edited', async ({ open, page, axe, shot }) => {
  const id = `wide-${Date.now()}`;
  await importFile(page, open, `${id}.csv`, wideFile(id));
  await open(`/w/${settings.secondWorkspace}/profiles?search=${id}`);
  await page.getByRole('link', { name: id, exact: true }).click();
  const rows = page.locator('tr[data-attribute^=trait_]');
  await eventually(async () => (await rows.count()) === COUNT, 'every attribute is listed');
  await axe('profile of 250 attributes');
  await shot('profile-many');
  await rows.last().scrollIntoViewIfNeeded();
  await shot('profile-many-end');

  const search = page.getByRole('textbox', { name: 'Find an attribute' });
  const started = Date.now();
  await search.fill('trait_24');
  await eventually(async () => (await rows.count()) === 10, 'ten are left');
  expect(Date.now() - started < 2_000, `the search took ${Date.now() - started} ms`);
  const row = page.locator('tr[data-attribute=trait_249]');
  await row.getByRole('button', { name: /^Edit / }).click();
  await row.locator('[name=value]').fill('changed');
  await page.keyboard.press('Enter');
  await eventually(async () => (await row.innerText()).includes('changed'), 'the value is changed');
  expectEqual(await search.inputValue(), 'trait_24', 'the search stays');
});

test('refused rows are read to the last', async ({ open, page }) => {
  const id = `refused-${Date.now()}`;
  const rows = Array.from({ length: 250 }, (_, at) =>
    at === 0 ? `${id},7` : `${id}-${at},"${'x'.repeat(5)}${at}"`,
  );
  const key = `size_${Date.now()}`;
  await importFile(page, open, `${id}-first.csv`, `customer_id,${key}\n${id},7\n`);
  await importFile(page, open, `${id}.csv`, `customer_id,${key}\n${rows.join('\n')}\n`);
  const listed = page.getByRole('table').getByRole('row');
  await eventually(async () => (await listed.count()) === 101, 'the first hundred');
  await page.getByRole('button', { name: 'Show more' }).click();
  await eventually(async () => (await listed.count()) === 201, 'the second hundred');
  await page.getByRole('button', { name: 'Show more' }).click();
  await eventually(async () => (await listed.count()) === 250, 'all 249');
  expectEqual(await page.getByRole('button', { name: 'Show more' }).count(), 0, 'there is no more');
});
