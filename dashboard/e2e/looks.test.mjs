import { openProfile, openProfiles, openUserMenu, typeBody, typeRule, workspacePath } from './actions.mjs';
import { settings } from './settings.mjs';
import { openStage } from './stage.mjs';
import { eventually, expectEqual, test } from './suite.mjs';

const LOOKS = [
  { scheme: 'dark', language: 'en', width: 1440 },
  { scheme: 'light', language: 'tr', width: 1024 },
  { scheme: 'dark', language: 'tr', width: 1024 },
];

for (const look of LOOKS) {
  const name = `${look.scheme}-${look.language}-${look.width}`;
  test(`every page is readable: ${name}`, async ({ browser, state }) => {
    const stage = await openStage(browser, { state, look });
    const { page, open, axe, shot } = stage;
    const see = async (what) => {
      await page.waitForTimeout(400);
      await axe(`${what} ${name}`);
      await shot(`${what}-${name}`);
    };
    await open('/');
    await page.getByTestId('home-changes').getByRole('listitem').first().waitFor();
    expectEqual(
      await page.evaluate(() => document.documentElement.lang),
      look.language,
      'the page says its language',
    );
    const workspace = workspacePath(page);
    await see('home');
    await page.keyboard.press('Control+k');
    await page.getByTestId('palette').getByRole('combobox').fill('ba');
    await page.getByTestId('palette').getByText('balance', { exact: true }).waitFor();
    await see('palette');
    await page.keyboard.press('Escape');
    await open(`/w/${settings.freshWorkspace}`);
    await page.getByTestId('home-totals').waitFor();
    await see('home-fresh');
    await open(`${workspace}/profiles`);
    await page.getByRole('table').waitFor();
    await see('profiles');
    await openProfile(page, 'bank-00004');
    await see('profile');
    await page.locator('tr[data-attribute=marital]').getByRole('button').nth(1).click();
    await see('profile-editing');
    await open(`${workspace}/attributes`);
    await page.locator('[data-row-link]').first().waitFor();
    await see('attributes');
    await open(`${workspace}/attributes/job?edit=true`);
    await page.locator('textarea').first().waitFor();
    await see('attribute-edit');
    await open(`${workspace}/segments`);
    await page.locator('main h1').waitFor();
    await see('segments');
    await open(`${workspace}/segments/new`);
    await typeRule(page, 'balance >= 1000 and (job = "technician" or marital != "single")');
    await page.locator('[data-testid=rule-count][data-current]').waitFor();
    await see('segment-editor');
    await page.keyboard.type(' and nonsense > 1', { delay: 10 });
    await page.locator('.cm-lintRange-error').first().waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.cm-lintRange-error').first().hover();
    await see('segment-broken');
    await open(`${workspace}/templates`);
    await page.locator('main h1').waitFor();
    await see('templates');
    await open(`${workspace}/templates/new`);
    await typeBody(page, '<h1>{{ job | default: "you" }}</h1> {{ nonsense }}');
    await page.locator('.cm-lintRange-error').first().waitFor();
    await see('template-broken');
    await open(`${workspace}/destinations/new`);
    await page.locator('input[name=url]').waitFor();
    await see('destination-new');
    await page.locator('input[name=name]').fill('Çağrı merkezi');
    await page.locator('input[name=url]').fill(`${settings.url}/_echo`);
    await page.keyboard.press('Control+Enter');
    await page.getByTestId('secret').waitFor();
    await page.getByTestId('send-test').click();
    await page.getByTestId('test-answer').getByRole('listitem').waitFor();
    await see('destination-created');
    await page.getByTestId('secret-kept').click();
    await page.locator('[data-row-link]').first().click();
    await page.getByTestId('day-chart').waitFor();
    await page.getByTestId('day-chart').getByRole('listitem').last().hover();
    await see('destination');
    await page.getByTestId('replay').click();
    await page.getByTestId('replay-count').waitFor();
    await see('destination-replay');
    await open(`${workspace}/destinations`);
    await page.locator('[data-row-link]').first().waitFor();
    await see('destinations');
    await open(`${workspace}/imports`);
    await page.getByText('bank-full.csv').first().waitFor();
    await see('imports');
    await openUserMenu(page);
    await see('user-menu');
    const complaints = stage.complaints.join('\n    ');
    await stage.close();
    if (complaints) throw new Error(complaints);
  });
}

test('theme and language are chosen in the user menu, and stay', async ({ open, page, axe, shot }) => {
  await openProfiles({ open, page });
  await openUserMenu(page);
  await axe('user menu');
  await shot('user-menu');
  await page.getByRole('menuitem', { name: 'Dark' }).click();
  await openUserMenu(page);
  await page.getByRole('menuitem', { name: 'Türkçe' }).click();
  await page.getByRole('heading', { level: 1, name: 'Profiller' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Profiller' }).waitFor();
  const scheme = () => page.evaluate(() => document.documentElement.dataset.mantineColorScheme);
  await eventually(async () => (await scheme()) === 'dark', 'still dark');
});

test('workspaces are listed in the header', async ({ open, page, axe, shot }) => {
  await openProfiles({ open, page });
  await page.getByRole('button', { name: /switch workspace/ }).click();
  await page.getByRole('menu').waitFor();
  await axe('workspace menu');
  await shot('workspace-menu');
});
