import { digits, openProfile, openProfiles, saveSegment, setValue, workspacePath } from './actions.mjs';
import { eventually, expect, expectEqual, test } from './suite.mjs';

/** Someone else at work: another tab of the same viewer. */
async function elsewhere(context, address) {
  const other = await context.newPage();
  await other.goto(address);
  await other.getByRole('table').waitFor();
  return other;
}

const live = (page) => page.getByTestId('live');

async function isLive(page) {
  return (await live(page).innerText()) === 'Live';
}

test('an open profile shows a change made elsewhere, and does not move rows under the pointer', async ({
  open,
  page,
  context,
  axe,
  shot,
}) => {
  await openProfiles({ open, page });
  const list = page.url();
  // In no segment of the tests, before or after: one change is one row.
  await openProfile(page, 'bank-00006');
  await eventually(() => isLive(page), 'the page says that it is live');
  await axe('live profile');
  const other = await elsewhere(context, list);
  await openProfile(other, 'bank-00006');

  const history = page.locator('[data-testid=profile-history] ol > li');
  const before = await history.count();
  const first = String(500_000 + (Date.now() % 100_000));
  await setValue(other, 'balance', first);
  const value = page.locator('tr[data-attribute=balance]');
  await eventually(async () => digits(await value.innerText()).includes(first), 'the value arrives');
  await eventually(async () => (await history.count()) === before + 1, 'and so does its history');

  await history.first().hover();
  const second = String(600_000 + (Date.now() % 100_000));
  await setValue(other, 'balance', second);
  await eventually(async () => digits(await value.innerText()).includes(second), 'the next value arrives');
  const offer = page.getByRole('button', { name: '1 new, show' });
  await offer.waitFor();
  expectEqual(await history.count(), before + 1, 'the history waits');
  await axe('something new waits');
  await shot('live-profile');
  await offer.click();
  await eventually(async () => (await history.count()) === before + 2, 'until it is asked for');
  await other.close();
});

test('an open segment counts who comes in elsewhere', async ({ open, page, context, axe, shot }) => {
  await openProfiles({ open, page });
  const list = page.url();
  const least = 700_000 + (Date.now() % 100_000);
  await open(`${workspacePath(page)}/segments/new`);
  await saveSegment(page, `Live ${least}`, `balance >= ${least} and balance <= ${least + 1}`);
  await eventually(() => isLive(page), 'the page says that it is live');
  const count = page.getByTestId('segment-count').locator('a, span').first();
  await eventually(async () => digits(await count.innerText()) === '0', 'nobody is in it');

  const other = await elsewhere(context, list);
  await openProfile(other, 'bank-00011');
  await setValue(other, 'balance', String(least));
  await eventually(async () => digits(await count.innerText()) === '1', 'the count follows');
  await page.getByRole('link', { name: 'bank-00011' }).waitFor();
  await axe('live segment');
  await shot('live-segment');
  await page.getByRole('tab').nth(1).click();
  await page.getByText('Entered', { exact: true }).waitFor();
  await setValue(other, 'balance', '1');
  await page.getByText('Left', { exact: true }).waitFor();
  await eventually(async () => digits(await count.innerText()) === '0', 'and follows back');
  await other.close();
});

test('a page that lost its connection says so, and catches up', async ({ open, page, context, shot }) => {
  let socket;
  let isDown = false;
  await page.routeWebSocket('**/graphql/ws', (route) => {
    socket = route;
    if (isDown) route.close({ code: 1001 });
    else route.connectToServer();
  });
  await openProfiles({ open, page });
  const list = page.url();
  await openProfile(page, 'bank-00012');
  await eventually(() => isLive(page), 'the page says that it is live');
  isDown = true;
  await socket.close({ code: 1001 });
  await eventually(async () => !(await isLive(page)), 'it says that it is not');
  expect(/Reconnecting|As of/.test(await live(page).innerText()), await live(page).innerText());
  await shot('live-reconnecting');

  const other = await elsewhere(context, list);
  await openProfile(other, 'bank-00012');
  const missed = String(800_000 + (Date.now() % 100_000));
  await setValue(other, 'balance', missed);
  isDown = false;
  await eventually(() => isLive(page), 'it is live again', 30_000);
  const value = page.locator('tr[data-attribute=balance]');
  await eventually(async () => digits(await value.innerText()).includes(missed), 'and shows what it missed');
  await other.close();
});
