import { inject } from 'vitest';
import { freshId } from '../given';
import type { Received } from './server';

/** A receiver of its own for a test. */
export interface Inbox {
  readonly url: string;
  /** What it got, in the order of arrival. */
  received(): Promise<Received[]>;
}

let files = 0;

/** @param answers one word for each request, the last one for all that follow; see `server.ts` */
export function newInbox(...answers: string[]): Inbox {
  files += 1;
  const address = `${inject('receivers')}/${freshId('inbox')}-${files}-${crypto.randomUUID()}`;
  return {
    url: answers.length === 0 ? address : `${address}?answers=${answers.join(',')}`,
    async received() {
      const answer = await fetch(address);
      return answer.json<Received[]>();
    },
  };
}
