// The GraphQL-over-HTTP audits of the npm package `graphql-http` (MIT) against a URL, without credentials.
// Run from the dashboard's folder, where the package is installed. Every audit counts, MAY included.
import { createRequire } from 'node:module';

const { serverAudits } = createRequire(`${process.cwd()}/`)('graphql-http');
const url = process.argv[2];
const failures = [];
const audits = serverAudits({ url, fetchFn: fetch });
for (const audit of audits) {
  const result = await audit.fn();
  if (result.status !== 'ok') failures.push(`${audit.id} ${audit.name}: ${result.reason}`);
}
console.log(`${audits.length - failures.length} of ${audits.length} audits passed`);
for (const failure of failures) console.log(failure);
process.exit(failures.length === 0 ? 0 : 1);
