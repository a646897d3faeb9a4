import { workspacePath } from './actions.mjs';
import { expect, test } from './suite.mjs';

test('a dropped file is seen, imported, and its refused rows are explained', async ({
  open,
  page,
  axe,
  shot,
}) => {
  await open('/');
  await page.waitForURL(/\/w\//);
  await open(`${workspacePath(page)}/imports`);
  await page.getByText('bank-full.csv').first().waitFor();
  await axe('imports');
  await shot('imports');

  const stamp = Date.now();
  const text = `customer_id,age,city\nguest-${stamp},31,İstanbul\nguest-${stamp}-b,old,"Foo, bar"\n`;
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: `guests-${stamp}.csv`, mimeType: 'text/csv', buffer: Buffer.from(text) });
  await page.getByRole('cell', { name: 'Foo, bar' }).waitFor();
  await axe('import form');
  await shot('import-form');
  await page.getByRole('button', { name: 'Start import' }).click();
  await page.getByRole('heading', { level: 1, name: `guests-${stamp}.csv` }).waitFor();
  await page.getByText('Done').first().waitFor();
  const reasons = await page.getByRole('table').innerText();
  expect(reasons.includes('age'), `the refused row names its column: ${reasons}`);
  await axe('import');
  await shot('import');
});
