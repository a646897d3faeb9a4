// The npm clients `graphql-ws` and `graphql-sse` (MIT), unmodified, against a server that changes while they listen.
// Run from the dashboard's folder, where they are installed. Arguments: the server's address and an API key.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const require = createRequire(`${process.cwd()}/`);
const ws = require('graphql-ws');
const sse = require('graphql-sse');
const [url, key] = process.argv.slice(2);
const authorization = `Bearer ${key}`;

/** A query or a mutation over plain HTTP: what happens beside the clients. */
async function ask(query, variables) {
  const headers = { authorization, 'content-type': 'application/json' };
  const answer = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  const { data, errors } = await answer.json();
  assert.equal(errors, undefined, JSON.stringify(errors));
  return data;
}

async function give(externalId, points) {
  const input = { externalId, attributes: [{ key: 'points', value: points }] };
  const { setProfileAttributes } = await ask(
    'mutation ($input: SetProfileAttributesInput!) { setProfileAttributes(input: $input) { profile { id } problems { message } } }',
    { input },
  );
  assert.deepEqual(setProfileAttributes.problems, []);
  return setProfileAttributes.profile.id;
}

const socket = ws.createClient({
  url: `${url.replace(/^http/, 'ws')}/graphql/ws`,
  webSocketImpl: require('ws'),
  connectionParams: { authorization },
});
const distinct = sse.createClient({ url: `${url}/graphql/stream`, headers: { authorization } });
const single = sse.createClient({ url: `${url}/graphql/stream`, headers: { authorization }, singleConnection: true });
const clients = { 'graphql-ws': socket, 'graphql-sse-distinct': distinct, 'graphql-sse-single': single };

/** Asks until a subscription that was just begun tells something: the clients do not say when it is ready. */
async function firstOf(events, happen) {
  const first = events.next();
  for (;;) {
    await happen();
    const told = await Promise.race([first, new Promise((resolve) => setTimeout(resolve, 300))]);
    if (told) return told.value;
  }
}

const PROFILE = `subscription ($id: ID!) { profileChanged(id: $id) {
  change { version } profile { version externalId } } }`;
const SEGMENT = 'subscription ($id: ID!) { segmentChanged(id: $id) { count entered left segment { name } } }';
const IMPORT = 'subscription ($id: ID!) { importProgress(id: $id) { state rowsDone rowsTotal } }';

/** Every kind of operation that a client carries. */
async function judge(name, client) {
  const id = await give(name, 1);
  const profile = client.iterate({ query: PROFILE, variables: { id } });
  let points = 1;
  const { data } = await firstOf(profile, () => give(name, ++points));
  assert.equal(data.profileChanged.profile.externalId, name);
  assert.ok(Number(data.profileChanged.change.version) <= Number(data.profileChanged.profile.version));
  await profile.return();

  const { createSegment } = await ask(
    `mutation ($input: CreateSegmentInput!) { createSegment(input: $input) { segment { id } problems { message } } }`,
    { input: { name: `Rich ${name}`, rule: { text: 'points >= 100' } } },
  );
  const segment = client.iterate({ query: SEGMENT, variables: { id: createSegment.segment.id } });
  let isRich = false;
  const told = await firstOf(segment, () => {
    isRich = !isRich;
    return give(name, isRich ? 100 : 1);
  });
  assert.equal(told.data.segmentChanged.segment.name, `Rich ${name}`);
  assert.ok(told.data.segmentChanged.entered + told.data.segmentChanged.left > 0, JSON.stringify(told));
  await segment.return();
  await give(name, 1);

  const rows = Array.from({ length: 700 }, (_, row) => `${name}-${row},${row % 90}`);
  const { startImport } = await ask(
    'mutation ($input: StartImportInput!) { startImport(input: $input) { import { id } problems { message } } }',
    { input: { name: 'points.csv', content: `id,points\n${rows.join('\n')}\n`, externalIdColumn: 'id' } },
  );
  // It ends by itself.
  const steps = [];
  for await (const step of client.iterate({ query: IMPORT, variables: { id: startImport.import.id } })) {
    steps.push(step.data.importProgress);
  }
  assert.deepEqual(steps.at(-1), { state: 'DONE', rowsDone: '700', rowsTotal: '700' });

  // A query is an operation with one answer, and what does not validate is told.
  const answers = [];
  for await (const answer of client.iterate({ query: '{ viewer { workspace { key } } }' })) answers.push(answer);
  assert.equal(answers.length, 1);
  assert.ok(answers[0].data.viewer.workspace.key);
  const refused = await Promise.resolve(client.iterate({ query: '{ weather }' }).next()).then(
    ({ value }) => value.errors,
    (errors) => errors,
  );
  assert.match(refused[0].message, /weather/);
  console.log(`${name}: ok`);
}

await ask('mutation ($input: CreateAttributeInput!) { createAttribute(input: $input) { problems { message } } }', {
  input: { key: 'points', type: 'INTEGER', privacyClass: 'PUBLIC' },
});
for (const [name, client] of Object.entries(clients)) await judge(name, client);
await socket.dispose();
distinct.dispose();
single.dispose();
console.log(`${Object.keys(clients).length} clients passed`);
process.exit(0);
