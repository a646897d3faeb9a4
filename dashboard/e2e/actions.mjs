// What people do on the pages, in their words.
import { settings } from './settings.mjs';
import { eventually } from './suite.mjs';

export async function signIn(page, email = settings.email) {
  await page.getByRole('textbox').first().fill(email);
  await page.locator('input[name=password]').fill(settings.password);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/w\//);
  await page.getByRole('navigation').first().waitFor();
}

/** The workspace's part of every address. */
export function workspacePath(page) {
  return new URL(page.url()).pathname.split('/').slice(0, 3).join('/');
}

/** The list of everyone in the workspace last seen. */
export async function openProfiles({ open, page }) {
  await open('/');
  await page.waitForURL(/\/w\//);
  await open(`${workspacePath(page)}/profiles`);
  await page.getByTestId('profiles-total').waitFor();
  await page.getByRole('table').waitFor();
}

/** The menu of the person who is signed in. */
export async function openUserMenu(page) {
  await page.getByRole('banner').first().getByRole('button').last().click();
  await page.getByRole('menu').waitFor();
}

/** Types a rule where the keyboard is, as fast as people do, and closes what completion offers. */
export async function typeRule(page, rule) {
  // Focus, not a click: what completion still offers may lie under the pointer.
  await page.locator('[data-rule-editor] .cm-content').focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.keyboard.type(rule, { delay: 12 });
  await page.waitForTimeout(250);
  await closeCompletion(page);
}

/** Puts the body of a template into its editor, as if pasted: no bracket closes by itself. */
export async function typeBody(page, body) {
  await page.locator('[data-editor] .cm-content').focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(body);
  await page.waitForTimeout(250);
  await closeCompletion(page);
}

export async function closeCompletion(page) {
  if (await page.locator('.cm-tooltip-autocomplete').count()) await page.keyboard.press('Escape');
}

/** The big number, once it is the answer to the rule as it stands. */
export async function currentCount(page) {
  const count = page.locator('[data-testid=rule-count][data-current]');
  await count.waitFor();
  return digits(await count.locator('a, span').first().innerText());
}

export function digits(text) {
  return text.replace(/\D/g, '');
}

/** Opens one person by external id, through the list's search. */
export async function openProfile(page, externalId) {
  await page.locator('[data-shortcut=filter]').fill(externalId);
  const link = page.getByRole('table').getByRole('link', { name: externalId, exact: true });
  await link.click();
  await page.getByRole('heading', { level: 1, name: externalId }).waitFor();
  await page.locator('[data-testid=profile-history] li').first().waitFor();
}

/** Changes one value in place. */
export async function setValue(page, attribute, value) {
  const row = page.locator(`tr[data-attribute=${attribute}]`);
  await row.getByRole('button').nth(1).click();
  await row.locator('[name=value]').fill(value);
  await page.keyboard.press('Enter');
  await eventually(async () => (await row.locator('[name=value]').count()) === 0, `${attribute} is saved`);
}

/** Saves what the segment editor holds, and answers the address of the segment's page. */
export async function saveSegment(page, name, rule) {
  await page.locator('input[name=name]').fill(name);
  await typeRule(page, rule);
  await currentCount(page);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await page.waitForURL(/\/segments\/seg_/);
  return new URL(page.url()).pathname;
}
