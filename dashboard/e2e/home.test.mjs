import { digits, openProfile, openProfiles, setValue, signIn, workspacePath } from './actions.mjs';
import { settings } from './settings.mjs';
import { openStage } from './stage.mjs';
import { expect, expectEqual, test } from './suite.mjs';

const needs = (page) => page.getByTestId('home-needs');
const total = (page, name) => page.getByTestId('home-totals').getByRole('link', { name });

test('signing in leads home, whose numbers open their lists', async ({ browser }) => {
  const stage = await openStage(browser);
  const { page } = stage;
  await stage.open('/');
  await signIn(page);
  await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
  const people = digits(await total(page, 'Profiles').innerText());
  expect(Number(people) >= 45_211, `the customers of the demo: ${people}`);
  await stage.axe('home');
  await stage.shot('home');
  await total(page, 'Profiles').click();
  await page.getByTestId('profiles-total').waitFor();
  expectEqual(
    digits(await page.getByTestId('profiles-total').innerText()),
    people,
    'the list counts as many',
  );
  await page.keyboard.press('g');
  await page.keyboard.press('h');
  await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
  expectEqual(new URL(page.url()).pathname, workspacePath(page), 'home is the workspace itself');
  expectEqual(stage.complaints.join('\n'), '', 'nothing to complain of');
  await stage.close();
});

test('a paused destination and refused rows ask for a hand, and a click helps', async ({
  open,
  page,
  axe,
  shot,
}) => {
  await open('/');
  await page.getByTestId('home-totals').waitFor();
  const home = workspacePath(page);
  await open(`${home}/destinations/new`);
  const name = `Needs a hand ${Date.now()}`;
  await page.locator('input[name=name]').fill(name);
  await page.locator('input[name=url]').fill(`${settings.url}/_echo`);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('link', { name: 'I have kept the secret' }).click();
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await page.getByRole('button', { name: 'Resume', exact: true }).waitFor();

  const file = `refused-${Date.now()}.csv`;
  await open(`${home}/imports`);
  await page.locator('input[type=file]').setInputFiles({
    name: file,
    mimeType: 'text/csv',
    buffer: Buffer.from('id,age\nneeds-1,thirty\n'),
  });
  await page.getByRole('button', { name: 'Start import' }).click();
  await page.getByRole('heading', { level: 1, name: file }).waitFor();
  await page.getByText('Done', { exact: true }).waitFor();

  await page.keyboard.press('g');
  await page.keyboard.press('h');
  const paused = needs(page).getByRole('listitem').filter({ hasText: name });
  await paused.waitFor();
  const refused = needs(page).getByRole('listitem').filter({ hasText: file });
  await refused.getByText('1 row was refused').waitFor();
  await axe('home with needs');
  await shot('home-needs');
  await paused.getByRole('button', { name: /^Resume/ }).click();
  await paused.waitFor({ state: 'detached' });
  await refused.getByRole('link', { name: /^Look/ }).click();
  await page.getByRole('heading', { level: 1, name: file }).waitFor();

  // Nothing of this is left for the tests after it.
  await open(`${home}/destinations`);
  await page.getByRole('link', { name, exact: true }).click();
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Delete destination' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete destination' }).click();
  await page.getByText(`Destination ${name} deleted.`).waitFor();
});

test('what changes elsewhere appears on home by itself', async ({ open, page, context }) => {
  await open('/');
  await page.getByTestId('home-totals').waitFor();
  await page.locator('[data-testid=live][data-live]').waitFor();
  const other = await context.newPage();
  await openProfiles({ open: (path) => other.goto(settings.url + path), page: other });
  await openProfile(other, 'bank-00020');
  const balance = String(800_000 + (Date.now() % 100_000));
  await setValue(other, 'balance', balance);
  const newest = page.getByTestId('home-changes').getByRole('listitem').filter({ hasText: balance });
  await newest.getByRole('link', { name: 'bank-00020' }).waitFor();
  await other.close();
});

test('the first steps of a fresh workspace are ticked as they are done', async ({
  open,
  page,
  axe,
  shot,
}) => {
  const home = `/w/${settings.freshWorkspace}`;
  const step = (name) => page.getByTestId('home-checklist').getByRole('listitem').filter({ hasText: name });
  await open(home);
  await page.getByText('0 of 5 done').waitFor();
  await axe('fresh home');
  await shot('home-fresh');
  await step('Declare an attribute').getByRole('link').click();
  await page.getByRole('heading', { level: 1, name: 'New attribute' }).waitFor();
  await page.locator('input[name=key]').fill('first_fact');
  await page.getByRole('button', { name: 'Create attribute' }).click();
  await page.waitForURL(/\/attributes\/first_fact/);
  await page.keyboard.press('g');
  await page.keyboard.press('h');
  await page.getByText('1 of 5 done').waitFor();
  expect((await step('Declare an attribute').innerText()).includes('done'), 'the step is ticked');
  await shot('home-first-step');
  await page.getByRole('button', { name: 'Hide the first steps' }).click();
  await page.getByTestId('home-checklist').waitFor({ state: 'detached' });
  await page.reload();
  await page.getByTestId('home-totals').waitFor();
  expectEqual(await page.getByTestId('home-checklist').count(), 0, 'they stay hidden');
});
