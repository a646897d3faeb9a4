// The list of browser tests, filled by the files that describe them.

/** @type {{ name: string, run: (stage: import('./stage.mjs').Stage) => Promise<void> }[]} */
export const tests = [];

/** A claim about the dashboard, shown on a page of its own that is already signed in. */
export function test(name, run) {
  tests.push({ name, run });
}

export function expect(isTrue, message) {
  if (!isTrue) throw new Error(message);
}

export function expectEqual(found, wanted, message) {
  if (found !== wanted)
    throw new Error(`${message}: found ${JSON.stringify(found)}, wanted ${JSON.stringify(wanted)}`);
}

/** Asks again until the answer is yes: what follows a change arrives within moments, not at once. */
export async function eventually(ask, message, timeout_ms = 10_000) {
  const end = Date.now() + timeout_ms;
  let last;
  while (Date.now() < end) {
    last = await ask();
    if (last) return last;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${message}: still not so after ${timeout_ms} ms`);
}
