import { signIn, workspacePath } from './actions.mjs';
import { settings } from './settings.mjs';
import { openStage } from './stage.mjs';
import { eventually, expect, expectEqual, test } from './suite.mjs';

test('a visitor is taken to sign-in, and back to where they were', async ({ browser }) => {
  const stage = await openStage(browser);
  const { page } = stage;
  await stage.open('/');
  await page.locator('input[name=password]').waitFor();
  await stage.axe('sign-in');
  await stage.shot('sign-in');
  await signIn(page);
  const workspace = workspacePath(page);
  await stage.context.clearCookies();

  await stage.open(`${workspace}/attributes?search=a`);
  await page.locator('input[name=password]').waitFor();
  await signIn(page);
  expect(page.url().endsWith(`${workspace}/attributes?search=a`), `back at the page: ${page.url()}`);
  expect(stage.complaints.length === 0, stage.complaints.join('\n'));
  await stage.close();
});

test('a wrong password is refused beside the fields', async ({ browser }) => {
  const stage = await openStage(browser);
  const { page } = stage;
  await stage.open('/sign-in');
  await page.getByRole('textbox').first().fill(settings.email);
  await page.locator('input[name=password]').fill('not the password');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  await stage.axe('sign-in refused');
  expectEqual(new URL(page.url()).pathname, '/sign-in', 'still at sign-in');
  await stage.shot('sign-in-refused');
  await stage.close();
});

test('signing out closes the session', async ({ browser }) => {
  const stage = await openStage(browser);
  const { page } = stage;
  await stage.open('/');
  await signIn(page);
  const inside = page.url();
  await page.getByRole('button', { name: /sign out/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.locator('input[name=password]').waitFor();
  await page.goto(inside);
  await eventually(() => page.url().includes('/sign-in'), 'the old address asks to sign in again');
  await stage.close();
});
