import type { Client } from 'urql';
import { SignOutMutation } from './queries';

/** Ends the session and loads the sign-in page afresh, so that nothing of this viewer stays in memory. */
export async function signOut(client: Client) {
  await client.mutation(SignOutMutation, {}).toPromise();
  window.location.assign('/sign-in');
}
