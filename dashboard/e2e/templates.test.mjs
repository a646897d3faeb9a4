import { openProfiles, typeBody, workspacePath } from './actions.mjs';
import { eventually, expect, expectEqual, test } from './suite.mjs';

/** The preview, once it is of what stands there. */
async function currentPreview(page) {
  const preview = page.locator('[data-testid=template-preview][data-current]');
  await preview.waitFor();
  return preview;
}

async function openNew(open, page) {
  await open('/');
  await page.waitForURL(/\/w\//);
  const workspace = workspacePath(page);
  await open(`${workspace}/templates/new`);
  await page.getByRole('heading', { level: 1, name: 'New template' }).waitFor();
  return workspace;
}

test('a template is rendered for a customer while it is typed, and what is wrong is underlined', async ({
  open,
  page,
  axe,
  shot,
}) => {
  await openNew(open, page);
  await page.locator('input[name=customer]').fill('bank-00010');
  await typeBody(page, 'Your job: {{ job | upcase }}.');
  const preview = await currentPreview(page);
  await eventually(async () => /Your job: [A-Z]/.test(await preview.innerText()), 'it is rendered');
  const reads = page.getByTestId('template-reads');
  await reads.getByRole('link', { name: 'job' }).waitFor();
  await axe('template editor');
  await shot('template-editor');

  await page.locator('[data-editor] .cm-content').focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.insertText(' {{ jobb }}');
  await page.locator('.cm-lintRange-error').waitFor();
  expectEqual(await preview.count(), 0, 'what it gave last is marked as such');
  await page.getByTestId('template-preview').getByText('Your job').waitFor();
  await shot('template-broken');
  await page.getByRole('button', { name: 'Use job', exact: true }).click();
  await page.locator('.cm-lintRange-error').waitFor({ state: 'detached' });

  await page.locator('input[name=customer]').fill('nobody at all');
  await page.getByText('Nobody has this external id.').waitFor();
  await page.locator('[data-testid=template-reads]').waitFor();
});

test('HTML is shown as it looks, and nothing in it runs', async ({ open, page, axe, shot }) => {
  await openNew(open, page);
  await page.locator('select[name=context]').selectOption('HTML');
  await typeBody(
    page,
    '<h1 style="color: #0f766e">Hello {{ job | default: "you" }}</h1><script>alert(1)</script>' +
      '<p onclick="alert(2)">a <b>b</b></p><img src="https://example.com/x.png" alt="logo">',
  );
  await currentPreview(page);
  const heading = page.frameLocator('iframe').getByRole('heading', { level: 1 });
  await heading.waitFor();
  const colour = await heading.evaluate((element) => getComputedStyle(element).color);
  expectEqual(colour, 'rgb(15, 118, 110)', 'its own style holds');
  await axe('HTML preview');
  await shot('template-html');
});

test('completion offers attributes and filters between braces', async ({ open, page, axe, shot }) => {
  await openNew(open, page);
  await page.locator('[data-editor] .cm-content').focus();
  await page.keyboard.type('Dear {{ mar', { delay: 30 });
  await page.locator('.cm-tooltip-autocomplete li').filter({ hasText: 'marital' }).waitFor();
  await axe('template completion');
  await shot('template-completion');
  await page.keyboard.press('Enter');
  await eventually(
    async () => (await page.locator('.cm-content').innerText()).includes('{{ marital'),
    'Enter takes what is offered',
  );
});

test('a template is created, edited and deleted by keyboard', async ({ open, page, axe, shot }) => {
  await openProfiles({ open, page });
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await page.getByRole('heading', { level: 1, name: 'Templates' }).waitFor();
  const workspace = workspacePath(page);
  await page.keyboard.press('n');
  await page.getByRole('heading', { level: 1, name: 'New template' }).waitFor();
  const name = `Greeting ${Date.now()}`;
  await page.locator('input[name=name]').fill(name);
  await typeBody(page, 'Hello {{ job | default: "you" }}');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await page.waitForURL(/\/templates\/tmpl_/);
  const path = new URL(page.url()).pathname;
  await typeBody(page, 'Good day {{ job | default: "you" }}');
  await page.keyboard.press('Control+Enter');
  await page.getByText('Template saved.').waitFor();
  await open(path);
  await eventually(
    async () => (await page.locator('.cm-content').innerText()).startsWith('Good day'),
    'the edit is kept',
  );

  await open(`${workspace}/templates`);
  await page.getByRole('link', { name }).waitFor();
  await axe('templates');
  await shot('templates');
  await page.getByRole('link', { name }).click();
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Delete template' }).click();
  const question = page.getByRole('dialog');
  await question.waitFor();
  await axe('delete template');
  await question.getByRole('button', { name: 'Delete template' }).click();
  await page.waitForURL(new RegExp(`${workspace}/templates$`));
  await open(path);
  await page.getByRole('heading', { name: 'No such template' }).waitFor();
});

test('an edit that meets a later one shows both', async ({ open, page, context, axe, shot }) => {
  await openNew(open, page);
  const name = `Contested ${Date.now()}`;
  await page.locator('input[name=name]').fill(name);
  await typeBody(page, 'first');
  await page.keyboard.press('Control+Enter');
  await page.waitForURL(/\/templates\/tmpl_/);
  await page.getByRole('button', { name: 'Save template' }).waitFor();
  const path = new URL(page.url()).pathname;
  await typeBody(page, 'mine');

  const other = await context.newPage();
  await other.goto(page.url());
  await other.evaluate(() => {
    for (const key of Object.keys(localStorage)) if (key.includes('draft')) localStorage.removeItem(key);
  });
  await other.goto(page.url());
  await typeBody(other, 'theirs');
  await other.keyboard.press('Control+Enter');
  await other.getByText('Template saved.').waitFor();
  await other.close();

  await page.locator('[data-editor] .cm-content').focus();
  await page.keyboard.press('Control+Enter');
  const alert = page.getByRole('alert').filter({ hasText: 'Someone saved first' });
  await alert.waitFor();
  expect((await alert.innerText()).includes('theirs'), 'their text is shown');
  await axe('template conflict');
  await shot('template-conflict');
  await page.getByRole('button', { name: 'Save mine over it' }).click();
  await page.getByText('Template saved.').waitFor();
  await open(path);
  await eventually(
    async () => (await page.locator('.cm-content').innerText()).startsWith('mine'),
    'what was chosen is kept',
  );
});
