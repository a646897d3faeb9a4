import type { CombinedError } from 'urql';
import { failureCode, failureMessage } from '../api/failure';
import type { Say } from './useText';

interface Said {
  code: string;
  /** The server's own words, in English. */
  message: string;
}

/** What a code says in the reader's language, with the server's words as detail; those alone where the code is new. */
function textOf(say: Say, id: string, message: string): string {
  return say.knows(id) ? say(id, { message }) : message;
}

/** Why an input was refused. */
export function problemText(say: Say, problem: Said): string {
  return textOf(say, `problem.${problem.code}`, problem.message);
}

/** What is wrong with a text that is being typed, or worth knowing about it. */
export function diagnosticText(say: Say, diagnostic: Said): string {
  return textOf(say, `diagnostic.${diagnostic.code}`, diagnostic.message);
}

/** Why there is no answer. */
export function failureText(say: Say, error: CombinedError): string {
  const code = failureCode(error);
  if (code === 'NETWORK') return say('failure.NETWORK');
  const message = failureMessage(error);
  return message === null ? say('failure.INTERNAL') : textOf(say, `failure.${code}`, message);
}
