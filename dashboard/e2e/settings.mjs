// Where the server is, and who signs in: the tests start nothing themselves.

function needed(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: the browser tests need a running server and a user of it`);
  return value;
}

export const settings = {
  url: needed('ATTRIUM_URL').replace(/\/$/, ''),
  email: needed('ATTRIUM_EMAIL'),
  password: needed('ATTRIUM_PASSWORD'),
  /** Someone with the same password who may only read. */
  analyst: process.env.ATTRIUM_ANALYST ?? 'analyst@example.com',
  /** The key of another workspace that the first user owns. */
  secondWorkspace: process.env.ATTRIUM_SECOND_WORKSPACE ?? 'second',
  /** The key of one that nothing was ever done in. */
  freshWorkspace: process.env.ATTRIUM_FRESH_WORKSPACE ?? 'fresh',
  chromium: process.env.ATTRIUM_CHROMIUM ?? '/usr/bin/chromium',
  screenshots: process.env.ATTRIUM_SCREENSHOTS ?? 'test-results/screenshots',
};
