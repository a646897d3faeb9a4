// The npm package `standardwebhooks` (MIT), unmodified, believes the requests it should believe and no others.
// Standard input: a list of { name, secret, headers, body, isBelieved }.
import { readFileSync } from 'node:fs';
import { Webhook } from 'standardwebhooks';

const cases = JSON.parse(readFileSync(0, 'utf8'));
let isRight = true;
for (const { name, secret, headers, body, isBelieved } of cases) {
  let said = 'believed';
  try {
    new Webhook(secret).verify(body, headers);
  } catch (error) {
    said = `refused: ${error.message}`;
  }
  if ((said === 'believed') !== isBelieved) {
    isRight = false;
    console.log(`${name}: ${said}`);
  }
}
if (isRight) console.log(`${cases.length} requests judged`);
process.exit(isRight ? 0 : 1);
